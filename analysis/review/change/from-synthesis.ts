import { byText } from '../../graph/order';
import type { JsonValue, ResourceGraph, ResourceNode } from '../../graph';
import { isList, isObject } from '../../graph/json';
import type { ConfigurationFacts } from '../configuration';
import { differences, withoutIndices, type Difference } from './difference';
import { movedAddresses, removalOf, withoutKey } from './moves';
import { effectOf } from './replacement';
import type { ResourceChange } from './types';

/** One configuration, as it is compared. */
export interface Side {
  readonly graph: ResourceGraph;
  readonly facts: ConfigurationFacts;
  /** `replace_triggered_by`, by address without key. */
  readonly triggers: ReadonlyMap<string, readonly string[]>;
}

/** A resource on both sides, and what is known of it so far. */
interface Kept {
  readonly before: ResourceNode;
  readonly after: ResourceNode;
  readonly moved: boolean;
  readonly found: Judged;
}

/** Differences, and what they do. */
interface Judged {
  readonly changed: readonly string[];
  readonly because: readonly string[];
  readonly doubt?: string;
}

/** What Terraform will do to go from one configuration to another, as far as two configurations tell. Sorted by address. */
export function changesBetween(before: Side, after: Side): readonly ResourceChange[] {
  const [was, is] = [addressesOf(before), addressesOf(after)];
  const moved = movedAddresses(was, is, after.facts.moves);
  const targets = new Set(moved.values());
  const kept = cascaded(
    before.graph.resources.flatMap((node) => keptOne(node, after.graph, moved)),
    after,
  );
  const gone = before.graph.resources
    .filter(({ address }) => !moved.has(address) && !is.has(address))
    .map((node) => goneOne(node, after.facts));
  const added = after.graph.resources.filter(({ address }) => !was.has(address) && !targets.has(address)).map(addedOne);
  return [...kept.map(changeOf), ...gone, ...added].sort(byText((change) => change.address));
}

function addressesOf({ graph }: Side): ReadonlySet<string> {
  return new Set(graph.resources.map(({ address }) => address));
}

function keptOne(before: ResourceNode, graph: ResourceGraph, moved: ReadonlyMap<string, string>): readonly Kept[] {
  const after = graph.get(moved.get(before.address) ?? before.address);
  if (after === undefined || after.type !== before.type) return [];
  const renamed: ResourceNode = moved.size === 0 ? before : { ...before, values: renamedIn(before.values, moved) };
  return [{ before, after, moved: moved.has(before.address), found: judge(renamed, after, differing(renamed, after)) }];
}

/** Expressions that name a resource by its old address mean the same as those that name it by its new one. */
function renamedIn(values: ResourceNode['values'], moved: ReadonlyMap<string, string>): ResourceNode['values'] {
  const bases = [...moved].map(([from, to]) => [withoutKey(from), withoutKey(to)] as const);
  const rename = (value: JsonValue): JsonValue => {
    if (typeof value === 'string')
      return value.includes('${')
        ? bases.reduce((text, [from, to]) => text.replaceAll(`${from}.`, `${to}.`).replaceAll(`${from}[`, `${to}[`), value)
        : value;
    if (isList(value)) return value.map(rename);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rename(member)])) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, rename(value)]));
}

function differing(before: ResourceNode, after: ResourceNode): readonly Difference[] {
  return differences(before.values, after.values).filter(({ path }) => !isIgnored(path, after));
}

function isIgnored(path: string, { lifecycle }: ResourceNode): boolean {
  const plain = withoutIndices(path);
  return (lifecycle?.ignoreChanges ?? []).some((ignored) => {
    const root = withoutIndices(ignored.replace(/\["?([^"\]]*)"?\]/g, '.$1'));
    return root === 'all' || plain === root || plain.startsWith(`${root}.`);
  });
}

function judge(before: ResourceNode, after: ResourceNode, found: readonly Difference[]): Judged {
  const effects = found.map(({ path, direction }) => ({
    path: withoutIndices(path),
    effect: effectOf({ before, after }, withoutIndices(path), direction),
  }));
  const doubts = effects.flatMap(({ path, effect }) => {
    if (effect.kind === 'conditional') return [`${path} may force a replacement: ${effect.when}`];
    return effect.kind === 'unknown' ? [`whether ${path} forces a replacement is not known`] : [];
  });
  const because = unique(effects.filter(({ effect }) => effect.kind === 'replaces').map(({ path }) => path));
  const [doubt] = because.length > 0 ? [] : doubts;
  return { changed: unique(found.map(({ path }) => path)), because, ...(doubt === undefined ? {} : { doubt }) };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function isReplaced({ found }: Kept): boolean {
  return found.because.length > 0 || found.doubt !== undefined;
}

/**
 * A replaced resource has new ids: what refers to one of them by an attribute that forces replacement is replaced with it,
 * and so on. So is what says `replace_triggered_by`.
 */
function cascaded(first: readonly Kept[], after: Side): readonly Kept[] {
  let kept = first;
  let replaced = new Set(kept.filter(isReplaced).map((one) => one.after.address));
  for (;;) {
    const touched = new Set(kept.filter((one) => one.found.changed.length > 0).map((one) => one.after.address));
    kept = kept.map((one) => (replaced.size === 0 && after.triggers.size === 0 ? one : dragged(one, replaced, touched, after)));
    const now = new Set(kept.filter(isReplaced).map((one) => one.after.address));
    if (now.size === replaced.size) return kept;
    replaced = now;
  }
}

function dragged(one: Kept, replaced: ReadonlySet<string>, touched: ReadonlySet<string>, { triggers }: Side): Kept {
  if (one.found.because.length > 0) return one;
  const paths = one.after.unknown.filter((path) => !isIgnored(path, one.after) && refersTo(one.after, path, replaced));
  const trigger = (triggers.get(withoutKey(one.after.address)) ?? []).find((reference) =>
    [...touched, ...replaced].some((address) => names(reference, address)),
  );
  if (trigger !== undefined) return { ...one, found: { changed: one.found.changed, because: [`replace_triggered_by ${trigger}`] } };
  if (paths.length === 0) return one;
  const dragging = judge(
    one.before,
    one.after,
    paths.map((path) => ({ path, direction: 'changed' })),
  );
  const doubt = one.found.doubt ?? dragging.doubt;
  return {
    ...one,
    found: {
      changed: unique([...one.found.changed, ...dragging.changed]),
      because: dragging.because,
      ...(dragging.because.length > 0 || doubt === undefined ? {} : { doubt }),
    },
  };
}

function refersTo(node: ResourceNode, path: string, replaced: ReadonlySet<string>): boolean {
  const attribute = path.split('.', 1)[0] ?? path;
  return (node.referencesByAttribute[attribute] ?? []).some((address) => replaced.has(address));
}

function names(reference: string, address: string): boolean {
  const base = withoutKey(address);
  return [address, base].some((one) => reference === one || reference.startsWith(`${one}.`) || reference.startsWith(`${one}[`));
}

function changeOf({ before, after, moved, found }: Kept): ResourceChange {
  const replaced = found.because.length > 0 || found.doubt !== undefined;
  const action = replaced ? 'replace' : found.changed.length > 0 ? 'update' : moved ? 'move' : 'no-op';
  return {
    address: after.address,
    ...(moved ? { previousAddress: before.address } : {}),
    type: after.type,
    component: after.component,
    action,
    before,
    after,
    ...found,
  };
}

function goneOne(node: ResourceNode, facts: ConfigurationFacts): ResourceChange {
  const forgotten = removalOf(node.address, facts.removals)?.destroy === false;
  return {
    address: node.address,
    type: node.type,
    component: node.component,
    action: forgotten ? 'forget' : 'delete',
    before: node,
    changed: [],
    because: [],
  };
}

function addedOne(node: ResourceNode): ResourceChange {
  return { address: node.address, type: node.type, component: node.component, action: 'create', after: node, changed: [], because: [] };
}
