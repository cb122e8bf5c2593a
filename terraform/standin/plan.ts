import { elementCode, equivalentStates, filledByProvider, isEmpty, sorted } from './equality';
import { quirksOf, type Quirks } from './quirks';
import { isComputed, nested, type Attribute, type Block, type Field, type NestedBlock, type Resource } from './schema';
import { canonical, isKnown, isList, isMap, isUnknown, unknown, type Value, type ValueMap } from './values';
import { withZeros } from './zeros';

/** Where something stands in a resource: names of attributes and blocks, indexes of list elements. */
export type Path = readonly (string | number)[];

/** What the provider answers to a plan. */
export interface Planned {
  readonly state: ValueMap;
  /** What cannot change in place. Empty for a new resource. */
  readonly replace: readonly Path[];
  /** Why it refuses; the state is then of no use. */
  readonly errors: readonly string[];
}

/** What a plan is made from, as Terraform sends it. */
export interface Proposal {
  readonly type: string;
  readonly resource: Resource;
  /** Null for a new resource. */
  readonly prior: ValueMap | null;
  /** Configuration where it says something, the prior value of what the provider computes. */
  readonly proposed: ValueMap;
}

/** What every step of one plan needs. */
interface Scene {
  readonly proposal: Proposal;
  readonly quirks: Quirks;
  readonly replace: Path[];
}

/** Where a step stands. Elements of a set are planned whole, so `whole` is true inside one. */
interface Place {
  readonly path: Path;
  /** Names only, joined by dots: the key of quirks. */
  readonly key: string;
  readonly whole: boolean;
  /** The path that a replacement is reported at; an element of a set has none of its own. */
  readonly report: Path | undefined;
}

/**
 * Plans as provider 2.71.0 does. Its SDK (2.26) compares values as strings in which an absent value equals an empty one;
 * these rules restate that on values, and were compared with the provider itself.
 */
export function plan(proposal: Proposal): Planned {
  const { resource, prior, proposed } = proposal;
  const scene: Scene = { proposal, quirks: quirksOf(proposal.type), replace: [] };
  const known = prior === null ? null : withZeros(resource, prior);
  const state = planBlock(scene, resource, known, proposed, { path: [], key: '', whole: false, report: undefined });
  const custom = scene.quirks.custom?.(prior, state) ?? {};
  const next = { ...state, ...Object.fromEntries((custom.unknown ?? []).map((name) => [name, unknown])) };
  const errors = custom.errors ?? [];
  if (prior === null) return { state: fillUnknown(resource, next), replace: [], errors };
  if (equivalentStates(resource, prior, next)) return { state: prior, replace: [], errors };
  return { state: next, replace: [...unique(scene.replace), ...(custom.replace ?? []).map((name) => [name])], errors };
}

function planBlock(scene: Scene, block: Block, prior: ValueMap | null, proposed: ValueMap, place: Place): ValueMap {
  const attributes = Object.entries(block.attributes).map(([name, attribute]) => {
    const at = below(place, name);
    return [name, planAttribute(scene, attribute, prior?.[name] ?? null, proposed[name] ?? null, at)] as const;
  });
  const inner = nested(block).map(([name, child]) => {
    const at = below(place, name);
    return [name, planNested(scene, child, prior?.[name] ?? null, proposed[name] ?? null, at)] as const;
  });
  return Object.fromEntries([...attributes, ...inner]);
}

function planAttribute(scene: Scene, attribute: Attribute, prior: Value, proposed: Value, place: Place): Value {
  if (place.key === 'id') return prior ?? unknown;
  return typeof attribute.type === 'string'
    ? planPrimitive(scene, attribute, prior, proposed, place)
    : planCollection(scene, attribute, attribute.type[0] === 'list', prior, proposed, place);
}

function planPrimitive(scene: Scene, attribute: Attribute, prior: Value, given: Value, place: Place): Value {
  const raw = given ?? attribute.default ?? null;
  if (isUnknown(raw)) return changed(scene, attribute, unknown, place);
  const next = stored(scene, raw, place);
  const [oldText, newText] = [asText(prior), next === null && prior !== null ? zeroText(attribute) : asText(next)];
  if (oldText === newText && !place.whole) return prior ?? unsetText(scene, attribute, given);
  if (next === null && prior !== null && attribute.mode === 'OC') return prior;
  if (suppressed(scene, oldText, newText, asText(raw), place)) return prior;
  if (isComputed(attribute) && newText === '') return oldText === '' ? unknown : prior;
  if (oldText === newText) return next ?? (prior === null && attribute.type === 'string' ? '' : null);
  return changed(scene, attribute, next, place);
}

/** An empty string that was given stays one, except where the provider would compute the value of a new object. */
function unsetText(scene: Scene, attribute: Attribute, given: Value): Value {
  return given === '' && !(isComputed(attribute) && scene.proposal.prior === null) ? '' : null;
}

function stored(scene: Scene, raw: Value, place: Place): Value {
  const change = scene.quirks.stored?.[place.key];
  return change !== undefined && typeof raw === 'string' ? change(raw) : raw;
}

function suppressed(scene: Scene, old: string, next: string, raw: string, place: Place): boolean {
  const { prior, proposed } = scene.proposal;
  return scene.quirks.suppress?.[place.key]?.({ old, next, raw, prior, proposed }) ?? false;
}

function planCollection(scene: Scene, attribute: Attribute, ordered: boolean, prior: Value, proposed: Value, place: Place): Value {
  if (!isKnown(proposed)) return changed(scene, attribute, unknown, place);
  if (proposed === null && isComputed(attribute)) return prior ?? unknown;
  if (sameCollection(attribute, ordered, prior, proposed)) return prior ?? emptyCollection(ordered, proposed, place);
  if (suppressed(scene, '', '', '', place)) return prior;
  return changed(scene, attribute, proposed ?? emptyLike(prior), place);
}

function sameCollection(attribute: Attribute, ordered: boolean, prior: Value, proposed: Value): boolean {
  if (isEmpty(prior) || isEmpty(proposed)) return isEmpty(prior) && isEmpty(proposed);
  if (ordered || !isList(prior) || !isList(proposed)) return canonical(prior) === canonical(proposed);
  // Tags are one set whatever their case.
  const fold = attribute.elementCheck?.format === 'tag' ? (text: string): string => text.toLowerCase() : (text: string): string => text;
  return fold(sorted(prior)) === fold(sorted(proposed));
}

/** An empty list that was given stays one; an empty set or map counts as absent. Inside a set the other way round. */
function emptyCollection(ordered: boolean, proposed: Value, place: Place): Value {
  if (place.whole) return isMap(proposed) ? proposed : [];
  return ordered ? proposed : null;
}

function planNested(scene: Scene, block: NestedBlock, prior: Value, proposed: Value, place: Place): Value {
  if (block.nesting === 'single') return proposed;
  if (isUnknown(proposed)) return changed(scene, block, unknown, place);
  const [old, given] = [elements(prior), elements(proposed)];
  if (given.length === 0 && isComputed(block)) return prior ?? unknown;
  return block.nesting === 'list' ? planList(scene, block, old, given, place) : planSet(scene, block, old, given, place);
}

function planList(scene: Scene, block: NestedBlock, old: readonly ValueMap[], given: readonly ValueMap[], place: Place): Value {
  const kept = old.length !== given.length && suppressed(scene, String(old.length), String(given.length), '', place);
  const count = kept ? old.length : given.length;
  if (old.length !== count) changed(scene, block, null, place);
  const planned = longer(old, given).map((_, index) =>
    planBlock(scene, block, old[index] ?? null, given[index] ?? {}, below(place, index)),
  );
  return planned.slice(0, count);
}

function planSet(scene: Scene, block: NestedBlock, old: readonly ValueMap[], given: readonly ValueMap[], place: Place): Value {
  const codeOf = scene.quirks.elementCode?.[place.key] ?? ((element: ValueMap) => elementCode(block, element));
  const priors = new Map(old.map((element) => [codeOf(element), element]));
  const codes = given.map((element) => (isKnown(element) ? codeOf(element) : undefined));
  if (codes.length === priors.size && codes.every((code) => code !== undefined && priors.has(code))) return old;
  if (old.length !== given.length) changed(scene, block, null, place);
  const inside: Place = { ...place, whole: true, report: place.report ?? place.path };
  removed(codes, priors).forEach((element) => planBlock(scene, block, element, {}, inside));
  return given.map((element, index) => planBlock(scene, block, priors.get(codes[index] ?? '') ?? null, element, inside));
}

function removed(codes: readonly (string | undefined)[], priors: ReadonlyMap<string, ValueMap>): readonly ValueMap[] {
  return [...priors].filter(([code]) => !codes.includes(code)).map(([, element]) => element);
}

/** Notes a replacement where the schema says that this cannot change in place. */
function changed(scene: Scene, field: Field, value: Value, place: Place): Value {
  if (field.forceNew === true) scene.replace.push(place.report ?? place.path);
  return value;
}

function below(place: Place, name: string | number): Place {
  const key = typeof name === 'number' ? place.key : place.key === '' ? name : `${place.key}.${name}`;
  return { ...place, path: [...place.path, name], key };
}

/** What the provider will compute is unknown until it has. */
function fillUnknown(block: Block, state: ValueMap): ValueMap {
  const attributes = Object.entries(block.attributes).map(
    ([name, field]) => [name, filledByProvider(field, state[name]) ? unknown : (state[name] ?? null)] as const,
  );
  const inner = nested(block).map(([name, child]) => [name, fillBlocks(child, state[name] ?? null)] as const);
  return Object.fromEntries([...attributes, ...inner]);
}

function fillBlocks(block: NestedBlock, value: Value): Value {
  if (block.nesting === 'single' || !isList(value)) return value;
  return value.map((element) => (isMap(element) ? fillUnknown(block, element) : element));
}

function elements(value: Value): readonly ValueMap[] {
  return isList(value) ? value.filter(isMap) : [];
}

function longer(a: readonly ValueMap[], b: readonly ValueMap[]): readonly ValueMap[] {
  return a.length > b.length ? a : b;
}

function asText(value: Value): string {
  return value === null ? '' : String(value as string | number | boolean);
}

function zeroText(attribute: Attribute): string {
  return attribute.type === 'number' ? '0' : attribute.type === 'bool' ? 'false' : '';
}

function emptyLike(prior: Value): Value {
  return isMap(prior) ? {} : [];
}

function unique(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
}
