import { duplicateAddress } from './errors';
import type { JsonObject, JsonValue, OpaqueModule, ResourceGraph, ResourceNode } from './types';
import { byText } from './order';

/** What a graph is made of besides its resources. */
export interface GraphParts {
  readonly removed?: readonly ResourceNode[];
  readonly providers?: Readonly<Record<string, JsonObject>>;
  readonly opaque?: readonly OpaqueModule[];
}

/**
 * A graph over these resources, sorted by address whatever order they came in.
 * @throws TerraceError `graph-duplicate-address`
 */
export function resourceGraph(resources: readonly ResourceNode[], parts: GraphParts = {}): ResourceGraph {
  const sorted = [...resources].sort(byText((node) => node.address));
  const index = indexByAddress(sorted);
  return {
    resources: sorted,
    removed: [...(parts.removed ?? [])].sort(byText((node) => node.address)),
    providers: parts.providers ?? {},
    opaque: parts.opaque ?? [],
    get: (address) => index.get(address),
    referenced: (node, attribute) => referencedNodes(node, attribute, index, sorted),
    ofType: (...types) => sorted.filter((node) => types.includes(node.type)),
  };
}

function indexByAddress(nodes: readonly ResourceNode[]): Map<string, ResourceNode> {
  const index = new Map<string, ResourceNode>();
  for (const node of nodes) {
    if (index.has(node.address)) throw duplicateAddress(node.address);
    index.set(node.address, node);
  }
  return index;
}

function referencedNodes(
  node: ResourceNode,
  attribute: string,
  index: ReadonlyMap<string, ResourceNode>,
  all: readonly ResourceNode[],
): readonly ResourceNode[] {
  const addresses = node.referencesByAttribute[attribute];
  if (addresses !== undefined && addresses.length > 0) return addresses.flatMap((address) => index.get(address) ?? []);
  const ids = idsIn(node.values[attribute]);
  return ids.length === 0 ? [] : all.filter((other) => other !== node && ids.includes(idOf(other)));
}

/** Only texts and numbers can be ids; an empty one would match everything that has no id. */
function idsIn(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : [];
}

/** DigitalOcean's numeric ids are texts in their own resource and numbers in others. */
function idOf(node: ResourceNode): string {
  const id = node.values['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
