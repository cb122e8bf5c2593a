import { addressBook, gatherReferences, keyText, sortedSet, textsIn } from './addresses';
import type { AddressBook } from './addresses';
import { componentOf, recordedTierAddress } from './component';
import { notTerraformJson } from './errors';
import { codesIn, traversals } from './expressions';
import type { Traversal } from './expressions';
import { resourceGraph } from './graph';
import { instancesOf } from './instances';
import type { Instance } from './instances';
import { bodies, isObject, textAt, textsAt } from './json';
import { memberAt, resolve } from './resolve';
import type { Lookup } from './resolve';
import type { CdkTfJson, JsonObject, JsonValue, Lifecycle, OpaqueModule, ResourceGraph, ResourceNode } from './types';

/** What a configuration is read with. */
export interface SynthesisOptions {
  /** Values given to variables. @default - the defaults in the configuration; a variable without one is unknown */
  readonly variables?: JsonObject;
}

/** Arguments that Terraform takes itself and does not pass to the provider. `//` is a comment, where cdktf keeps its metadata. */
const metaArguments: ReadonlySet<string> = new Set([
  '//',
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
]);

interface Declared extends Instance {
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
  readonly address: string;
}

/**
 * Reads a configuration in Terraform's JSON syntax, such as a `cdk.tf.json`. Literal `count` and `for_each` are unrolled;
 * references to literals are replaced by them; everything that only Terraform can compute is listed as unknown.
 * @throws TerraceError `graph-wrong-document`, `graph-duplicate-address`
 */
export function graphFromSynthesis(json: CdkTfJson, options: SynthesisOptions = {}): ResourceGraph {
  assertConfiguration(json);
  const scope = scopeOf(json, options.variables ?? {});
  const declared = declaredResources(json, scope);
  const book = addressBook(declared.map((resource) => resource.address));
  const lookup = resourceLookup(declared, scope);
  const ours = declared.some((resource) => resource.address === recordedTierAddress);
  const nodes = declared.map((resource) => toNode(resource, book, lookup, ours));
  return resourceGraph(nodes, { providers: providersOf(json, scope), opaque: modulesOf(json) });
}

function assertConfiguration(json: unknown): void {
  const isConfiguration = isObject(json) && !('planned_values' in json) && !('format_version' in json);
  if (!isConfiguration)
    throw notTerraformJson('a configuration in JSON syntax', 'Give a cdk.tf.json, or read a plan or a state as what it is.');
}

/** Variables and locals, which mean the same in every resource. */
function scopeOf(json: JsonObject, given: JsonObject): Lookup {
  const variables = named(json['variable']);
  const locals: JsonObject = Object.assign({}, ...bodies(json['locals']));
  const depth = { value: 0 };
  // Many resources read the same one, which may be as long as a release.
  const values = new Map<string, JsonValue | undefined>();
  const valueOfLocal = (name: string): JsonValue | undefined => {
    if (values.has(name)) return values.get(name);
    depth.value += 1;
    const value = known(locals[name], lookup);
    depth.value -= 1;
    values.set(name, value);
    return value;
  };
  const lookup: Lookup = (reference) => {
    if (reference.head === 'var') return memberAt(given[reference.name] ?? variables.get(reference.name)?.['default'], reference.path);
    if (reference.head !== 'local' || depth.value > 50) return undefined;
    return memberAt(valueOfLocal(reference.name), reference.path);
  };
  return lookup;
}

/** A value with everything resolved, or undefined where a part of it is not known. */
function known(value: JsonValue | undefined, lookup: Lookup): JsonValue | undefined {
  if (value === undefined) return undefined;
  const resolved = resolve(value, lookup);
  return resolved.unknown.length === 0 ? resolved.value : undefined;
}

/** `{ name: body }`, which may also be a list of such objects. */
function named(value: JsonValue | undefined): ReadonlyMap<string, JsonObject> {
  return new Map(
    bodies(value).flatMap((group) => Object.entries(group).flatMap(([name, body]) => bodies(body).map((one) => [name, one] as const))),
  );
}

function declaredResources(json: JsonObject, scope: Lookup): readonly Declared[] {
  return bodies(json['resource']).flatMap((types) =>
    Object.entries(types).flatMap(([type, group]) => [...named(group)].flatMap(([name, body]) => declare(type, name, body, scope))),
  );
}

function declare(type: string, name: string, body: JsonObject, scope: Lookup): readonly Declared[] {
  return instancesOf(body, scope).map((instance) => {
    const key = instance.key === undefined ? '' : keyText(instance.key);
    return { ...instance, type, name, body, address: `${type}.${name}${key}` };
  });
}

/** What a reference to another resource's argument stands for. Only arguments that the configuration states are known. */
function resourceLookup(declared: readonly Declared[], scope: Lookup): Lookup {
  const byAddress = new Map(declared.map((resource) => [resource.address, resource]));
  const open = new Set<string>();
  const lookup: Lookup = (reference) => {
    const target = byAddress.get(`${reference.head}.${reference.name}${reference.key ?? ''}`);
    const [attribute, ...path] = reference.path;
    const guard = `${target?.address}.${attribute}`;
    if (target === undefined || attribute === undefined || metaArguments.has(attribute) || open.has(guard)) return scope(reference);
    open.add(guard);
    const value = known(target.body[attribute], instanceLookup(target, lookup));
    open.delete(guard);
    return memberAt(value, path);
  };
  return lookup;
}

/** The same within one instance, where `count.index`, `each` and `self` have a meaning. */
function instanceLookup(instance: Instance, outer: Lookup): Lookup {
  return (reference) => {
    if (reference.head === 'count' && reference.name === 'index') return typeof instance.key === 'number' ? instance.key : undefined;
    if (reference.head !== 'each') return outer(reference);
    return reference.name === 'key' ? instance.key : memberAt(instance.value, reference.path);
  };
}

function toNode(resource: Declared, book: AddressBook, lookup: Lookup, ours: boolean): ResourceNode {
  const arguments_ = Object.entries(resource.body).filter(([name]) => !metaArguments.has(name));
  const resolved = resolve(Object.fromEntries(arguments_), instanceLookup(resource, lookup));
  const lifecycle = lifecycleOf(resource.body);
  return {
    address: resource.address,
    type: resource.type,
    name: resource.name,
    provider: textAt(resource.body, 'provider') ?? localProvider(resource.type),
    values: isObject(resolved.value) ? resolved.value : {},
    ...gatherReferences(referencesByArgument(arguments_, book), explicitReferences(resource.body, book), resource.address),
    component: componentOf(resource, ours),
    configured: sortedSet(arguments_.map(([name]) => name)),
    unknown: sortedSet([...resolved.unknown, ...resource.unknown]),
    ...(lifecycle === undefined ? {} : { lifecycle }),
  };
}

/** Terraform's own resources belong to the provider `terraform`; all others are named after theirs. */
function localProvider(type: string): string {
  return type.split('_', 1)[0] ?? type;
}

function referencesByArgument(arguments_: readonly [string, JsonValue][], book: AddressBook): ReadonlyMap<string, readonly string[]> {
  return new Map(
    arguments_.map(([name, value]) => [
      name,
      textsIn(value)
        .flatMap(codesIn)
        .flatMap(traversals)
        .flatMap((one) => addressesOf(one, book)),
    ]),
  );
}

function explicitReferences(body: JsonObject, book: AddressBook): readonly string[] {
  return [...textsAt(body, 'depends_on'), ...textsIn(body['for_each']).flatMap(codesIn), ...textsIn(body['count']).flatMap(codesIn)]
    .flatMap(traversals)
    .flatMap((one) => addressesOf(one, book));
}

function addressesOf(reference: Traversal, book: AddressBook): readonly string[] {
  return book.find(`${reference.head}.${reference.name}`, reference.key);
}

function lifecycleOf(body: JsonObject): Lifecycle | undefined {
  const [lifecycle] = bodies(body['lifecycle']);
  if (lifecycle === undefined) return undefined;
  const ignored = lifecycle['ignore_changes'];
  return {
    preventDestroy: lifecycle['prevent_destroy'] === true,
    ignoreChanges: ignored === 'all' ? ['all'] : textsAt(lifecycle, 'ignore_changes'),
  };
}

function providersOf(json: JsonObject, scope: Lookup): Readonly<Record<string, JsonObject>> {
  const configurations = bodies(json['provider']).flatMap((group) =>
    Object.entries(group).flatMap(([name, body]) => bodies(body).map((one) => ({ name, body: one }))),
  );
  return Object.fromEntries(configurations.map(({ name, body }) => [aliased(name, textAt(body, 'alias')), constants(body, scope)]));
}

function aliased(name: string, alias: string | undefined): string {
  return alias === undefined ? name : `${name}.${alias}`;
}

/** The settings that are known; a token never is. */
function constants(body: JsonObject, scope: Lookup): JsonObject {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const constant = name === 'alias' ? undefined : known(value, scope);
      return constant === undefined ? [] : [[name, constant]];
    }),
  );
}

function modulesOf(json: JsonObject): readonly OpaqueModule[] {
  return [...named(json['module']).keys()].map((name) => ({
    address: `module.${name}`,
    reason: 'a configuration does not hold the resources of its modules; read a plan instead',
  }));
}
