/** The variable whose validation refuses a tier that the environment is not at. */
export const approvalVariable = 'tier_change_approved';

/** A stack that must not be touched, and why. */
export interface Lock {
  readonly environment: string;
  /** The tier that the environment file records. */
  readonly recorded: string;
  /** The tier of the locked stack. */
  readonly tier: string;
  /** The tier that the environment is being promoted to. @default - none */
  readonly promotingTo?: string;
}

/** What Terraform prints when a locked stack is deployed or destroyed. Terraform wants whole sentences. */
export function lockMessage({ environment, recorded, tier, promotingTo }: Lock): string {
  if (promotingTo !== undefined) {
    return `Environment ${environment} is being promoted from ${recorded} to ${promotingTo}; this stack is ${tier}. Until that is done, name ${recorded} or ${promotingTo}: both are the same.`;
  }
  return (
    `Environment ${environment} is at ${recorded}; this stack is ${tier}. Deploying or destroying it would change ${environment} from under its users. ` +
    `To work on ${environment}, name ${recorded}. To move it to ${tier} with its data, promote it: terrace promote plan ${environment} --to ${tier}.`
  );
}
