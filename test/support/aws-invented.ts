import { isList, isMap, isUnknown, type Value, type ValueMap } from '../../terraform/standin/values';

/** A type as Terraform writes it: `"string"`, `["list", "string"]`, `["object", {...}]`. */
export type Type = string | readonly [string, Type | Readonly<Record<string, Type>>];

/** A block as the plugin protocol tells of it. */
export interface Block {
  readonly attributes?: readonly { readonly name: string; readonly type: Uint8Array; readonly optional?: boolean }[];
  readonly block_types?: readonly { readonly type_name: string; readonly block: Block; readonly nesting: string }[];
}

/** What could have been said and was not: a made-up word could be one that the provider refuses. */
const unsaid = 'string that nobody gave';

/** The type of what a block holds. */
export function typeOf({ attributes = [], block_types = [] }: Block): Type {
  const own = attributes.map(({ name, type, optional = false }) => {
    const read = JSON.parse(Buffer.from(type).toString('utf8')) as Type;
    return [name, optional && read === 'string' && !/^id$|arn$/.test(name) ? unsaid : read] as const;
  });
  const nested = block_types.map(({ type_name, block, nesting }) => [type_name, nestedType(typeOf(block), nesting)] as const);
  return ['object', Object.fromEntries([...own, ...nested])];
}

function nestedType(inner: Type, nesting: string): Type {
  return nesting === 'SINGLE' || nesting === 'GROUP' ? inner : [nesting.toLowerCase(), inner];
}

/** Ids whose beginning the provider checks where they are used. */
const prefixes: Readonly<Record<string, string>> = { aws_launch_template: 'lt-' };

/** Words that the provider checks where they are used. */
const words: Readonly<Record<string, string>> = { resource_record_type: 'CNAME', hosted_zone_id: 'Z0MADEUP', zone_id: 'Z0MADEUP' };

/** Makes up what only a cloud could say: every object has a number of its own. */
export class Inventor {
  private count = 0;

  /** What is planned of an object of this type, with nothing unknown left in it. */
  settled(type: string, planned: Value, of: Type): Value {
    this.count += 1;
    return known(planned, of, '', `${prefixes[type] ?? `${type}-`}${this.count}`);
  }
}

function known(value: Value, type: Type, name: string, object: string): Value {
  if (isUnknown(value)) return invented(type, name, object);
  const [kind, inner] = typeof type === 'string' ? [type, undefined] : type;
  if (isList(value)) return value.map((each) => known(each, inner as Type, name, object));
  if (!isMap(value)) return value;
  const typeIn = (key: string): Type => (kind === 'object' ? ((inner as Record<string, Type>)[key] ?? '') : (inner as Type));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, known(each, typeIn(key), key, object)]));
}

/** Lists of objects have one, because configurations read `[0]` of them. */
function invented(type: Type, name: string, object: string): Value {
  if (type === 'bool') return false;
  if (type === 'number') return 0;
  if (type === unsaid) return '';
  if (typeof type === 'string') return word(name, object);
  const [kind, inner] = type;
  if (kind === 'map') return {};
  if (kind === 'object')
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, invented(each as Type, key, object)])) as ValueMap;
  return typeof inner === 'string' ? [] : [invented(inner as Type, name, object)];
}

function word(name: string, object: string): string {
  if (name.endsWith('arn')) return `arn:aws:made-up:us-east-1:123456789012:${object}`;
  return name === 'id' ? object : (words[name] ?? `${object}-${name}`);
}
