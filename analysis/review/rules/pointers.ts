import type { JsonValue, ResourceGraph, ResourceNode } from '../../graph/types';
import { append } from '../../graph/addresses';
import { isList } from '../../graph/json';
import { read } from './read';

/** Which resources point where with an attribute. Looking at every pair instead would cost the square of a plan's size. */
interface Pointers {
  readonly byAddress: ReadonlyMap<string, readonly ResourceNode[]>;
  /** By an id or a name that is written out. */
  readonly byWord: ReadonlyMap<string, readonly ResourceNode[]>;
  /** Whether one of them points somewhere that is not known. */
  readonly somewhere: boolean;
}

/** Computed once for each graph, for as long as the graph is held. */
const known = new WeakMap<ResourceGraph, Map<string, Pointers>>();

/** The resources of these types that point to a resource with this attribute: by reference, by id, or by the name that it has. */
export function pointingTo(
  target: ResourceNode,
  types: readonly string[],
  attribute: string,
  graph: ResourceGraph,
): readonly ResourceNode[] {
  const { byAddress, byWord } = pointers(types, attribute, graph);
  const named = namesOf(target).flatMap((name) => byWord.get(name) ?? []);
  return [...new Set([...(byAddress.get(target.address) ?? []), ...named])];
}

/** The resources of these types that write this word with this attribute, such as a tag. */
export function saying(word: string, types: readonly string[], attribute: string, graph: ResourceGraph): readonly ResourceNode[] {
  return pointers(types, attribute, graph).byWord.get(word) ?? [];
}

/** Whether a resource of these types points somewhere that is not known, and so perhaps here. */
export function pointsSomewhere(types: readonly string[], attribute: string, graph: ResourceGraph): boolean {
  return pointers(types, attribute, graph).somewhere;
}

function pointers(types: readonly string[], attribute: string, graph: ResourceGraph): Pointers {
  const own = known.get(graph) ?? new Map<string, Pointers>();
  known.set(graph, own);
  const key = [attribute, ...types].join(' ');
  const found = own.get(key) ?? index(types, attribute, graph);
  own.set(key, found);
  return found;
}

function index(types: readonly string[], attribute: string, graph: ResourceGraph): Pointers {
  const byAddress = new Map<string, ResourceNode[]>();
  const byWord = new Map<string, ResourceNode[]>();
  let somewhere = false;
  for (const node of graph.ofType(...types)) {
    const targets = graph.referenced(node, attribute);
    for (const { address } of targets) append(byAddress, address, node);
    for (const word of wordsOf(node.values[attribute])) append(byWord, word, node);
    somewhere ||= targets.length === 0 && read(node, attribute) === undefined;
  }
  return { byAddress, byWord, somewhere };
}

/** What others may call it: each only where it is known. */
function namesOf(node: ResourceNode): readonly string[] {
  return ['id', 'name', 'bucket', 'arn'].filter((key) => !node.unknown.includes(key)).flatMap((key) => wordsOf(node.values[key]));
}

function wordsOf(value: JsonValue | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(wordsOf);
  return typeof value === 'string' && value !== '' ? [value] : [];
}

const users = new WeakMap<ResourceGraph, ReadonlyMap<string, readonly ResourceNode[]>>();

/** Every resource that refers to this one, with whatever attribute. */
export function usersOf(target: ResourceNode, graph: ResourceGraph): readonly ResourceNode[] {
  const found = users.get(graph) ?? indexUsers(graph);
  users.set(graph, found);
  return found.get(target.address) ?? [];
}

function indexUsers(graph: ResourceGraph): ReadonlyMap<string, readonly ResourceNode[]> {
  const byTarget = new Map<string, ResourceNode[]>();
  for (const node of graph.resources) for (const address of node.references) append(byTarget, address, node);
  return byTarget;
}
