import type { Attribute, Block, NestedAttributes, NestedBlock, Type } from '../schema';
import { isComputed, nested } from '../schema';
import { isKnown, isList, isMap, isUnknown, unknown, type Value, type ValueMap } from '../values';
import { short, uuid, type Making } from './identity';

/** When every object was made: a fixed time, so that two runs give the same state. */
const MADE_AT = '2026-01-01T00:00:00Z';

/** How URNs name a type; others use their short name. Source: godo 1.168, ToURN. */
const URN_KINDS: Readonly<Record<string, string>> = {
  database_cluster: 'dbaas',
  reserved_ip: 'reservedip',
  floating_ip: 'floatingip',
  kubernetes_cluster: 'kubernetes',
  spaces_bucket: 'space',
};

/** Fills what is still unknown after the type's own values with something plausible. */
export function fill(block: Block, values: ValueMap, making: Making): ValueMap {
  const attributes = Object.entries(block.attributes).map(
    ([name, attribute]) => [name, fillAttribute(name, attribute, values[name] ?? null, making)] as const,
  );
  const inner = nested(block).map(([name, child]) => [name, fillBlock(child, values[name] ?? null, making)] as const);
  return Object.fromEntries([...attributes, ...inner]);
}

function fillAttribute(name: string, attribute: Attribute, value: Value, making: Making): Value {
  if (isUnknown(value))
    return attribute.nested?.nesting === 'single' ? inventNested(attribute.nested, making) : invent(name, attribute.type, making);
  if (attribute.nested !== undefined) return fillNested(attribute.nested, value, making);
  return isList(value) && !isKnown(value) ? value.filter(isKnown) : value;
}

/** Only what the provider computes: Terraform would take the rest for something that was configured, and is no more. */
function inventNested({ attributes }: NestedAttributes, making: Making): Value {
  return fill(
    { attributes },
    Object.fromEntries(Object.entries(attributes).map(([name, inner]) => [name, isComputed(inner) ? unknown : null])),
    making,
  );
}

function fillNested({ nesting, attributes }: NestedAttributes, value: Value, making: Making): Value {
  const inside = (element: Value): Value => (isMap(element) ? fill({ attributes }, element, making) : element);
  if (isList(value)) return value.map(inside);
  if (!isMap(value)) return value;
  return nesting === 'single' ? inside(value) : Object.fromEntries(Object.entries(value).map(([key, element]) => [key, inside(element)]));
}

function fillBlock(block: NestedBlock, value: Value, making: Making): Value {
  if (isUnknown(value)) return [];
  if (isMap(value)) return fill(block, value, making);
  return isList(value) ? value.map((element) => (isMap(element) ? fill(block, element, making) : element)) : value;
}

function invent(name: string, type: Type, making: Making): Value {
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type === 'dynamic') return null;
  if (type === 'string') return inventText(name, making);
  if (type[0] === 'object') return Object.fromEntries(Object.entries(type[1]).map(([inner, own]) => [inner, invent(inner, own, making)]));
  return type[0] === 'map' ? {} : [];
}

function inventText(name: string, making: Making): string {
  if (name === 'urn') return `do:${URN_KINDS[short(making.type)] ?? short(making.type).replace('_', '')}:${making.id}`;
  if (name.endsWith('_at')) return MADE_AT;
  if (name === 'uuid') return uuid(making.digest('uuid'));
  return name === 'status' ? 'active' : '';
}
