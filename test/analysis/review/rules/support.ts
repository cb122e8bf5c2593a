import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { graphFromSynthesis, type CdkTfJson } from '../../../../analysis/graph';
import type { RuleContext, RuleInput } from '../../../../analysis/review/types';
import { loadEnvironment } from '../../../../environments';
import type { Environment } from '../../../../environments/schema';
import { synthesize, type SynthesizedStack } from '../../../../stacks/synthesize';
import { scratch } from '../../../support/scratch';

const root = join(__dirname, '..', '..', '..', '..');

/** Environments of every tier and platform that there is: `digitalocean-tier3`. */
export const examples: readonly string[] = readdirSync(join(root, 'environments', 'examples')).map((file) => file.replace('.yaml', ''));

/** An example as its file has it, or as a person would keep it: protected, its state in a bucket, alerts with an address. One input for each of its stacks. */
export function exampleInputs(name: string, keep: boolean): readonly RuleInput[] {
  const environment = exampleEnvironment(name, keep);
  return configurationsOf(environment).map(({ json }) => ({ graph: graphFromSynthesis(json as CdkTfJson), context: contextOf(environment) }));
}

/** What an example that is kept becomes: the content of each `cdk.tf.json`, by the name of the example and of the stack. */
export function exampleConfigurations(name: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return configurationsOf(exampleEnvironment(name, true)).map(({ id, json }) => [`${name}-${id}`, json]);
}

function exampleEnvironment(name: string, keep: boolean): Environment {
  const { environment } = loadEnvironment(`environments/examples/${name}.yaml`, { cwd: root });
  return keep ? kept(environment) : environment;
}

function configurationsOf(environment: Environment): readonly SynthesizedStack[] {
  const { recorded } = synthesize(environment, { project: scratch() });
  return [recorded, ...recorded.layers];
}

function kept(environment: Environment): Environment {
  const { disposable: _disposable, ...others } = environment;
  return { ...others, state: { backend: 's3', bucket: 'example-state', region: 'eu-central-1', key: `${environment.name}.tfstate` }, alerts: { emails: ['ops@example.com'] } };
}

/** What a rule is told of an environment. */
export function contextOf(environment: Environment): RuleContext {
  const { name, roadmap, tier, disposable, state } = environment;
  return { environment: name, roadmap, tier, disposable: disposable !== undefined, stateBackend: state.backend, settings: {} };
}
