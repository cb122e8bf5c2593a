import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFile } from '../package-root';
import { behaviourOf, type Behaviour } from './behaviour';
import type { Attribute, Block, Mode, NestedAttributes, NestedBlock, ProviderData, Resource, Type } from './schema';
import { providerData } from './schema';
import { served, type ServedName } from './served';

// Schemas as `terraform providers schema -json` prints them, without descriptions and data sources.
interface SchemaDocument {
  readonly provider: { readonly block: DocumentBlock };
  readonly resources: Readonly<Record<string, { readonly version: number; readonly block: DocumentBlock }>>;
}

interface DocumentBlock {
  readonly attributes?: Readonly<Record<string, DocumentAttribute>>;
  readonly block_types?: Readonly<Record<string, DocumentNested>>;
  readonly deprecated?: boolean;
}

interface DocumentNested {
  readonly nesting_mode: NestedBlock['nesting'];
  readonly block: DocumentBlock;
  readonly min_items?: number;
  readonly max_items?: number;
}

interface DocumentAttribute {
  readonly type?: Type;
  readonly nested_type?: {
    readonly nesting_mode: NestedAttributes['nesting'];
    readonly attributes?: Readonly<Record<string, DocumentAttribute>>;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

/** What is known about one resource type at one place in it. */
interface Known {
  readonly replaces: ReadonlySet<string>;
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  readonly keeps: ReadonlySet<string>;
  readonly fills: ReadonlySet<string>;
}

/** A schema tells that something is deprecated, not why. */
const DEPRECATED = 'deprecated by the provider';

const loaded = new Map<ServedName, ProviderData>();

/** The resource types of a provider, read once: DigitalOcean's from what its provider was asked, the others' from their schemas. */
export function dataOf(name: ServedName): ProviderData {
  const present = loaded.get(name);
  if (present !== undefined) return present;
  const data = name === 'digitalocean' ? providerData() : read(name);
  loaded.set(name, data);
  return data;
}

function read(name: ServedName): ProviderData {
  const file = packageFile('terraform', 'standin', 'data', `${name}-${served(name).version}.json.gz`);
  return fromDocument(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as SchemaDocument, behaviourOf(name));
}

/** Schemas in the form that plans are made from. */
export function fromDocument(document: SchemaDocument, behaviour: Behaviour): ProviderData {
  const nothing: Known = { replaces: new Set(), defaults: {}, keeps: new Set(), fills: new Set() };
  const resources = Object.entries(document.resources).map(
    ([type, { version, block }]) => [type, resourceFrom(version, block, knownOf(behaviour, type))] as const,
  );
  return { provider: blockFrom(document.provider.block, nothing, ''), resources: Object.fromEntries(resources) };
}

function knownOf({ replaces, defaults, keeps = {}, fills = {} }: Behaviour, type: string): Known {
  return {
    replaces: new Set([...(replaces['*'] ?? []), ...(replaces[type] ?? [])]),
    defaults: { ...defaults['*'], ...defaults[type] },
    keeps: new Set(['id', ...(keeps['*'] ?? []), ...(keeps[type] ?? [])]),
    fills: new Set(fills[type] ?? []),
  };
}

function resourceFrom(version: number, block: DocumentBlock, known: Known): Resource {
  return { version, updatable: true, importable: true, ...blockFrom(block, known, '') };
}

function blockFrom(block: DocumentBlock, known: Known, prefix: string): Block {
  const blocks = Object.entries(block.block_types ?? {}).map(([name, child]) => [name, nestedFrom(child, known, prefix + name)] as const);
  const outdated = block.deprecated === true ? { deprecated: DEPRECATED } : {};
  return { attributes: attributesFrom(block.attributes ?? {}, known, prefix), blocks: Object.fromEntries(blocks), ...outdated };
}

function nestedFrom(
  { nesting_mode: nesting, block, min_items: min, max_items: max }: DocumentNested,
  known: Known,
  key: string,
): NestedBlock {
  return {
    nesting,
    ...blockFrom(block, known, `${key}.`),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(known.replaces.has(key) ? { forceNew: true } : {}),
    ...(known.fills.has(key) ? { mode: 'OC' as const } : {}),
  };
}

function attributesFrom(attributes: Readonly<Record<string, DocumentAttribute>>, known: Known, prefix: string): Record<string, Attribute> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attributeFrom(attribute, known, prefix + name)]));
}

function attributeFrom(attribute: DocumentAttribute, known: Known, key: string): Attribute {
  const nested =
    attribute.nested_type === undefined
      ? undefined
      : {
          nesting: attribute.nested_type.nesting_mode,
          attributes: attributesFrom(attribute.nested_type.attributes ?? {}, known, `${key}.`),
        };
  const fallback = known.defaults[key];
  return {
    type: nested === undefined ? (attribute.type ?? 'dynamic') : typeOf(nested),
    mode: modeOf(attribute),
    ...(nested === undefined ? {} : { nested }),
    ...(attribute.deprecated === true ? { deprecated: DEPRECATED } : {}),
    ...(attribute.sensitive === true ? { sensitive: true } : {}),
    ...(attribute.write_only === true ? { writeOnly: true } : {}),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(known.replaces.has(key) ? { forceNew: true } : {}),
    ...(known.keeps.has(key) ? { keeps: true } : {}),
  };
}

function modeOf({ required, optional, computed }: DocumentAttribute): Mode {
  if (required === true) return 'R';
  if (optional !== true) return 'C';
  return computed === true ? 'OC' : 'O';
}

/** The type of a nested attribute's value. */
function typeOf({ nesting, attributes }: NestedAttributes): Type {
  const element: Type = ['object', Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type]))];
  return nesting === 'single' ? element : [nesting, element];
}
