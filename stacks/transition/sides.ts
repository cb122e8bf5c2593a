import { App } from 'cdktf';
import type { CdkTfJson } from '../../analysis/graph';
import { changesBetween, type ChangeOptions, type ComponentChange, generationsAfter } from '../../components/change';
import type { Component } from '../../components/component';
import type { Environment } from '../../environments/schema';
import { tierOf } from '../../tiers/choices';
import type { PlatformId, Tier, TierId } from '../../tiers/tier';
import { buildTier } from '../build-tier';
import { promotionNotBuildable } from '../errors';
import { addLayers } from '../layers';
import { placedTier, placementsAt } from '../placement';
import { platforms } from '../platforms';
import type { Platform } from '../platforms/platform';
import { tierProblems } from '../problems';
import type { Sides } from './merge';

/** Where an environment is to go. */
export interface Target {
  readonly to: TierId;
  /** @default - it stays on its platform */
  readonly platform?: PlatformId | undefined;
  /** Region on that platform. @default - it stays in its region */
  readonly region?: string | undefined;
  /** Further regions there. @default - those of the environment; none on another platform */
  readonly regions?: readonly string[] | undefined;
  /** Whether what holds data is moved even where the provider could resize it. @default false */
  readonly reversible?: boolean | undefined;
  /** How the database moves where a person has said so. @default - by logical replication, where that can carry it */
  readonly databaseMove?: 'dump' | undefined;
  /** Whether what a cache holds is moved like data. @default - it can be lost */
  readonly cacheUse?: 'cache' | 'state' | undefined;
  /** The column by which rows are spread over shards. */
  readonly shardKey?: string | undefined;
}

/** Both sides of a promotion: the environment as it is, and as it will be. */
export interface Pair {
  readonly from: Tier;
  /** The target tier as this environment will have it: a component that is kept although the tier has another stays what it is. */
  readonly to: Tier;
  readonly changes: readonly ComponentChange[];
  /** The environment at the end, with its new generations. */
  readonly target: Environment;
}

/** What a promotion of this environment changes. Synthesizes nothing. */
export function pairOf(environment: Environment, target: Target): Pair {
  const { promotion: _promotion, placements, regions: own, ...rest } = environment;
  const platform = target.platform ?? environment.platform;
  const regions = target.regions ?? (platform === environment.platform ? own : undefined);
  const aim = tierOf(target.to, environment);
  const places = { platform, ...(platform === environment.platform ? placementsAt({ platform, placements }, aim) : {}) };
  const [from, wanted] = [placedTier(environment, tierOf(environment.tier, environment)), placedTier(places, aim)];
  const changes = changesBetween(from.components, wanted.components, optionsOf(environment, target));
  const to = { ...wanted, components: wanted.components.map((each) => keptInstead(each.id, changes) ?? each) };
  const there = {
    ...rest,
    ...places,
    tier: target.to,
    region: target.region ?? environment.region,
    ...(regions === undefined ? {} : { regions: [...regions] }),
    generations: generationsAfter(changes, environment.generations, environment.retired),
  };
  return { from, to, changes, target: there };
}

function optionsOf({ platform, database }: Environment, target: Target): ChangeOptions {
  return {
    reversible: target.reversible ?? false,
    distributedSql: (database?.engine ?? 'shards') !== 'shards',
    ...(target.platform === undefined || target.platform === platform ? {} : { toPlatform: target.platform }),
  };
}

function keptInstead(id: string, changes: readonly ComponentChange[]): Tier['components'][number] | undefined {
  const change = changes.find((each) => each.id === id);
  return change?.verdict === 'keep' && change.before?.kind !== change.after?.kind ? change.before : undefined;
}

/**
 * Synthesizes both sides in memory.
 * @param outdir an output folder that may be there already; nothing is written into it
 * @throws `PROMOTION_NOT_BUILDABLE` when either tier cannot be built on its platform
 */
export function sidesOf(environment: Environment, pair: Pair, outdir: string): Sides {
  const { promotion: _promotion, ...here } = environment;
  const opened = openedHostings(environment, pair);
  const [leaving, arriving] = [movable(pair.from, opened), movable(pair.to, new Set([...opened].filter((each) => each === 'managed')))];
  return {
    old: synthesizedAlone(here, pair.from, outdir),
    new: synthesizedAlone(pair.target, pair.to, outdir),
    changes: pair.changes,
    ...(leaving === undefined ? {} : { moving: synthesizedAlone(here, leaving, outdir) }),
    ...(arriving === undefined ? {} : { arriving: synthesizedAlone(pair.target, arriving, outdir) }),
  };
}

/** How a database is hosted, as far as who may reach it goes: shards are managed too. */
type Hosting = 'server' | 'managed';

/** Databases that a promotion opens to what moves them: on a server by a role of its own; where firewalls of managed ones keep them from each other, those too. */
const opened: Readonly<Partial<Record<PlatformId, readonly Hosting[]>>> = { digitalocean: ['server'], aws: ['server', 'managed'] };

/** What is opened on this way: nothing where no database moves, or where nothing private leads from one side to the other. */
function openedHostings({ platform }: Environment, { changes, target }: Pair): ReadonlySet<Hosting> {
  const moves = changes.some(
    ({ verdict, before, after }) =>
      verdict === 'move' && before?.kind === 'database' && after !== undefined && hostingOf(after) !== undefined,
  );
  return new Set(moves && target.platform === platform ? opened[platform] : []);
}

function hostingOf(component: Component): Hosting | undefined {
  if (component.kind === 'sharded-database') return 'managed';
  return component.kind === 'database' ? component.hosting.hosting : undefined;
}

/** The tier with its databases of these kinds open; undefined where it has none. */
function movable(tier: Tier, hostings: ReadonlySet<Hosting>): Tier | undefined {
  const opens = (each: Component): boolean => [...hostings].some((hosting) => hosting === hostingOf(each));
  return tier.components.some(opens)
    ? { ...tier, components: tier.components.map((each) => (opens(each) ? withMover(each) : each)) }
    : undefined;
}

function withMover(component: Component): Component {
  if (component.kind === 'sharded-database') return { ...component, movable: true };
  return component.kind === 'database' ? { ...component, hosting: { ...component.hosting, movable: true } } : component;
}

/** A stack that follows a tier's own. */
interface Layer {
  readonly id: string;
  readonly json: CdkTfJson;
}

/** What each side has beside its own stack: a part in a second cloud, what runs in its clusters. Synthesized in memory, like `sidesOf`. */
export function layersOf(
  { promotion: _promotion, ...here }: Environment,
  { from, to, target }: Pair,
  outdir: string,
): { readonly old: readonly Layer[]; readonly new: readonly Layer[] } {
  const alone = (environment: Environment, tier: Tier): readonly Layer[] =>
    addLayers(new App({ outdir }), environment, tier, {}).map((stack) => ({ id: stack.node.id, json: stack.alone() }));
  return { old: alone(here, from), new: alone(target, to) };
}

function synthesizedAlone(environment: Environment, tier: Tier, outdir: string): CdkTfJson {
  return buildTier(new App({ outdir }), platformFor(environment, tier), environment, tier, undefined).alone();
}

/** The platform of an environment, when it builds the tier for it. @throws `PROMOTION_NOT_BUILDABLE` */
export function platformFor(environment: Environment, tier: Tier): Platform {
  const platform = platforms[environment.platform];
  const problems = tierProblems(environment, tier);
  if (platform === undefined || problems.length > 0) throw promotionNotBuildable(environment.name, tier.id, environment.platform, problems);
  return platform;
}
