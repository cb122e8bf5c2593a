import { TerraformVariable, type TerraformVariableValidationConfig } from 'cdktf';
import type { TierStack } from '../tier-stack';

/** What a secret is, for whoever has to set it. */
export interface Secret {
  /** Name of the variable: `secret_session_key`, which the pipeline sets as `TF_VAR_secret_session_key`. */
  readonly id: string;
  /** Completes "Value of ...". */
  readonly what: string;
  /** What else can be done, after "Set TF_VAR_..., ". */
  readonly otherwise: string;
  /** What its value must be besides not empty. @default - anything */
  readonly rule?: { readonly condition: string; readonly allowed: string };
}

/**
 * A variable for a secret's value. Without a default and never null or empty: a pipeline that lacks it stops before the first
 * call, instead of wiping the secret from the servers.
 */
export function secretVariable(stack: TierStack, { id, what, otherwise, rule }: Secret): string {
  const filled = { condition: `\${length(var.${id}) > 0}`, errorMessage: `${capitalized(what)} is empty. Set TF_VAR_${id}, ${otherwise}.` };
  const validation: TerraformVariableValidationConfig[] = [
    filled,
    ...(rule === undefined
      ? []
      : [
          {
            condition: `\${${rule.condition}}`,
            errorMessage: `${capitalized(what)} is not allowed. Allowed: ${rule.allowed}. Set TF_VAR_${id}, ${otherwise}.`,
          },
        ]),
  ];
  return new TerraformVariable(stack, id, {
    type: 'string',
    sensitive: true,
    nullable: false,
    description: `Value of ${what}. Set TF_VAR_${id}.`,
    validation,
  }).stringValue;
}

/** Terraform wants the message to be a sentence. */
function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
