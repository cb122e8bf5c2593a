import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { graphFromSynthesis, type CdkTfJson } from '../../../../analysis/graph';
import type { RuleContext, RuleInput } from '../../../../analysis/review/types';
import { loadEnvironment } from '../../../../environments';
import type { Environment } from '../../../../environments/schema';
import { synthesize } from '../../../../stacks/synthesize';
import { scratch } from '../../../support/scratch';

const root = join(__dirname, '..', '..', '..', '..');

/** Environments of every tier and platform that there is: `digitalocean-tier3`. */
export const examples: readonly string[] = readdirSync(join(root, 'environments', 'examples')).map((file) => file.replace('.yaml', ''));

/** An example as its file has it, or as a person would keep it: protected, its state in a bucket, administrators and alerts named. */
export function exampleInputs(name: string, keep: boolean): readonly RuleInput[] {
  const { environment } = loadEnvironment(`environments/examples/${name}.yaml`, { cwd: root });
  const meant = keep ? kept(environment) : environment;
  const { recorded } = synthesize(meant, { project: scratch() });
  return [{ graph: graphFromSynthesis(recorded.json as CdkTfJson), context: contextOf(meant) }];
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
