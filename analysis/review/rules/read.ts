import type { JsonValue, ResourceNode } from '../../graph/types';
import { isList, isObject } from '../../graph/json';

/**
 * The values at a path such as `versioning.enabled`, through every block of that name; empty where nothing is set. Undefined
 * where a part of it is not known yet: neither a breach nor a pass follows from that.
 */
export function read(node: ResourceNode, path: string): readonly JsonValue[] | undefined {
  const [top = path] = path.split('.', 1);
  if (leftToProvider(node, top)) return [];
  if (isUnknown(node, path)) return undefined;
  return leaves(node.values, path.split('.'));
}

/** Everything that is visible at a path, known or not: the text of an expression stands for itself. */
export function visible(node: ResourceNode, path: string): readonly JsonValue[] {
  return leaves(node.values, path.split('.'));
}

/** Members at a path below a value, through lists on the way; without nulls and empty texts, which providers write for "not set". */
export function leaves(value: JsonValue | undefined, path: readonly string[]): readonly JsonValue[] {
  if (isList(value)) return value.flatMap((member) => leaves(member, path));
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined || value === null || value === '' ? [] : [value];
  return isObject(value) ? leaves(value[step], rest) : [];
}

/** A plan calls an argument that nobody stated unknown too, where the provider chooses its value. */
function leftToProvider(node: ResourceNode, top: string): boolean {
  return node.configured !== undefined && !node.configured.includes(top) && !hasDynamic(node, top) && node.values[top] === undefined;
}

function isUnknown(node: ResourceNode, path: string): boolean {
  return (
    hasDynamic(node, path.split('.', 1)[0] ?? path) ||
    unknownOf(node).some((unknown) => unknown === path || path.startsWith(`${unknown}.`) || unknown.startsWith(`${path}.`))
  );
}

/** Many rules ask the same resource. */
const unknownPaths = new WeakMap<ResourceNode, readonly string[]>();

function unknownOf(node: ResourceNode): readonly string[] {
  const known = unknownPaths.get(node);
  if (known !== undefined) return known;
  const paths = node.unknown.map(withoutPositions);
  unknownPaths.set(node, paths);
  return paths;
}

/** A `dynamic` block may write any number of blocks of its name. */
function hasDynamic(node: ResourceNode, name: string): boolean {
  return leaves(node.values['dynamic'], [name]).length > 0;
}

function withoutPositions(path: string): string {
  return path.replaceAll(/\.\d+(?=\.|$)/g, '');
}
