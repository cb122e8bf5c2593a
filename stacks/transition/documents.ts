import type { JsonObject, JsonValue } from '../../analysis/graph';
import { isRecord } from '../../values/record';

/** Resources of a configuration by address, in its order. */
export type Bodies = ReadonlyMap<string, JsonObject>;

/** The resources of a `cdk.tf.json`. */
export function bodiesOf(document: JsonObject): Bodies {
  const entries = Object.entries(record(document['resource'])).flatMap(([type, named]) =>
    Object.entries(record(named)).map(([name, body]) => [`${type}.${name}`, record(body)] as const),
  );
  return new Map(entries);
}

/** Resources as they stand in a `cdk.tf.json`, in order of type and name. */
export function resourceBlock(bodies: Bodies): JsonObject {
  const block: Record<string, Record<string, JsonObject>> = {};
  const types = [...new Set([...bodies.keys()].map(typeOf))].sort();
  for (const type of types) block[type] = {};
  for (const [address, body] of [...bodies].sort(byKey)) (block[typeOf(address)] ??= {})[nameOf(address)] = body;
  return block;
}

/** `digitalocean_droplet` of `digitalocean_droplet.app_g1_1`. */
export function typeOf(address: string): string {
  return address.slice(0, address.indexOf('.'));
}

/** `app_g1_1` of `digitalocean_droplet.app_g1_1`. */
export function nameOf(address: string): string {
  return address.slice(address.indexOf('.') + 1);
}

/** An object of the document; an empty one where there is none. */
export function record(value: JsonValue | undefined): JsonObject {
  return isRecord(value) ? (value as JsonObject) : {};
}

/** Whether two values are the same, in whatever order their members stand. */
export function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return canonical(one) === canonical(other);
}

/** A value as a text that is equal for equal values. */
export function canonical(value: JsonValue | undefined): string {
  return (
    JSON.stringify(value, (key, each: unknown) =>
      key === '//' ? undefined : isRecord(each) ? Object.fromEntries(Object.entries(each).sort(byKey)) : each,
    ) ?? ''
  );
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
