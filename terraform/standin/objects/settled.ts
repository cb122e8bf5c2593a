import type { Resource } from '../schema';
import type { ValueMap } from '../values';
import { withZeros, zeroOf } from '../zeros';
import { short } from './identity';

// What a state holds after the provider has read an object back, where nothing was given. Compared with provider 2.71.0
// applying to an emulated API.

/** Read back as empty, not as absent. */
const EMPTY_WHEN_ABSENT: Readonly<Record<string, readonly string[]>> = {
  cdn: ['custom_domain'],
  loadbalancer: ['droplet_tag'],
  project: ['description'],
  record: ['flags', 'port', 'priority', 'tag', 'weight'],
  uptime_alert: ['comparison', 'threshold'],
  vpc: ['description'],
};

/** Blocks that every object has, whether they were asked for or not. */
const ALWAYS_THERE: Readonly<Record<string, ValueMap>> = { spaces_bucket: { versioning: [{ enabled: false }] } };

/** The state that an apply returns. */
export function settled(type: string, resource: Resource, state: ValueMap): ValueMap {
  const absent = (EMPTY_WHEN_ABSENT[short(type)] ?? []).filter((name) => state[name] === null);
  const empty = absent.map((name) => [name, zeroOf(resource.attributes[name]?.type ?? 'string')] as const);
  const blocks = Object.entries(ALWAYS_THERE[short(type)] ?? {}).filter(([name]) => Array.isArray(state[name]) && state[name].length === 0);
  return { ...state, ...Object.fromEntries([...empty, ...blocks]) };
}

/** The state that a refresh then finds: the SDK keeps absent sets through an apply, and only a refresh makes them empty. */
export function refreshed(resource: Resource, state: ValueMap): ValueMap {
  const read = withZeros(resource, state);
  return 'tags' in resource.attributes ? { ...read, tags: read['tags'] ?? [] } : read;
}
