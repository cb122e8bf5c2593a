import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Environment } from '../../../environments/schema';
import { fieldsFor } from '../../../promotion/next-phase';
import { synthesize, type SynthesizedTier } from '../../../stacks/synthesize';
import { type SavedPlan, Terraform } from '../../../terraform';
import { startStandin } from '../../../terraform/standin/server';
import type { PromotionPhase } from '../../../tiers/phase';
import type { TierId } from '../../../tiers/tier';
import { scratch } from '../../support/scratch';
import { secretsOf } from '../../support/sandbox';
import { typesIn } from '../../support/spoken';

/** What stands where clouds would be. */
export interface Clouds {
  /** Value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  /** Told of the types of every configuration before it is planned. */
  readonly speakOf?: (types: readonly string[]) => void;
  /** Whether they hold what was applied, so that a plan may ask for it. @default - they do not */
  readonly remember?: boolean;
  /** The file in which they do. @default - there is none */
  readonly state?: string;
  readonly stop: () => void | Promise<void>;
}

/** Each provider by the first that has it; all of them are told of every type, and remember what each of them does. */
export function together(...clouds: readonly Clouds[]): Clouds {
  const entries = clouds.toReversed().map(({ reattach }) => JSON.parse(reattach) as object);
  return {
    reattach: JSON.stringify(Object.assign({}, ...entries)),
    speakOf: (types) => clouds.forEach(({ speakOf }) => speakOf?.(types)),
    remember: clouds.every(({ remember }) => remember === true),
    ...clouds.reduce<Pick<Clouds, 'state'>>((found, { state }) => (state === undefined ? found : { state }), {}),
    stop: async () => void (await Promise.all(clouds.map(async ({ stop }) => stop()))),
  };
}

/** One environment, in any of its stacks. */
export interface Stage {
  /** Plans one stack of the environment, `stack` or the recorded one. */
  plan(environment: Environment, stack?: TierId): Promise<SavedPlan & { readonly document: PlanDocument }>;
  /** Plans and applies. */
  apply(environment: Environment, stack?: TierId): Promise<PlanDocument>;
  /** Addresses in the state. */
  addresses(): readonly string[];
  /** What a stack is synthesized to, without what cdktf notes of it. */
  text(environment: Environment, stack: TierId): string;
  /** Does something to the state, and takes it back; to be used where no cloud remembers it but in its file. */
  aside(work: () => Promise<void>): Promise<void>;
  stop(): void | Promise<void>;
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

/** A stage on the stand-in, or on other clouds, which it then leaves to whoever started them. */
export async function stage(clouds?: Clouds): Promise<Stage> {
  const project = scratch();
  const standin: Clouds = clouds ?? (await startStandin({ state: join(project, 'sandbox.json') }));
  const state = join(project, environmentState);
  const ready = new Map<string, Terraform>();
  let latest: { readonly key: string; readonly tiers: readonly SynthesizedTier[] } | undefined;
  const synthesized = (environment: Environment, stack: TierId): SynthesizedTier => {
    const recordedOnly = stack === environment.tier || stack === environment.promotion?.to;
    const key = JSON.stringify([recordedOnly, environment]);
    if (latest?.key !== key) latest = { key, tiers: synthesize(environment, { project, recordedOnly }).tiers };
    const found = latest.tiers.find(({ id }) => id === stack);
    if (found === undefined) throw new Error(`no stack ${stack}`);
    return found;
  };
  const terraformFor = async (environment: Environment, stack: TierId): Promise<Terraform> => {
    const found = synthesized(environment, stack);
    standin.speakOf?.(typesIn(found.json));
    // Once for each stack and list of providers, to which a promotion to another platform adds.
    const key = `${stack} ${JSON.stringify(found.json['terraform'])}`;
    const terraform =
      ready.get(key) ?? (await initialized(found.directory, { ...secretsOf(environment), TF_REATTACH_PROVIDERS: standin.reattach }));
    ready.set(key, terraform);
    return terraform;
  };
  const planned = async (environment: Environment, stack: TierId) => {
    const terraform = await terraformFor(environment, stack);
    // Where no cloud stands, there is nothing to ask.
    const saved = await terraform.plan({ refresh: clouds === undefined || clouds.remember === true });
    return { terraform, saved: { ...saved, document: JSON.parse(saved.text) as PlanDocument } };
  };
  return {
    plan: async (environment, stack = environment.tier) => (await planned(environment, stack)).saved,
    apply: async (environment, stack = environment.tier) => {
      const { terraform, saved } = await planned(environment, stack);
      await terraform.apply(saved);
      return saved.document;
    },
    addresses: () => addressesIn(state),
    text: (environment, stack) => JSON.stringify({ ...synthesized(environment, stack).json, '//': undefined }),
    aside: async (work) => {
      const files = [state, ...(standin.state === undefined ? [] : [standin.state])].map((file) => [file, readFileSync(file)] as const);
      await work();
      for (const [file, before] of files) writeFileSync(file, before);
    },
    stop: () => (clouds === undefined ? standin.stop() : undefined),
  };
}

/** Values of what a pipeline gives on AWS. None of them is a secret. */
const passwords = {
  TF_VAR_database_password: 'a-database-password',
  TF_VAR_cache_password: 'a-cache-password-1',
  TF_VAR_google_project: 'example',
};

async function initialized(directory: string, more: Readonly<Record<string, string>>): Promise<Terraform> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null', ...passwords, ...more };
  const terraform = await Terraform.in({ directory, env });
  await terraform.init();
  return terraform;
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

/** The environment once its file says the end of a promotion. @param promotion in its last phase */
export function ended(environment: Environment, promotion: NonNullable<Environment['promotion']>): Environment {
  const written = fieldsFor(environment, promotion, 'done');
  const said = Object.entries(written).flatMap(([field, text]) => (text === undefined ? [] : [[field, parse(text) as unknown] as const]));
  return { ...environment, ...Object.fromEntries(said) } as Environment;
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
