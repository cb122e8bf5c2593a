import { readFileSync } from 'node:fs';
import { packageFile } from '../package-root';
import type { Value, ValueMap } from './values';

/** A Terraform type, as Terraform writes it in JSON. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>];

/** Required, optional, computed, or optional and computed. */
export type Mode = 'R' | 'O' | 'C' | 'OC';

/** What a value must be; each is a validator of the provider. */
export interface Check {
  readonly oneOf?: readonly (string | number)[];
  readonly ignoreCase?: boolean;
  readonly between?: readonly [number, number];
  readonly length?: readonly [number, number];
  readonly atLeast?: number;
  readonly notZero?: boolean;
  readonly notEmpty?: boolean;
  readonly format?: 'ipv4' | 'ipv6' | 'cidr' | 'tag' | 'json' | 'date' | 'lowercase-keys' | 'uint64' | 'int64' | 'keyspace-events';
}

/** What attributes and blocks have in common. */
export interface Field {
  readonly mode?: Mode;
  readonly forceNew?: boolean;
  readonly default?: string | number | boolean;
  readonly conflictsWith?: readonly string[];
  readonly requiredWith?: readonly string[];
  readonly deprecated?: string;
  readonly min?: number;
  readonly max?: number;
  readonly check?: Check;
  /** For each element of a list or set. */
  readonly elementCheck?: Check;
}

export interface Attribute extends Field {
  readonly type: Type;
  readonly mode: Mode;
  readonly sensitive?: boolean;
  /** Sent to the provider and never kept. */
  readonly writeOnly?: boolean;
  /** Computed once: an update leaves it alone. */
  readonly keeps?: boolean;
  /** Attributes inside it, in protocol 6; `type` then says the same without their modes. */
  readonly nested?: NestedAttributes;
}

export interface NestedAttributes {
  readonly nesting: 'single' | 'list' | 'set' | 'map';
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, NestedBlock>>;
  readonly deprecated?: string;
}

export interface NestedBlock extends Block, Field {
  readonly nesting: 'list' | 'set' | 'single';
}

export interface Resource extends Block {
  readonly version: number;
  /** Whether anything of it can change in place. */
  readonly updatable: boolean;
  readonly importable: boolean;
}

export interface ProviderData {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Resource>>;
}

let loaded: ProviderData | undefined;

/** What is known about provider 2.71.0, read once from `data/provider-2.71.0.json`. */
export function providerData(): ProviderData {
  loaded ??= JSON.parse(readFileSync(packageFile('terraform', 'standin', 'data', 'provider-2.71.0.json'), 'utf8')) as ProviderData;
  return loaded;
}

/** The resource type with this name, e.g. `digitalocean_droplet`; undefined where the provider has none. */
export function resourceOf(type: string): Resource | undefined {
  return providerData().resources[type];
}

export function isComputed(field: Field): boolean {
  return field.mode === 'C' || field.mode === 'OC';
}

/** The nested blocks of a block, by name. */
export function nested(block: Block): readonly (readonly [string, NestedBlock])[] {
  return Object.entries(block.blocks ?? {});
}

/** Brings a value from a state file to the shape of its schema: what is missing becomes null, what is strange goes. */
export function conform(block: Block, value: ValueMap): ValueMap {
  const attributes = Object.keys(block.attributes).map((name) => [name, value[name] ?? null] as const);
  const inner = nested(block).map(([name, child]) => [name, conformBlocks(child, value[name])] as const);
  return Object.fromEntries([...attributes, ...inner]);
}

function conformBlocks(block: NestedBlock, value: Value | undefined): Value {
  if (block.nesting === 'single') return value ?? null;
  return Array.isArray(value) ? (value as readonly ValueMap[]).map((element) => conform(block, element)) : [];
}
