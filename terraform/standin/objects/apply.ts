import { clusterRules } from '../api/cluster';
import { computeRules } from '../api/compute';
import { databaseRules } from '../api/database';
import { deletionRules } from '../api/deletion';
import { networkRules } from '../api/network';
import type { Refusal, Request, Rule } from '../api/refusal';
import { storageRules } from '../api/storage';
import type { Facts } from '../facts';
import type { Resource } from '../schema';
import { objectOf, objectsOf, withObject, withoutObject, type Account } from '../store';
import { isUnknown, text, type ValueMap } from '../values';
import { derived, invented, type Computed } from './computed';
import type { Scene } from './scene';
import { afterDelete, afterWrite } from './effects';
import { fill } from './fill';
import { identify, short, storageKey, type Making } from './identity';
import { refreshed, settled } from './settled';

/** A change of one object, as Terraform applies it. */
export interface Change {
  readonly type: string;
  readonly resource: Resource;
  readonly facts: Facts;
  /** Null to make an object. */
  readonly prior: ValueMap | null;
  /** Null to delete it. */
  readonly planned: ValueMap | null;
}

/** What became of a change. A refused one leaves the account as it was. */
export type Outcome = { readonly state: ValueMap | null } | { readonly refusal: Refusal };

const rules: Readonly<Record<string, readonly Rule[]>> = {
  ...computeRules,
  ...networkRules,
  ...storageRules,
  ...databaseRules,
  ...clusterRules,
};

/** Applies a change to an account, or refuses it as the API would. */
export function applyChange(account: Account, change: Change): readonly [Account, Outcome] {
  if (change.planned === null) return remove(account, change, change.prior ?? {});
  return change.prior === null ? make(account, change, change.planned) : edit(account, change, change.prior, change.planned);
}

function make(account: Account, change: Change, planned: ValueMap): readonly [Account, Outcome] {
  const refusal = refuse(rules, { ...request(account, change), next: planned, id: '' });
  if (refusal !== undefined) return [account, { refusal }];
  const [counted, making] = identify(account, change.type, planned);
  return write(counted, change, complete(change, { ...planned, id: making.id }, { account, facts: change.facts, making }), making.id);
}

function edit(account: Account, change: Change, prior: ValueMap, planned: ValueMap): readonly [Account, Outcome] {
  const id = text(prior, 'id');
  const refusal = refuse(rules, { ...request(account, change), next: planned, id });
  if (refusal !== undefined) return [account, { refusal }];
  const making: Making = {
    type: change.type,
    id,
    digest: (purpose) => identify(account, change.type, { ...planned, purpose })[1].digest(purpose),
  };
  return write(account, change, complete(change, planned, { account, facts: change.facts, making }), id);
}

function remove(account: Account, change: Change, prior: ValueMap): readonly [Account, Outcome] {
  const id = text(prior, 'id');
  const key = storageKey(change.type, id, prior);
  const present = objectOf(account, change.type, key);
  // Gone already is what was asked for. What is asked of a bucket with force_destroy stands in Terraform's state only.
  if (present === undefined) return [account, { state: null }];
  const next = { ...present, force_destroy: prior['force_destroy'] ?? null };
  const refusal = refuse(deletionRules, { ...request(account, change), next, id });
  if (refusal !== undefined) return [account, { refusal }];
  return [afterDelete(withoutObject(account, change.type, key), change.type, id, present), { state: null }];
}

function write(account: Account, change: Change, completed: ValueMap, id: string): readonly [Account, Outcome] {
  const state = settled(change.type, change.resource, completed);
  const written = withObject(account, change.type, storageKey(change.type, id, state), refreshed(change.resource, state));
  return [afterWrite(written, change.type, id, state), { state }];
}

function request(account: Account, { type, facts, prior }: Change): Omit<Request, 'next' | 'id'> {
  return { account, type, facts, prior };
}

function refuse(table: Readonly<Record<string, readonly Rule[]>>, asked: Request): Refusal | undefined {
  for (const rule of table[short(asked.type)] ?? []) {
    const refusal = rule(asked);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Fills in what the API computes: first what is made up for this type, then what follows from it, then the rest. */
function complete(change: Change, planned: ValueMap, scene: Scene): ValueMap {
  const kind = short(change.type);
  const own = withInvented(planned, invented[kind]?.(planned, scene) ?? {});
  const whole = { ...own, ...following(own, derived[kind], scene) };
  return fill(change.resource, whole, scene.making);
}

function following(values: ValueMap, computed: Computed | undefined, scene: Scene): ValueMap {
  return computed?.(values, scene) ?? {};
}

function withInvented(planned: ValueMap, values: ValueMap): ValueMap {
  const wanted = Object.entries(values).filter(([name]) => isUnknown(planned[name]));
  return { ...planned, ...Object.fromEntries(wanted) };
}

/** What an object is now; undefined where it is gone. */
export function readObject(account: Account, type: string, state: ValueMap): ValueMap | undefined {
  return objectOf(account, type, storageKey(type, text(state, 'id'), state));
}

/** What `terraform import` may name an object by: its id, or what the provider asks for, such as `cluster,name`. */
export function findObject(account: Account, type: string, given: string): ValueMap | undefined {
  const [owner, name] = given.split(',');
  const owned = (object: ValueMap): boolean =>
    name !== undefined && ownerOf(object) === owner && [text(object, 'id'), text(object, 'name')].includes(name);
  const ofCluster = (object: ValueMap): boolean => text(object, 'cluster_id') === given;
  const all = objectsOf(account, type);
  return all.find((object) => text(object, 'id') === given) ?? all.find(owned) ?? all.find(ofCluster);
}

function ownerOf(object: ValueMap): string {
  return ['cluster_id', 'domain', 'check_id', 'region'].map((name) => text(object, name)).find((value) => value !== '') ?? '';
}
