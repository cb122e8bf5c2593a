import { createHash } from 'node:crypto';
import { conflict, notFound, type Refusal } from '../api/refusal';
import type { Resource } from '../schema';
import { objectOf, withObject, withoutObject, type Account } from '../store';
import { blocks, canonical, isUnknown, text, type ValueMap } from '../values';
import { fill } from './fill';
import { plainValues } from './plain-values';
import type { Making } from './identity';

// Objects of providers that are served from their schemas: Kubernetes, Helm, Google and the like. What their APIs refuse is
// known only where a wrong order of creation or deletion would show.

/** A change of one such object. */
export interface PlainChange {
  readonly type: string;
  readonly resource: Resource;
  /** Which cluster, project or account the provider was configured for; objects of two clusters may have the same name. */
  readonly scope: string;
  /** Null to make an object. */
  readonly prior: ValueMap | null;
  /** Null to delete it. */
  readonly planned: ValueMap | null;
}

type Outcome = { readonly state: ValueMap | null } | { readonly refusal: Refusal };

/** Applies a change to an account, or refuses it. */
export function applyPlain(account: Account, change: PlainChange): readonly [Account, Outcome] {
  const { planned, prior } = change;
  if (planned === null) return [without(account, change, prior ?? {}), { state: null }];
  if (prior !== null) return write(account, change, planned, makingOf(change, planned, 0, text(prior, 'id')));
  const refusal = refused(account, change, planned);
  if (refusal !== undefined) return [account, { refusal }];
  const name = `${change.type}/${change.scope}/${keyOf(change.type, planned) || sha1(canonical(planned)).slice(0, 8)}`;
  const count = (account.made[name] ?? 0) + 1;
  return write({ ...account, made: { ...account.made, [name]: count } }, change, planned, makingOf(change, planned, count));
}

/** What an object is now; undefined where it is gone. */
export function readPlain(account: Account, { type, scope }: Pick<PlainChange, 'type' | 'scope'>, state: ValueMap): ValueMap | undefined {
  // A random value is nowhere but in Terraform's state.
  return type.startsWith('random_') ? state : objectOf(account, type, storageKey(scope, type, state));
}

/** What `terraform import` finds under an id. */
export function findPlain(account: Account, { type, scope }: Pick<PlainChange, 'type' | 'scope'>, id: string): ValueMap | undefined {
  return Object.entries(account.objects[type] ?? {}).find(([key, object]) => key.startsWith(`${scope}|`) && text(object, 'id') === id)?.[1];
}

function write(account: Account, change: PlainChange, planned: ValueMap, making: Making): readonly [Account, Outcome] {
  const own = isUnknown(planned['id']) || planned['id'] === null ? { id: making.id } : {};
  const state = fill(
    change.resource,
    plainValues(change.type, { ...planned, ...('id' in change.resource.attributes ? own : {}) }, making),
    making,
  );
  if (change.type.startsWith('random_')) return [account, { state }];
  return [withObject(madeNamespace(account, change, state), change.type, storageKey(change.scope, change.type, state), state), { state }];
}

function makingOf({ type, scope }: PlainChange, planned: ValueMap, count: number, id?: string): Making {
  const digest = (purpose: string): string => sha1(`${type}/${scope}/${keyOf(type, planned) || canonical(planned)}#${count}/${purpose}`);
  return { type, digest, id: id ?? idOf(type, planned, digest('id')) };
}

/** Where an object stands among those of its type: by namespace and name in a cluster, by its id elsewhere. */
function storageKey(scope: string, type: string, state: ValueMap): string {
  return `${scope}|${inCluster(type) && keyOf(type, state) !== '' ? keyOf(type, state) : text(state, 'id')}`;
}

/** What a person calls an object: namespace and name, or the name. */
function keyOf(type: string, values: ValueMap): string {
  const metadata = type === 'helm_release' ? values : blocks(values, 'metadata')[0];
  const [namespace, name] = [text(metadata, 'namespace'), text(inCluster(type) ? metadata : values, 'name')];
  return namespace === '' ? name : `${namespace}/${name}`;
}

function idOf(type: string, planned: ValueMap, digest: string): string {
  if (type === 'helm_release') return text(planned, 'name');
  if (inCluster(type)) return keyOf(type, planned);
  if (type.startsWith('google_')) return googleId(type, planned, digest);
  return type.startsWith('random_') ? 'none' : digest.slice(0, 32);
}

/** Like `projects/p/locations/l/clusters/name`; the last but one part is made from the type, and what has no name gets one. */
function googleId(type: string, planned: ValueMap, digest: string): string {
  const place = ['location', 'region', 'zone'].map((name) => text(planned, name)).find((value) => value !== '') ?? 'global';
  return `projects/${text(planned, 'project')}/locations/${place}/${type.split('_').at(-1)}s/${text(planned, 'name') || text(planned, 'account_id') || digest.slice(0, 16)}`;
}

function inCluster(type: string): boolean {
  return type.startsWith('kubernetes_') || type === 'helm_release';
}

const NAMESPACE = 'kubernetes_namespace_v1';
/** Namespaces that every cluster has. */
const ALWAYS_THERE = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

function refused(account: Account, { type, scope }: PlainChange, planned: ValueMap): Refusal | undefined {
  if (!inCluster(type)) return undefined;
  const namespace = namespaceOf(type, planned);
  if (namespace !== '' && planned['create_namespace'] !== true && !hasNamespace(account, scope, namespace))
    return notFound(`namespaces "${namespace}" not found`);
  if (objectOf(account, type, storageKey(scope, type, planned)) === undefined || keyOf(type, planned) === '') return undefined;
  return conflict(
    type === 'helm_release' ? 'cannot re-use a name that is still in use' : `${kindOf(type)} "${keyOf(type, planned)}" already exists`,
  );
}

function kindOf(type: string): string {
  return `${type.replace(/^kubernetes_|_v\d+$/g, '').replaceAll('_', '')}s`;
}

function namespaceOf(type: string, values: ValueMap): string {
  return text(type === 'helm_release' ? values : blocks(values, 'metadata')[0], 'namespace');
}

function hasNamespace(account: Account, scope: string, namespace: string): boolean {
  return ALWAYS_THERE.has(namespace) || objectOf(account, NAMESPACE, `${scope}|${namespace}`) !== undefined;
}

/** Helm makes the namespace of a release when it is asked to, and leaves it behind. */
function madeNamespace(account: Account, { type, scope }: PlainChange, state: ValueMap): Account {
  const namespace = namespaceOf(type, state);
  if (state['create_namespace'] !== true || hasNamespace(account, scope, namespace)) return account;
  return withObject(account, NAMESPACE, `${scope}|${namespace}`, { id: namespace, metadata: [{ name: namespace }] });
}

/** A namespace takes everything in it along. */
function without(account: Account, { type, scope }: PlainChange, prior: ValueMap): Account {
  const rest = withoutObject(account, type, storageKey(scope, type, prior));
  return type === NAMESPACE ? emptied(rest, scope, keyOf(type, prior)) : rest;
}

function emptied(account: Account, scope: string, namespace: string): Account {
  const kept = Object.entries(account.objects).map(([type, objects]) => {
    const outside = Object.entries(objects).filter(
      ([key, object]) => !(inCluster(type) && key.startsWith(`${scope}|`) && namespaceOf(type, object) === namespace),
    );
    return [type, Object.fromEntries(outside)] as const;
  });
  return { ...account, objects: Object.fromEntries(kept) };
}

function sha1(given: string): string {
  return createHash('sha1').update(given).digest('hex');
}
