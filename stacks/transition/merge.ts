import { type CdkTfJson, type JsonObject, type JsonValue, recordedTierAddress } from '../../analysis/graph';
import type { ComponentChange } from '../../components/change';
import { type Component, isRelational } from '../../components/component';
import { type Bodies, bodiesOf, canonical, nameOf, record, resourceBlock, same, typeOf } from './documents';
import { recordsNothing } from '../regions';
import { synthesizedGraph } from '../synthesized-graph';
import { componentIn, type Leaving, leavingOf } from './forgotten';
import { mergedProviders } from './providers';
import { freedNames, withFreeNames } from './names';
import { isRelease, withEndpointsOf, withPoolerOf } from './release';
import type { Stage } from './stage';

/** Both sides of a promotion as they are synthesized alone, each with its own generations. */
export interface Sides {
  readonly old: CdkTfJson;
  readonly new: CdkTfJson;
  /** The old side with its database open to what moves it, from expand until one of the sides leaves. @default - as it is alone */
  readonly moving?: CdkTfJson;
  /** The new side likewise. @default - as it is alone */
  readonly arriving?: CdkTfJson;
  readonly changes: readonly ComponentChange[];
}

/** The configuration of a stage, and what leaves with it. */
export interface Transition {
  readonly json: CdkTfJson;
  readonly leaving: Leaving;
}

/** The configuration of a stage: the union of both sides, or one of them with `removed` blocks for what is forgotten of the other. */
export function transition(sides: Sides, stage: Stage): Transition {
  const { old, new: next, moving = old, arriving = next } = sides;
  const standing = { ...sides, old: moving, new: arriving };
  if (stage === 'contracted')
    return remaining(next, moving, withoutMeans(leavers({ ...sides, old: moving }, 'before'), next, arriving), sides);
  if (stage === 'returned')
    return remaining(old, arriving, withoutMeans(leavers({ ...sides, new: arriving }, 'after'), old, moving), sides);
  const going = stage === 'switched' ? freedNames(bodiesOf(moving), leavers({ ...sides, old: moving }, 'before').deleted) : [];
  return { json: union(standing, stage, going), leaving: { forgotten: [], deleted: [], dataless: going } };
}

/** What the side that stays had only for moving goes with the other one. */
function withoutMeans(leaving: Leaving, stays: CdkTfJson, moving: CdkTfJson): Leaving {
  const known = bodiesOf(stays);
  const made = [...bodiesOf(moving).keys()].filter((address) => !known.has(address));
  return { ...leaving, deleted: [...leaving.deleted, ...made].sort() };
}

/** What leaves when a side does. */
function leavers({ old, new: next, changes }: Sides, side: 'before' | 'after'): Leaving {
  const [goes, stays] = side === 'before' ? [old, next] : [next, old];
  const staying = bodiesOf(stays);
  const leaving = [...bodiesOf(goes)].flatMap(([address, body]) => (staying.has(address) || recordsNothing(body) ? [] : [address]));
  return leavingOf(
    synthesizedGraph(goes),
    new Set(leaving),
    changes.flatMap((change) => change[side] ?? []),
  );
}

function remaining(stays: CdkTfJson, goes: CdkTfJson, leaving: Leaving, sides: Sides): Transition {
  const had = bodiesOf(goes);
  const bodies = new Map(
    [...bodiesOf(stays)].map(([address, body]) => [
      address,
      isRecorded(address) && stays === sides.new ? yielding(body, had.get(address)) : body,
    ]),
  );
  const removed = leaving.forgotten.map((from) => ({ from, lifecycle: { destroy: false } }));
  const json = {
    ...stays,
    ...mergedProviders(stays, goes, variables(stays)),
    resource: resourceBlock(bodies),
    ...(removed.length === 0 ? {} : { removed }),
  };
  return { json, leaving };
}

/** What the state remembers of the tier, which the last apply replaces. */
const recorded: readonly string[] = [recordedTierAddress, 'terraform_data.recorded_generations', 'terraform_data.recorded_database'];

function isRecorded(address: string): boolean {
  return recorded.includes(address);
}

/** The one apply that may replace what the state remembers, where it has to. */
function yielding(body: JsonObject, before: JsonObject | undefined): JsonObject {
  if (before === undefined || same(body, before)) return body;
  const { lifecycle: _lifecycle, ...rest } = body;
  return rest;
}

/** @param going secrets of the old side whose names are freed now */
function union({ old, new: next, changes }: Sides, stage: Stage, going: readonly string[]): CdkTfJson {
  const context: Context = {
    old: bodiesOf(old),
    new: bodiesOf(next),
    stage,
    resized: idsOf(changes, 'in-place'),
    later: new Set(stage === 'expanded' ? deferred(next, old, changes) : []),
    moved: changes.flatMap(({ verdict, after }) => (verdict === 'move' && after !== undefined ? [after] : [])),
  };
  const addresses = [...new Set([...context.old.keys(), ...context.new.keys()])].filter((address) => !context.later.has(address));
  const bodies = withFreeNames(new Map(addresses.map((address) => [address, bodyOf(address, context)] as const)), context.old, going);
  const [base, other] = stage === 'switched' ? [next, old] : [old, next];
  const both = { ...variables(other), ...variables(base) };
  const locals = { ...record(other['locals']), ...record(base['locals']) };
  const output = { ...record(other['output']), ...record(base['output']) };
  const data = dataOf(base, other);
  return {
    ...old,
    ...mergedProviders(base, other, both),
    ...(Object.keys(both).length === 0 ? {} : { variable: both }),
    ...(Object.keys(locals).length === 0 ? {} : { locals: present(locals, context) }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    output: present(output, context),
    resource: resourceBlock(bodies),
  };
}

/** What both sides read, by type. */
function dataOf(base: CdkTfJson, other: CdkTfJson): JsonObject {
  const [own, others] = [record(base['data']), record(other['data'])];
  const types = [...new Set([...Object.keys(others), ...Object.keys(own)])].sort();
  return Object.fromEntries(types.map((type) => [type, { ...record(others[type]), ...record(own[type]) }]));
}

interface Context {
  readonly old: Bodies;
  readonly new: Bodies;
  readonly stage: Stage;
  /** Components that the provider resizes. */
  readonly resized: readonly string[];
  /** Addresses that are made in a later stage. */
  readonly later: ReadonlySet<string>;
  /** Components that another one is made of beside them, as they will be. */
  readonly moved: readonly Component[];
}

function variables(json: CdkTfJson): JsonObject {
  return record(json['variable']);
}

function idsOf(changes: readonly ComponentChange[], verdict: ComponentChange['verdict']): readonly string[] {
  return changes.filter((change) => change.verdict === verdict).map(({ id }) => id);
}

/** What only lets somebody in to what is there already, so that nobody has to make room for it first. */
const admissions: ReadonlySet<string> = new Set(['aws_vpc_security_group_ingress_rule']);

/** What is new of a component that is resized first, and whatever refers to it: there is no room for it before. */
function deferred(next: CdkTfJson, old: CdkTfJson, changes: readonly ComponentChange[]): readonly string[] {
  const [resized, had, graph] = [idsOf(changes, 'in-place'), bodiesOf(old), synthesizedGraph(next)];
  const fresh = [...bodiesOf(next).keys()].filter((address) => !had.has(address));
  const found = new Set(fresh.filter((address) => resized.includes(componentIn(address)) && !admissions.has(typeOf(address))));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const address of fresh) if (graph.get(address)?.references.some((each) => found.has(each)) === true) found.add(address);
  }
  return [...found];
}

function bodyOf(address: string, context: Context): JsonObject {
  const [old, next] = [context.old.get(address), context.new.get(address)];
  if (old !== undefined && next === undefined && context.stage === 'switched') return redirected(address, old, context);
  if (old === undefined || next === undefined || same(old, next)) return old ?? next ?? {};
  if (isRecorded(address)) return old;
  if (admits.has(typeOf(address))) return admitting(old, next, context);
  if (context.resized.includes(componentIn(address)) && context.stage === 'resized') return resizedOnly(old, next);
  return context.stage === 'switched' ? next : old;
}

/**
 * Servers that stay until contract reach what was moved, so that it does not matter which of them is asked: the database and the cache where
 * their network is the same, the bucket wherever it is.
 */
function redirected(address: string, body: JsonObject, { moved, new: next }: Context): JsonObject {
  const [twinAddress, twin] = [...next].find(([other, each]) => groupIn(other) === groupIn(address) && isRelease(each)) ?? [];
  if (twinAddress === undefined || twin === undefined || !isRelease(body) || !isRelease(twin)) return body;
  const near = typeOf(twinAddress) === typeOf(address);
  const kinds = moved.map(({ kind }) => kind).filter((kind) => kind === 'object-storage' || (kind === 'cache' && near));
  const content = near && moved.some(isRelational) ? withPoolerOf(body.content, twin.content) : body.content;
  return kinds.length === 0 && content === body.content ? body : { ...body, content: withEndpointsOf(content, twin.content, kinds) };
}

/** The release of a group, whatever its generation. */
function groupIn(address: string): string {
  return nameOf(address).replace(/_g\d+$/, '');
}

/** The new sizes; what an argument refers to, such as a balancer its servers, is switched later. */
function resizedOnly(old: JsonObject, next: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(next), ...Object.keys(old)])];
  const chosen = keys.map((key) => [key, refers(old[key]) || refers(next[key]) ? old[key] : next[key]] as const);
  return Object.fromEntries(chosen.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

function refers(value: JsonValue | undefined): boolean {
  return canonical(value).includes('${');
}

/** Types that say who is let in, watched or counted: while both sides stand, that is both. */
const admits: ReadonlySet<string> = new Set([
  'digitalocean_firewall',
  'digitalocean_database_firewall',
  'digitalocean_project_resources',
  'digitalocean_monitor_alert',
  'aws_security_group',
  'aws_iam_policy',
  // The names of the servers that read from the channel.
  'terraform_data',
]);

/** One body for both sides: lists are joined; of the rest the side counts that everything points to. */
function admitting(old: JsonObject, next: JsonObject, context: Context): JsonObject {
  const [base, other] = context.stage === 'switched' && !isMemory(old) ? [next, old] : [old, next];
  const keys = [...new Set([...Object.keys(base), ...Object.keys(other)])];
  return Object.fromEntries(
    keys
      .map((key) => [key, joined(base[key], other[key], context)])
      .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** What the state remembers stays protected as it was, until contract. */
function isMemory(body: JsonObject): boolean {
  return body['triggers_replace'] !== undefined;
}

function joined(base: JsonValue | undefined, other: JsonValue | undefined, { later }: Context): JsonValue | undefined {
  // A switch that the side which counts does not have, such as a protection, is not taken from the other.
  if (base === undefined) return Array.isArray(other) ? other : undefined;
  if (!Array.isArray(base) || !Array.isArray(other)) return base;
  const known = new Set(base.map(canonical));
  return [
    ...(base as readonly JsonValue[]),
    ...(other as readonly JsonValue[]).filter((each) => !known.has(canonical(each)) && !mentions(each, later)),
  ];
}

/** Whether a value refers to one of these addresses. */
function mentions(value: JsonValue, addresses: ReadonlySet<string>): boolean {
  const text = canonical(value);
  return [...addresses].some((address) => text.includes(`${address}.`) || text.includes(`${address}}`));
}

/** Outputs and local values of what is not made yet wait for it. */
function present(values: JsonObject, { later }: Context): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !mentions(value, later)));
}
