import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../analysis/graph';
import { type Listener, type PlannedChange, Terraform, type Variables, writeProviderLock } from '../../terraform';
import { record } from '../../terraform/json';
import { forPerson } from '../../values/errors';
import { purgeStopped } from '../errors';
import { replaceFile } from '../replace-file';
import type { Retired } from '../retired';
import { emptyConfiguration, heldConfiguration, noted, placeOf, type SchemaBlock, type SchemaOf } from './configuration';
import { isByHand } from './imports';

export interface PurgeOptions {
  readonly environment: string;
  /** What is to be deleted: due, and confirmed. */
  readonly list: readonly Retired[];
  /** A folder of its own, which is removed at the end. An attempt that was broken off goes on in it. */
  readonly folder: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly env: Variables;
  readonly listener?: Listener;
}

export interface Purged {
  readonly deleted: readonly Retired[];
  /** What was not there any more. */
  readonly missing: readonly Retired[];
  /** What no provider takes up again: a person deletes it. */
  readonly byHand: readonly Retired[];
}

/**
 * Deletes what a promotion has left standing, by Terraform, in a stack of its own: takes it into a state, lets go of its protection,
 * and destroys it, what refers to something before that.
 * @throws TerraceError `PURGE_STOPPED` when a plan does something else; what Terraform refuses
 */
export async function purge(options: PurgeOptions): Promise<Purged> {
  const { list, folder } = options;
  const byHand = list.filter(({ type }) => isByHand(type));
  const taken = list.filter(({ importId }) => importId !== null);
  const missing = taken.length === 0 ? [] : await deleteAll(taken, options);
  rmSync(folder, { recursive: true, force: true });
  return { deleted: list.filter((each) => !byHand.includes(each) && !missing.includes(each)), missing, byHand };
}

async function deleteAll(
  list: readonly Retired[],
  { environment, list: all, folder, today, env, listener }: PurgeOptions,
): Promise<readonly Retired[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  write(folder, emptyConfiguration(list, all));
  const terraform = await Terraform.in({ directory: folder, env, ...(listener === undefined ? {} : { listener }) });
  await terraform.init();
  const missing = await takeUp(list, all, terraform);
  const there = list.filter((each) => !missing.includes(each));
  if (there.length === 0) return missing;
  noteInState(folder);
  const { resources } = await terraform.state();
  const values = new Map(resources.map(({ address, values: own }) => [address, own as JsonObject]));
  write(folder, heldConfiguration({ list: there, all, values, schemaOf: schemasIn(await terraform.schemas()), day: today }));
  await applied(terraform, environment, 'update');
  await applied(terraform, environment, 'destroy');
  return missing;
}

/** A state as Terraform writes it, as far as it is changed. */
interface OwnState {
  readonly serial: number;
  readonly resources: readonly { readonly type: string; readonly instances: readonly { readonly attributes: JsonObject }[] }[];
}

/** Writes what a provider looks for there into the state of this folder, which nobody else has. */
function noteInState(folder: string): void {
  const file = join(folder, 'terraform.tfstate');
  const state = JSON.parse(readFileSync(file, 'utf8')) as OwnState;
  const resources = state.resources.map((resource) => ({
    ...resource,
    instances: resource.instances.map((each) => ({ ...each, attributes: { ...each.attributes, ...noted[resource.type] } })),
  }));
  replaceFile(file, JSON.stringify({ ...state, serial: state.serial + 1, resources }));
}

/** @returns what is not there any more */
async function takeUp(list: readonly Retired[], all: readonly Retired[], terraform: Terraform): Promise<readonly Retired[]> {
  const had = new Set((await terraform.state()).resources.map(({ address }) => address));
  const missing: Retired[] = [];
  for (const each of list) {
    const place = placeOf(each, all);
    if (!had.has(place) && !(await isTaken(each, place, terraform))) missing.push(each);
  }
  return missing;
}

async function isTaken({ importId }: Retired, place: string, terraform: Terraform): Promise<boolean> {
  try {
    await terraform.takeUp(place, importId ?? '');
    return true;
  } catch (error) {
    // In Terraform's own words.
    if (/Cannot import non-existent remote object/.test(forPerson(error)?.message ?? '')) return false;
    throw error;
  }
}

/** Plans and applies where nothing else is planned. Without changes, too: the state then learns the order. */
async function applied(terraform: Terraform, environment: string, only: 'update' | 'destroy'): Promise<void> {
  const saved = await terraform.plan({ destroy: only === 'destroy' });
  const others = saved.plan.changes.filter(({ action }) => action !== 'none' && action !== only);
  if (others.length === 0) return void (await terraform.apply(saved));
  terraform.discard(saved);
  throw purgeStopped(environment, others.map(described));
}

function described({ address, action, because }: PlannedChange): string {
  return `${address}: ${action}${because.length === 0 ? '' : ` because of ${because.join(', ')}`}`;
}

function write(folder: string, configuration: JsonObject): void {
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration, null, 2), { mode: 0o600 });
  writeProviderLock(folder);
}

function schemasIn(document: unknown): SchemaOf {
  const all = Object.values(record(record(document)['provider_schemas'])).map((each) => record(record(each)['resource_schemas']));
  return (type) => all.flatMap((schemas) => (type in schemas ? [record(schemas[type])['block'] as SchemaBlock] : []))[0];
}
