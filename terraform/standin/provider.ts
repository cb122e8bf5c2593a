import type { Facts } from './facts';
import { attributePath, error, type Diagnostic } from './diagnostics';
import type { Refusal } from './api/refusal';
import { requestLine } from './api/requests';
import { applyChange, findObject, readObject, type Outcome } from './objects/apply';
import { unreadable } from './objects/unreadable';
import { plan, type Planned } from './plan';
import { conform, providerData, resourceOf, type Resource } from './schema';
import type { Store } from './store';
import { validate } from './validate';
import { fromDynamic, isMap, toDynamic, type DynamicValue, type Value, type ValueMap } from './values';
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

/** The calls of the plugin protocol. */
export type Provider = Readonly<Record<string, (asked: Asked) => Answer | Promise<Answer>>>;

/**
 * The stand-in: plans and checks as digitalocean/digitalocean 2.71.0 does, and keeps objects in a file.
 * @param store - the account
 * @param facts - what its API knows of sizes and regions
 */
export function provider(store: Store, facts: Facts): Provider {
  return {
    GetSchema: () => wireSchema(providerData()),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: () => ({}),
    ValidateDataSourceConfig: () => ({}),
    ReadDataSource: ({ config }) => ({ state: config }),
    Stop: () => ({}),
    ValidateResourceTypeConfig: (asked) => ({ diagnostics: validate(resource(asked), mapOf(asked.config)) }),
    UpgradeResourceState: (asked) => ({ upgraded_state: toDynamic(conform(resource(asked), JSON.parse(bytes(asked.raw_state?.json)) as ValueMap)) }),
    PlanResourceChange: planChange,
    ApplyResourceChange: (asked) => applyResource(store, facts, asked),
    ReadResource: (asked) => read(store, asked),
    ImportResourceState: (asked) => importState(store, asked),
  };
}

function planChange(asked: Asked): Answer {
  const [prior, proposed] = [fromDynamic(asked.prior_state), fromDynamic(asked.proposed_new_state)];
  if (!isMap(proposed)) return { planned_state: toDynamic(null), legacy_type_system: true };
  return planned(plan({ type: asked.type_name ?? '', resource: resource(asked), prior: isMap(prior) ? prior : null, proposed }));
}

/** `legacy_type_system` tells Terraform, as the provider's SDK does, that null and empty may be mixed up. */
function planned({ state, replace, errors }: Planned): Answer {
  return {
    planned_state: toDynamic(state),
    requires_replace: replace.map(attributePath),
    diagnostics: errors.map((message) => error(message)),
    legacy_type_system: true,
  };
}

async function applyResource(store: Store, facts: Facts, asked: Asked): Promise<Answer> {
  const [prior, next] = [asMap(fromDynamic(asked.prior_state)), asMap(fromDynamic(asked.planned_state))];
  const change = { type: asked.type_name ?? '', resource: resource(asked), facts, prior, planned: next };
  const outcome = await store.update<Outcome>((account) => applyChange(account, change));
  if ('refusal' in outcome) return { new_state: toDynamic(prior), diagnostics: [refused(change.type, prior, next, outcome.refusal)], legacy_type_system: true };
  return { new_state: toDynamic(outcome.state), legacy_type_system: true };
}

function refused(type: string, prior: ValueMap | null, next: ValueMap | null, { status, message }: Refusal): Diagnostic {
  return error(`${requestLine(type, prior, next)}: ${status} ${message}`, [], 'The stand-in refuses this as the API would at apply; no plan can show it.');
}

function read(store: Store, asked: Asked): Answer {
  const state = mapOf(asked.current_state);
  const object = readObject(store.read(), asked.type_name ?? '', state);
  return { new_state: toDynamic(object === undefined ? null : conform(resource(asked), { ...object, ...unreadable(asked.type_name ?? '', state) })) };
}

function importState(store: Store, asked: Asked): Answer {
  const type = asked.type_name ?? '';
  if (!resource(asked).importable) return { diagnostics: [error(`resource ${type} doesn't support import`)] };
  const found = findObject(store.read(), type, asked.id ?? '');
  // Terraform reads what it has imported, and says so itself when nothing is there.
  const state = conform(resource(asked), found === undefined ? { id: asked.id ?? '' } : { ...found, ...unreadable(type, {}) });
  return { imported_resources: [{ type_name: type, state: toDynamic(state) }] };
}

function resource({ type_name: type = '' }: Asked): Resource {
  const found = resourceOf(type);
  if (found === undefined) throw new Error(`provider 2.71.0 has no resource type ${type}`);
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
