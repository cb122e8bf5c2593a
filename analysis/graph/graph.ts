import { append } from './addresses';
import { duplicateAddress } from './errors';
import type { JsonObject, JsonValue, OpaqueModule, ResourceGraph, ResourceNode } from './types';
import { isList } from './json';
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
  const byAddress = indexByAddress(sorted);
  const byType = indexBy(sorted, (node) => node.type);
  const byId = indexBy(sorted, idOf);
  return {
    resources: sorted,
    removed: [...(parts.removed ?? [])].sort(byText((node) => node.address)),
    providers: parts.providers ?? {},
    opaque: parts.opaque ?? [],
    get: (address) => byAddress.get(address),
    referenced: (node, attribute) => byExpression(node, attribute, byAddress) ?? byValue(node, attribute, byId),
    ofType: (...types) => ofTypes([...new Set(types)], byType),
  };
}

/** The resources of one type are in order as they are. */
function ofTypes(types: readonly string[], byType: ReadonlyMap<string, readonly ResourceNode[]>): readonly ResourceNode[] {
  const found = types.map((type) => byType.get(type) ?? []).filter((nodes) => nodes.length > 0);
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : found.flat().sort(byText((node) => node.address));
}

function indexByAddress(nodes: readonly ResourceNode[]): ReadonlyMap<string, ResourceNode> {
  const index = new Map<string, ResourceNode>();
  for (const node of nodes) {
    if (index.has(node.address)) throw duplicateAddress(node.address);
    index.set(node.address, node);
  }
  return index;
}

function indexBy(nodes: readonly ResourceNode[], key: (node: ResourceNode) => string): ReadonlyMap<string, readonly ResourceNode[]> {
  const index = new Map<string, ResourceNode[]>();
  for (const node of nodes) append(index, key(node), node);
  return index;
}

function byExpression(
  node: ResourceNode,
  attribute: string,
  index: ReadonlyMap<string, ResourceNode>,
): readonly ResourceNode[] | undefined {
  return node.referencesByAttribute[attribute]?.flatMap((address) => index.get(address) ?? []);
}

function byValue(node: ResourceNode, attribute: string, index: ReadonlyMap<string, readonly ResourceNode[]>): readonly ResourceNode[] {
  return idsIn(node.values[attribute])
    .flatMap((id) => index.get(id) ?? [])
    .filter((other) => other !== node);
}

/** Only texts and numbers can be ids; an empty one would match everything that has no id. */
function idsIn(value: JsonValue | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(idsIn);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : [];
}

/** DigitalOcean's numeric ids are texts in their own resource and numbers in others. */
function idOf(node: ResourceNode): string {
  const id = node.unknown.includes('id') ? undefined : node.values['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
