import { dataSources } from './data-sources';
import type { Facts } from './facts';
import { attributePath, error, type Diagnostic } from './diagnostics';
import type { Refusal } from './api/refusal';
import { requestLine } from './api/requests';
import { planFramework } from './framework-plan';
import { applyChange, findObject, readObject, type Outcome } from './objects/apply';
import { applyPlain, findPlain, readPlain } from './objects/plain';
import { unreadable } from './objects/unreadable';
import { plan, type Planned } from './plan';
import { conform, type Resource } from './schema';
import { dataOf } from './schema-document';
import { served, type Served, type ServedName } from './served';
import type { Store } from './store';
import { validate } from './validate';
import { fromDynamic, isMap, text, toDynamic, type DynamicValue, type Value, type ValueMap } from './values';
import { wireSchema } from './wire-schema';

/** What Terraform sends; each call uses some of it. */
export interface Asked {
  readonly type_name?: string;
  readonly id?: string;
  readonly config?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly current_state?: DynamicValue;
  readonly raw_state?: { readonly json?: Uint8Array };
}

/** An answer of the plugin protocol. */
export type Answer = object;

/**
 * The calls of the plugin protocol, by their names in protocol 5. `caller` tells one connection from another: Terraform opens
 * one for each provider block, and says on it how that block is configured.
 */
export type Provider = Readonly<Record<string, (asked: Asked, caller?: string) => Answer | Promise<Answer>>>;

/** What the calls of one provider share. */
interface House {
  readonly provider: Served;
  readonly store: Store;
  readonly facts: Facts;
  /** Configurations by connection. */
  readonly configured: Map<string, ValueMap>;
}

/**
 * The stand-in: plans and checks as a provider does, and keeps objects in a file.
 * @param store - the account
 * @param facts - what DigitalOcean's API knows of sizes and regions
 * @param name - the provider. @default - digitalocean
 */
export function provider(store: Store, facts: Facts, name: ServedName = 'digitalocean'): Provider {
  const house: House = { provider: served(name), store, facts, configured: new Map() };
  // Each Terraform command asks for it, and some have a thousand types.
  let wire: object | undefined;
  return {
    GetSchema: () => (wire ??= wireSchema(dataOf(name), name)),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }, caller = '') => configure(house, mapOf(config), caller),
    ValidateDataSourceConfig: () => ({}),
    ReadDataSource: (asked) => readData(house, asked),
    Stop: () => ({}),
    ValidateResourceTypeConfig: (asked) => ({
      diagnostics: name === 'digitalocean' ? validate(resource(house, asked), mapOf(asked.config)) : [],
    }),
    UpgradeResourceState: (asked) => ({
      upgraded_state: toDynamic(conform(resource(house, asked), JSON.parse(bytes(asked.raw_state?.json)) as ValueMap)),
    }),
    PlanResourceChange: (asked) => planChange(house, asked),
    ApplyResourceChange: (asked, caller = '') => applyResource(house, asked, caller),
    ReadResource: (asked, caller = '') => read(house, asked, caller),
    ImportResourceState: (asked, caller = '') => importState(house, asked, caller),
  };
}

function configure({ configured }: House, config: ValueMap, caller: string): Answer {
  configured.set(caller, config);
  return {};
}

/** Which cluster or project a connection is about. */
function scopeOf({ configured }: House, caller: string): string {
  const config = configured.get(caller) ?? {};
  const cluster = config['kubernetes'];
  return text(isMap(cluster) ? cluster : config, 'host') || text(config, 'project');
}

function planChange(house: House, asked: Asked): Answer {
  const [prior, proposed] = [asMap(fromDynamic(asked.prior_state)), fromDynamic(asked.proposed_new_state)];
  if (!isMap(proposed)) return { planned_state: toDynamic(null), ...legacy(house) };
  const given = { type: asked.type_name ?? '', resource: resource(house, asked), prior, proposed };
  return planned(house, house.provider.library === 'framework' ? planFramework({ ...given, config: mapOf(asked.config) }) : plan(given));
}

function planned(house: House, { state, replace, errors }: Planned): Answer {
  return {
    planned_state: toDynamic(state),
    requires_replace: replace.map(attributePath),
    diagnostics: errors.map((message) => error(message)),
    ...legacy(house),
  };
}

/** Tells Terraform, as the older library does, that null and empty may be mixed up. */
function legacy({ provider: { library } }: House): { readonly legacy_type_system: boolean } {
  return { legacy_type_system: library === 'sdk' };
}

async function applyResource(house: House, asked: Asked, caller: string): Promise<Answer> {
  const [prior, next] = [asMap(fromDynamic(asked.prior_state)), asMap(fromDynamic(asked.planned_state))];
  const change = { type: asked.type_name ?? '', resource: resource(house, asked), prior, planned: next };
  const outcome = await house.store.update<Outcome>((account) =>
    isDigitalOcean(house)
      ? applyChange(account, { ...change, facts: house.facts })
      : applyPlain(account, { ...change, planned: withProject(house, change.planned, caller), scope: scopeOf(house, caller) }),
  );
  if ('refusal' in outcome)
    return { new_state: toDynamic(prior), diagnostics: [refused(change.type, prior, next, outcome.refusal)], ...legacy(house) };
  return { new_state: toDynamic(outcome.state), ...legacy(house) };
}

/** Google's objects are in the project of the provider where they name none. */
function withProject(house: House, planned: ValueMap | null, caller: string): ValueMap | null {
  const project = text(house.configured.get(caller), 'project');
  return planned === null || project === '' || !('project' in planned) || typeof planned['project'] === 'string'
    ? planned
    : { ...planned, project };
}

function isDigitalOcean({ provider: { name } }: House): boolean {
  return name === 'digitalocean';
}

function refused(type: string, prior: ValueMap | null, next: ValueMap | null, { status, message }: Refusal): Diagnostic {
  return error(
    `${requestLine(type, prior, next)}: ${status} ${message}`,
    [],
    'The stand-in refuses this as the API would at apply; no plan can show it.',
  );
}

function read(house: House, asked: Asked, caller: string): Answer {
  const [state, type] = [mapOf(asked.current_state), asked.type_name ?? ''];
  const account = house.store.read();
  const object = isDigitalOcean(house)
    ? readObject(account, type, state)
    : readPlain(account, { type, scope: scopeOf(house, caller) }, state);
  return {
    new_state: toDynamic(
      object === undefined
        ? null
        : conform(resource(house, asked), { ...object, ...(isDigitalOcean(house) ? unreadable(type, state) : {}) }),
    ),
  };
}

/** Of other providers none is served. */
function readData({ store }: House, { type_name: type = '', config }: Asked): Answer {
  const found = dataSources[type]?.read(store.read(), mapOf(config));
  if (found === undefined) return { state: config };
  return 'severity' in found ? { diagnostics: [found] } : { state: toDynamic(found) };
}

function importState(house: House, asked: Asked, caller: string): Answer {
  const [type, id] = [asked.type_name ?? '', asked.id ?? ''];
  if (!resource(house, asked).importable) return { diagnostics: [error(`resource ${type} doesn't support import`)] };
  const account = house.store.read();
  const found = isDigitalOcean(house) ? findObject(account, type, id) : findPlain(account, { type, scope: scopeOf(house, caller) }, id);
  // Terraform reads what it has imported, and says so itself when nothing is there.
  const state = conform(
    resource(house, asked),
    found === undefined ? { id } : { ...found, ...(isDigitalOcean(house) ? unreadable(type, {}) : {}) },
  );
  return { imported_resources: [{ type_name: type, state: toDynamic(state) }] };
}

function resource({ provider: { name, version } }: House, { type_name: type = '' }: Asked): Resource {
  const found = dataOf(name as ServedName).resources[type];
  if (found === undefined) throw new Error(`provider ${name} ${version} has no resource type ${type}`);
  return found;
}

function mapOf(dynamic: DynamicValue | undefined): ValueMap {
  return asMap(fromDynamic(dynamic)) ?? {};
}

function asMap(value: Value): ValueMap | null {
  return isMap(value) ? value : null;
}

function bytes(json: Uint8Array | undefined): string {
  return Buffer.from(json ?? []).toString('utf8') || '{}';
}
