import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkTfJson, JsonObject } from '../../../../analysis/graph';
import { offlineSurroundings } from '../../../support/aws-offline';
import { startProviders } from '../../../support/aws-provider';
import { scratch } from '../../../support/scratch';
import { typesIn } from '../../../support/spoken';
import { settled, type State, stateOf } from './aws-state';
import { initialized, type Place, planned, type Planned, withoutRefusals } from './terraform';
import { slice } from './slice';
import { typeOf } from '../../../../stacks/transition/documents';

/** The state of the base: written by the soak, which holds it against the provider. */
export const recordedState = join(__dirname, 'aws-state.json');

/** The real provider, one process for everything that is planned with it. No call leaves the machine. */
export interface AwsPlanner {
  /** Plans every edit at once, each as a module with a state of its own. */
  plan(edits: Readonly<Record<string, CdkTfJson>>): Promise<Readonly<Record<string, Planned>>>;
  /** What the state of this configuration would be: what the provider plans to create, taken as created. */
  stateOf(json: CdkTfJson): Promise<State>;
  stop(): Promise<void>;
}

export async function awsPlanner(): Promise<AwsPlanner> {
  const room = scratch('terrace-corpus-aws-');
  const provider = await startProviders({
    folder: room,
    directory: room,
    env: { PATH: process.env['PATH'], HOME: room, ...offlineSurroundings },
  });
  const place = (name: string): Place => ({
    folder: join(room, name),
    env: { ...offlineSurroundings, TF_REATTACH_PROVIDERS: provider.reattach },
  });
  return {
    plan: (edits) => {
      const state = JSON.parse(readFileSync(recordedState, 'utf8')) as State;
      provider.speakOf([...Object.keys(state).map(typeOf), ...Object.values(edits).flatMap(typesIn)]);
      return inModules(place('edits'), edits, state);
    },
    stateOf: (json) => {
      provider.speakOf(typesIn(json));
      return settled(place('base'), json);
    },
    stop: provider.stop,
  };
}

async function inModules(
  place: Place,
  edits: Readonly<Record<string, CdkTfJson>>,
  state: State,
): Promise<Readonly<Record<string, Planned>>> {
  const modules = Object.entries(edits).map(([name, json], index) => ({ name, key: `edit${index}`, json }));
  for (const { key, json } of modules) {
    mkdirSync(join(place.folder, key), { recursive: true });
    writeFileSync(join(place.folder, key, 'main.tf.json'), JSON.stringify(asModule(json)));
  }
  const [first] = modules;
  await initialized(
    place,
    rootOf(
      first?.json ?? {},
      modules.map(({ key }) => key),
    ),
    stateOf(
      state,
      modules.map(({ key }) => `module.${key}`),
    ),
  );
  const made = await planned(place);
  return Object.fromEntries(
    modules.map(({ name, key }) => [name, 'refused' in made ? made : { ...made, plan: slice(made.plan as JsonObject, key) }]),
  );
}

/** A module has its providers from its caller: where they point to stays out, as it does in every plan without a refresh. */
function asModule({ provider: _provider, terraform: _terraform, ...json }: CdkTfJson): CdkTfJson {
  return {
    ...withoutRefusals(json),
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0', configuration_aliases: ['aws.ireland'] } } },
  };
}

function rootOf({ provider, terraform }: CdkTfJson, keys: readonly string[]): CdkTfJson {
  const providers = { aws: 'aws', 'aws.ireland': 'aws.ireland' };
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(terraform === undefined ? {} : { terraform }),
    module: Object.fromEntries(keys.map((key) => [key, { source: `./${key}`, providers }])),
  };
}
