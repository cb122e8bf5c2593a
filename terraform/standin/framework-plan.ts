import type { Path, Planned, Proposal } from './plan';
import type { Attribute, Block, NestedAttributes } from './schema';
import { isComputed, nested } from './schema';
import { canonical, isList, isMap, unknown, type Value, type ValueMap } from './values';

/** What a plan is made from, with the configuration itself: what is not configured is the provider's to decide. */
export interface FrameworkProposal extends Pick<Proposal, 'resource' | 'prior' | 'proposed'> {
  readonly config: ValueMap;
}

/**
 * Plans as providers do that are written with terraform-plugin-framework: nothing configured is ever changed, and as soon
 * as anything differs, what the provider computes is unknown, except what it is known to keep.
 */
export function planFramework({ resource, prior, proposed, config }: FrameworkProposal): Planned {
  const wanted = defaultsOf(resource.attributes, proposed, config);
  if (prior !== null && canonical(wanted) === canonical(prior)) return { state: prior, replace: [], errors: [] };
  const state = computed(resource.attributes, wanted, config, prior);
  return { state: { ...wanted, ...state }, replace: prior === null ? [] : replaced(resource, prior, { ...wanted, ...state }), errors: [] };
}

function defaultsOf(attributes: Readonly<Record<string, Attribute>>, proposed: ValueMap, config: ValueMap): ValueMap {
  const filled = Object.entries(attributes).filter(
    ([name, { default: fallback }]) => fallback !== undefined && (config[name] ?? null) === null,
  );
  return { ...proposed, ...Object.fromEntries(filled.map(([name, { default: fallback }]) => [name, fallback ?? null])) };
}

function computed(attributes: Readonly<Record<string, Attribute>>, wanted: ValueMap, config: ValueMap, prior: ValueMap | null): ValueMap {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      attributeValue(attribute, wanted[name] ?? null, config[name] ?? null, prior?.[name] ?? null),
    ]),
  );
}

function attributeValue(attribute: Attribute, wanted: Value, config: Value, prior: Value): Value {
  if (attribute.writeOnly === true) return null;
  if (config !== null) return attribute.nested === undefined ? wanted : insideOf(attribute.nested, wanted);
  if (!isComputed(attribute) || attribute.default !== undefined) return wanted;
  return attribute.keeps === true && prior !== null ? prior : unknown;
}

/** Inside a configured object only what is missing is computed: what it was before, Terraform has put there already. */
function insideOf({ nesting, attributes }: NestedAttributes, value: Value): Value {
  const inside = (element: Value): Value => (isMap(element) ? elementOf(attributes, element) : element);
  if (isList(value)) return value.map(inside);
  if (!isMap(value)) return value;
  return nesting === 'single' ? inside(value) : Object.fromEntries(Object.entries(value).map(([key, element]) => [key, inside(element)]));
}

function elementOf(attributes: Readonly<Record<string, Attribute>>, element: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, elementValue(attribute, element[name] ?? null)]));
}

function elementValue(attribute: Attribute, value: Value): Value {
  if (value === null) return attribute.default ?? (isComputed(attribute) ? unknown : null);
  return attribute.nested === undefined ? value : insideOf(attribute.nested, value);
}

/** Attributes that differ and cannot change in place. */
function replaced(block: Block, prior: ValueMap, next: ValueMap): readonly Path[] {
  const attributes = Object.entries(block.attributes).filter(
    ([name, { forceNew }]) => forceNew === true && canonical(prior[name]) !== canonical(next[name]),
  );
  const blocks = nested(block).filter(([name, { forceNew }]) => forceNew === true && canonical(prior[name]) !== canonical(next[name]));
  return [...attributes, ...blocks].map(([name]) => [name]);
}
