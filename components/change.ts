import { holdsData, carriesGeneration, type Component, type ComponentKind, type ComponentOf } from './component';
import { componentTitle } from './title';

/**
 * What becomes of a component on the way from one tier to another.
 *
 * - `keep`: nothing is made, moved or resized; settings may change in place.
 * - `in-place`: the provider resizes what is there. Pause and way back are the provider's.
 * - `move`: the next generation is built beside the present one, and data are moved by Terrace: a pause under a second, and a way
 *   back until the old one is given up.
 * - `new`, `retire`: only one of the two tiers has it.
 */
export type Verdict = 'keep' | 'in-place' | 'move' | 'new' | 'retire';

/** A component's verdict, with the specification on each side. */
export interface ComponentChange {
  readonly id: string;
  readonly verdict: Verdict;
  /** One sentence for a person. */
  readonly why: string;
  readonly before?: Component;
  readonly after?: Component;
}

export interface ChangeOptions {
  /** Name of the platform that it moves to. @default - it stays where it is */
  readonly toPlatform?: string;
  /** Whether what could not be made smaller again is moved even where the provider could resize it, so that the way back stays open. @default false */
  readonly reversible?: boolean;
  /** Whether shards become distributed SQL, by a dump with a stated window. @default false: shards are kept */
  readonly distributedSql?: boolean;
}

/** The verdict on every component of either side: those of the target in its order, then those that go. */
export function changesBetween(
  before: readonly Component[],
  after: readonly Component[],
  options: ChangeOptions = {},
): readonly ComponentChange[] {
  const going = before.filter(({ id }) => !after.some((each) => each.id === id));
  const changes = [
    ...after.map((each) =>
      changeOf(
        before.find(({ id }) => id === each.id),
        each,
        options,
      ),
    ),
    ...going.map(retired),
  ];
  return changes.map((change) => following(change, changes));
}

/** Generations by component, as the environment file says them. */
export type Generations = Readonly<Record<string, number>>;

/**
 * Generations of the environment file once the changes are made: what moved is at the next, and a name that was given up is not used again.
 * @param retired the highest generation of each component that was let go of and may still stand, see `retiredAfter`
 */
export function generationsAfter(changes: readonly ComponentChange[], generations: Generations, retired: Generations = {}): Generations {
  const next = changes.flatMap((change) => {
    const [was, is] = [generations[change.id] ?? 1, generationAfter(change, generations[change.id] ?? 1, retired[change.id] ?? 0)];
    return is > was ? [[change.id, is] as const] : [];
  });
  return { ...generations, ...Object.fromEntries(next) };
}

function generationAfter(change: ComponentChange, current: number, retired: number): number {
  if (takesNextGeneration(change)) return Math.max(current, retired) + 1;
  return isMade(change) && retired > 0 ? Math.max(current, retired + 1) : current;
}

function takesNextGeneration({ verdict, before }: ComponentChange): boolean {
  return (verdict === 'move' || verdict === 'retire') && before !== undefined && carriesGeneration[before.kind] && !isGuest(before);
}

/** Whether the target side has something of it that the other one has not. */
function isMade({ verdict }: ComponentChange): boolean {
  return verdict === 'new' || verdict === 'move';
}

/**
 * What the environment file says was let go of, once a side of a promotion has left: of each component that it alone had, its generation.
 * The names of what stands there stay taken, so that none of them is asked for again.
 * @param side which one leaves: `before` at contract, `after` on the way back
 * @param generations of that side
 * @param elsewhere whether the promotion leads to another platform: network and zone leave too then
 */
export function retiredAfter(
  changes: readonly ComponentChange[],
  side: 'before' | 'after',
  generations: Generations,
  elsewhere: boolean,
  retired: Generations = {},
): Generations {
  const left = changes.flatMap((change) => {
    const component = isAlone(change, side) ? change[side] : undefined;
    return component !== undefined && mayStand(component, side, elsewhere) ? [component.id] : [];
  });
  return { ...retired, ...Object.fromEntries(left.map((id) => [id, Math.max(generations[id] ?? 1, retired[id] ?? 0)])) };
}

/** Whether one side has something of it that the other one has not. */
function isAlone(change: ComponentChange, side: 'before' | 'after'): boolean {
  return side === 'after' ? isMade(change) : change.verdict === 'retire' || change.verdict === 'move';
}

/**
 * Whether something of a component may stay behind whose name an attempt would meet again. A generation that leaves at contract is behind the one
 * that the file then says, or its component was given the next.
 */
function mayStand(component: Component, side: 'before' | 'after', elsewhere: boolean): boolean {
  if (isGuest(component)) return false;
  if (carriesGeneration[component.kind]) return side === 'after';
  return elsewhere || holdsData[component.kind];
}

/** What runs beside another component has no resource of its own, so that no address is taken. */
function isGuest(component: Component): boolean {
  return component.kind === 'inference' && component.host.placement === 'shared';
}

function changeOf(before: Component | undefined, after: Component, options: ChangeOptions): ComponentChange {
  if (before === undefined) return { id: after.id, verdict: 'new', why: `${componentTitle(after)}: the tier before has none.`, after };
  const { verdict, why } = judged(before, after, options);
  return { id: after.id, verdict, why, before, after };
}

function retired(before: Component): ComponentChange {
  const rest = holdsData[before.kind] ? 'It is forgotten, not destroyed, and stays until it is purged.' : 'It is deleted at the end.';
  return { id: before.id, verdict: 'retire', why: `${componentTitle(before)}: the target tier has none. ${rest}`, before };
}

interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
}

function judged(before: Component, after: Component, { toPlatform, reversible = false, distributedSql = false }: ChangeOptions): Judgement {
  const becomes =
    componentTitle(before) === componentTitle(after) ? componentTitle(after) : `${componentTitle(before)} becomes ${componentTitle(after)}`;
  if (toPlatform !== undefined)
    return {
      verdict: 'move',
      why: `${becomes}, on ${toPlatform}: ${carried(after)}.`,
    };
  if (before.kind === 'sharded-database' && after.kind === 'distributed-database' && !distributedSql)
    return {
      verdict: 'keep',
      why: `${componentTitle(before)} is kept: ${componentTitle(after)} would take a dump with a window, and is asked for by name only.`,
    };
  if (before.kind !== after.kind) return { verdict: 'move', why: `${becomes}: another kind of thing, built beside the present one.` };
  if (same(before, after)) return { verdict: 'keep', why: `${componentTitle(before)}: the same in both tiers.` };
  return judgedByKind(before, after, becomes, reversible);
}

/** What becomes of what a component holds, on another platform. */
function carried({ kind }: Component): string {
  if (!holdsData[kind])
    return kind === 'cache' ? 'it fills itself, unless what it holds is state' : 'it holds no data, so that nothing is copied';
  return moved[kind] ?? 'what it holds is not copied; the old one is forgotten, not destroyed';
}

/** How the contents of these kinds get to another platform. */
const moved: Readonly<Partial<Record<ComponentKind, string>>> = {
  database: 'its data are moved',
  'sharded-database': 'its data are moved',
  'distributed-database': 'its data are moved',
  'object-storage': 'its objects are copied',
  'event-stream':
    'no event is copied, and the app writes to the new one; the old one is forgotten, not destroyed, for readers that are behind',
  frontend: 'its files are published there by the next release',
  backup: 'new backups are made there; the old ones stay until they are purged',
  dns: 'its records are made anew, and the name servers change',
};

function judgedByKind(before: Component, after: Component, becomes: string, reversible: boolean): Judgement {
  if (nature(before) !== nature(after))
    return { verdict: 'move', why: `${becomes}: what it is changes, so that the next generation is built beside it.` };
  if (!resizes[before.kind]) return { verdict: 'keep', why: `${becomes}: only its settings change.` };
  if (shrinks(before, after))
    return { verdict: 'move', why: `${becomes}: no provider shrinks it, so that a smaller one is built beside it.` };
  if (reversible && !goesBack[before.kind])
    return { verdict: 'move', why: `${becomes}: the provider could resize it, but not back; --reversible moves it instead.` };
  return { verdict: 'in-place', why: `${becomes}: resized by the provider. ${afterResize(before.kind)}` };
}

/** What is said of a resize, because nothing of it is ours to promise. */
export function afterResize(kind: ComponentKind | undefined): string {
  return kind !== undefined && goesBack[kind] ? 'No pause, and it can go back.' : "The pause is the provider's, and it cannot shrink back.";
}

/** Changes that a provider makes in place and nobody takes back: the page, the engine and the choice of a verdict all ask here. */
export function resizedForGood(changes: readonly ComponentChange[]): readonly ComponentChange[] {
  return changes.filter(({ verdict, before }) => verdict === 'in-place' && before !== undefined && !goesBack[before.kind]);
}

/**
 * Kinds that become smaller as they became larger: their members are alike and hold nothing. What keeps something in memory or on a disk does
 * not, whether or not it may be lost; see decision 12.
 */
const goesBack: Readonly<Record<ComponentKind, boolean>> = {
  'app-servers': true,
  'audit-log': false,
  backup: false,
  cache: false,
  configuration: false,
  database: false,
  'distributed-database': false,
  dns: false,
  'edge-compute': false,
  'event-stream': false,
  frontend: false,
  'global-load-balancer': true,
  'gpu-pool': true,
  inference: true,
  'kubernetes-cluster': true,
  'load-balancer': true,
  'ml-pipeline': false,
  monitoring: true,
  network: false,
  'object-storage': false,
  'read-replicas': false,
  'sharded-database': false,
};

/** Kinds whose size is a provider's or a cluster's to change; of the others a difference is a setting. */
const resizes: Readonly<Record<ComponentKind, boolean>> = {
  'app-servers': true,
  'audit-log': false,
  backup: false,
  cache: true,
  configuration: false,
  database: true,
  'distributed-database': true,
  dns: false,
  'edge-compute': false,
  'event-stream': true,
  frontend: false,
  'global-load-balancer': false,
  'gpu-pool': true,
  inference: true,
  'kubernetes-cluster': true,
  'load-balancer': true,
  'ml-pipeline': false,
  monitoring: false,
  network: false,
  'object-storage': false,
  'read-replicas': true,
  'sharded-database': true,
};

type Natures = { readonly [Kind in ComponentKind]?: (component: ComponentOf<Kind>) => string };

/** What cannot become something else in place. Kinds that are not here are what they are. */
const natures: Natures = {
  // Servers are replaced, never resized: a resize powers them off. Pods roll.
  'app-servers': (app) => (app.runtime === 'pod' ? `pods, ${app.exposure}` : JSON.stringify(app)),
  // Clients of shards speak another protocol.
  cache: ({ engine, version, shards = 1 }) => `${engine} ${version} ${shards > 1}`,
  database: ({ engine, version, hosting }) => `${engine} ${version} ${hosting.hosting}`,
  'distributed-database': ({ engine }) => engine,
  'gpu-pool': ({ gpuMemoryGb, models }) => `${gpuMemoryGb} ${models.join(' ')}`,
  inference: (inference) => JSON.stringify(inference),
  'kubernetes-cluster': ({ nodeVcpus, nodeMemoryGib, clouds }) => `${nodeVcpus} ${nodeMemoryGib} ${clouds.join(' ')}`,
  'sharded-database': ({ version, shards }) => `${version} ${shards}`,
};

function nature(component: Component): string {
  const of = natures[component.kind] as ((component: Component) => string) | undefined;
  return of === undefined ? component.kind : of(component);
}

/** Memory and disks of a managed service go up only: DigitalOcean's API, and the storage of RDS. */
function shrinks(before: Component, after: Component): boolean {
  const [had, gets] = [memoryOf(before), memoryOf(after)];
  return had !== undefined && gets !== undefined && gets < had;
}

function memoryOf(component: Component): number | undefined {
  if (component.kind === 'database') return component.hosting.memoryGib;
  return component.kind === 'cache' || component.kind === 'read-replicas' || component.kind === 'sharded-database'
    ? component.memoryGib
    : undefined;
}

/** Replicas follow their database, and pods their cluster: where that moves, they are made anew with it. */
function following(change: ComponentChange, all: readonly ComponentChange[]): ComponentChange {
  const { after, verdict } = change;
  if (after === undefined || (verdict !== 'keep' && verdict !== 'in-place')) return change;
  const leader = all.find((other) => other.verdict === 'move' && leads(other, after));
  return leader === undefined
    ? change
    : { ...change, verdict: 'move', why: `${componentTitle(after)}: made anew with the ${leader.id} that moves.` };
}

function leads({ id, after }: ComponentChange, follower: Component): boolean {
  if (follower.kind === 'read-replicas') return id === follower.database;
  return follower.kind === 'app-servers' && follower.runtime === 'pod' && after?.kind === 'kubernetes-cluster';
}

/** Whether two specifications say the same, in whatever order. */
function same(before: unknown, after: unknown): boolean {
  return canonical(before) === canonical(after);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
