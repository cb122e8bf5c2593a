import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';

/** A value that Terraform knows only after apply. */
export class Unknown {
  // A member, so that the compiler tells it from other objects.
  private readonly known = false;
  private constructor() {}
  toJSON(): string {
    return this.known ? '' : '(known after apply)';
  }
  static readonly value = new Unknown();
}

/** The one unknown value: what an unknown list or object has in it is unknown as well. */
export const unknown: Unknown = Unknown.value;

/** A Terraform value: attributes of a block are an object, elements of lists and sets an array. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueMap;

/** Attributes by name. */
export interface ValueMap {
  readonly [name: string]: Value;
}

/** A DynamicValue of the plugin protocol: one of the two encodings is filled. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

// Terraform writes an unknown value as extension 0, and one of which it knows something (not null, a prefix) as 12.
const extensions = new ExtensionCodec();
extensions.register({ type: 0, encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null), decode: () => unknown });
extensions.register({ type: 12, encode: () => null, decode: () => unknown });

/** Encodes a value for Terraform. */
export function toDynamic(value: Value): DynamicValue {
  return { msgpack: encode(value, { extensionCodec: extensions }) };
}

/** Decodes a value from Terraform; one that was left out is null. */
export function fromDynamic(dynamic: DynamicValue | null | undefined): Value {
  if (dynamic?.msgpack !== undefined && dynamic.msgpack.length > 0) return decode(dynamic.msgpack, { extensionCodec: extensions }) as Value;
  if (dynamic?.json !== undefined && dynamic.json.length > 0) return JSON.parse(Buffer.from(dynamic.json).toString('utf8')) as Value;
  return null;
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object or a map, and known. */
export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** Whether nothing in a value is unknown. */
export function isKnown(value: Value): boolean {
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isKnown);
  return isMap(value) ? Object.values(value).every(isKnown) : true;
}

/** A text that is equal for equal values, whatever the order of an object's attributes; nulls do not count. */
export function canonical(value: Value | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (isUnknown(value)) return '?';
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (isMap(value)) return `{${canonicalEntries(value).join(',')}}`;
  return JSON.stringify(value);
}

function canonicalEntries(map: ValueMap): string[] {
  return Object.keys(map)
    .sort()
    .filter((name) => map[name] !== null && map[name] !== undefined)
    .map((name) => `${JSON.stringify(name)}:${canonical(map[name])}`);
}

/** A string attribute, or the empty string where it is absent, null or unknown. */
export function text(map: ValueMap | null | undefined, name: string): string {
  const value = map?.[name];
  return typeof value === 'string' ? value : '';
}

/** A number attribute, or 0 where it is absent, null or unknown. */
export function number(map: ValueMap | null | undefined, name: string): number {
  const value = map?.[name];
  return typeof value === 'number' ? value : 0;
}

/** A list or set attribute, or nothing where it is absent, null or unknown. */
export function list(map: ValueMap | null | undefined, name: string): readonly Value[] {
  const value = map?.[name];
  return isList(value) ? value : [];
}

/** The nested blocks under a name, whatever is unknown left out. */
export function blocks(map: ValueMap | null | undefined, name: string): readonly ValueMap[] {
  return list(map, name).filter(isMap);
}
