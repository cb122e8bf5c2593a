import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { synthesize } from '../../stacks/synthesize';
import { addresses, Terraform, type PlannedAction, type TerraformPlan } from '../../terraform';
import { startStandin, type Standin } from '../../terraform/standin/server';
import { sampleEnvironment } from './environments';
import { scratch } from './scratch';

/** A project on the stand-in: real Terraform, objects in a file instead of a cloud. */
export interface Sandbox {
  readonly project: string;
  readonly standin: Standin;
  /** Synthesizes the environment and plans its recorded tier. */
  plan(environment: Environment, given?: Given): Promise<TerraformPlan>;
  /** Synthesizes the environment and applies its recorded tier. */
  apply(environment: Environment): Promise<TerraformPlan>;
  stop(): Promise<void>;
}

/** What differs besides the environment file. */
export interface Given {
  /** Values of the secrets, as variables of Terraform. @default - every secret is 'first' */
  readonly variables?: Readonly<Record<string, string>>;
  /** Changes the synthesized text, as another version of Terrace would. */
  readonly patch?: (json: string) => string;
}

export async function sandbox(): Promise<Sandbox> {
  const project = scratch();
  const standin = await startStandin({ state: join(project, 'sandbox.json') });
  const env = (variables: Readonly<Record<string, string>>) => ({
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_REATTACH_PROVIDERS: standin.reattach,
    ...variables,
  });
  const ready = new Map<string, Terraform>();
  const initialized = async (directory: string, values: Readonly<Record<string, string>>): Promise<Terraform> => {
    const terraform = await Terraform.in({ directory, env: env(values) });
    await terraform.init();
    return terraform;
  };
  const terraformFor = async (environment: Environment, { variables, patch }: Given = {}) => {
    const { recorded } = synthesize(environment, { project, recordedOnly: true });
    const file = join(recorded.directory, 'cdk.tf.json');
    if (patch !== undefined) writeFileSync(file, patch(readFileSync(file, 'utf8')));
    const values = variables ?? secretsOf(environment);
    // Once for each stack and list of providers.
    const key = JSON.stringify([recorded.id, recorded.json['terraform'], values]);
    const terraform = ready.get(key) ?? (await initialized(recorded.directory, values));
    ready.set(key, terraform);
    return terraform;
  };
  return {
    project,
    standin,
    plan: async (environment, given) => (await (await terraformFor(environment, given)).plan()).plan,
    apply: async (environment) => {
      const terraform = await terraformFor(environment);
      const saved = await terraform.plan();
      await terraform.apply(saved);
      return saved.plan;
    },
    stop: () => standin.stop(),
  };
}

/** Addresses by what a plan does to them, without what it leaves alone. */
export function summary(plan: TerraformPlan): Partial<Record<PlannedAction, readonly string[]>> {
  const actions = ['create', 'update', 'replace', 'destroy', 'forget'] as const;
  return Object.fromEntries(actions.map((action) => [action, addresses(plan, action)] as const).filter(([, found]) => found.length > 0));
}

/** An environment that is kept: protected, with a secret and an administrator. */
export function keptEnvironment(overrides: Partial<Environment> = {}): Environment {
  const { disposable: _disposable, ...kept } = sampleEnvironment();
  const app = { ...kept.app, secrets: ['SESSION_KEY'], settings: { LOG_LEVEL: 'info' } };
  return { ...kept, app, alerts: { emails: ['ops@example.com'] }, ...overrides };
}

/** Values for an environment's secrets, as a pipeline gives them. */
export function secretsOf({ app }: Environment, value = 'first'): Record<string, string> {
  return Object.fromEntries(app.secrets.map((name) => [`TF_VAR_secret_${name.toLowerCase()}`, value]));
}
