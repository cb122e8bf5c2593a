import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../../environments/schema';
import { synthesize } from '../../../stacks/synthesize';
import { type SavedPlan, Terraform } from '../../../terraform';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import type { PromotionPhase } from '../../../tiers/phase';
import type { TierId } from '../../../tiers/tier';
import { scratch } from '../../support/scratch';
import { secretsOf } from '../../support/sandbox';

/** One environment on the stand-in, in any of its stacks. */
export interface Stage {
  readonly standin: Standin;
  /** Plans one stack of the environment, `stack` or the recorded one. */
  plan(environment: Environment, stack?: TierId): Promise<SavedPlan & { readonly document: PlanDocument }>;
  /** Plans and applies. */
  apply(environment: Environment, stack?: TierId): Promise<PlanDocument>;
  /** Addresses in the state. */
  addresses(): readonly string[];
  stop(): Promise<void>;
}

/** The parts of `terraform show -json` of a plan that tests look at. */
export interface PlanDocument {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly before: unknown; readonly after: unknown };
  }[];
}

/** Milliseconds that a row of applies may take on a machine that does other things too. */
export const patience = 600_000;

export async function stage(): Promise<Stage> {
  const project = scratch();
  const standin = await startStandin({ state: join(project, 'sandbox.json') });
  const terraformFor = async (environment: Environment, stack: TierId) => {
    const found = synthesize(environment, { project }).tiers.find(({ id }) => id === stack);
    if (found === undefined) throw new Error(`no stack ${stack}`);
    const env = {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_REATTACH_PROVIDERS: standin.reattach,
      ...secretsOf(environment),
    };
    const terraform = await Terraform.in({ directory: found.directory, env });
    await terraform.init();
    return terraform;
  };
  const planned = async (environment: Environment, stack: TierId) => {
    const terraform = await terraformFor(environment, stack);
    const saved = await terraform.plan();
    return { terraform, saved: { ...saved, document: JSON.parse(await terraform.showText(saved.file)) as PlanDocument } };
  };
  return {
    standin,
    plan: async (environment, stack = environment.tier) => (await planned(environment, stack)).saved,
    apply: async (environment, stack = environment.tier) => {
      const { terraform, saved } = await planned(environment, stack);
      await terraform.apply(saved);
      return saved.document;
    },
    addresses: () => addressesIn(join(project, environmentState)),
    stop: () => standin.stop(),
  };
}

const environmentState = '.terrace/state/sample.tfstate';

function addressesIn(file: string): readonly string[] {
  const state = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resources: readonly { readonly type: string; readonly name: string }[];
  };
  return state.resources.map(({ type, name }) => `${type}.${name}`).sort();
}

/** Addresses of a plan by what happens to them; nothing of what stays as it is. */
export function actions(document: PlanDocument): Record<string, readonly string[]> {
  const rows = (document.resource_changes ?? [])
    .map(({ address, change }) => ({ address, action: change.actions.join('+') }))
    .filter(({ action }) => action !== 'no-op');
  return Object.fromEntries(
    [...new Set(rows.map(({ action }) => action))]
      .sort()
      .map((action) => [action, rows.filter((row) => row.action === action).map(({ address }) => address)]),
  );
}

/** The same environment in a phase of its promotion. */
export function inPhase(
  environment: Environment,
  to: TierId,
  phase: PromotionPhase,
  more: Partial<NonNullable<Environment['promotion']>> = {},
): Environment {
  return { ...environment, promotion: { to, phase, ...more } };
}
