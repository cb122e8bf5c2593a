import type { Unit } from '../../values/measure';
import { availabilityOf, singlePointsOfFailure, type AvailabilityReport, type SinglePoint } from './availability';
import type { ComponentLimit } from './limit';
import { limitsOf } from './limits';
import { scaledLoad, type Load } from './load';
import type { CheckedLoad } from './load-input';
import type { Plant } from './plant';
import { type Uncounted, uncountedIn } from './uncounted';

/** How much more than its load a tier must carry. Source: seeds.md, section 4, 2: at least 1.25. */
export const requiredHeadroom = 1.25;

/** Share of a limit at which to act. Source: seeds.md, section 2, row 21: 75 to 80 %. */
export const actShare = 0.75;

/** One limit of a component under a load. */
export interface LimitUse {
  readonly name: string;
  readonly unit: Unit;
  /** Undefined where no source says. */
  readonly capacity: number | undefined;
  readonly used: number;
  /** Used over capacity. */
  readonly share: number | undefined;
  /** Users, counted as the load counts them, at which it is all used. Undefined where users do not change it, or capacity is not known. */
  readonly at: number | undefined;
  /** Users at which three quarters are used. */
  readonly actAt: number | undefined;
  /** Multiple of the load at which it is all used: infinite where no load does that, 0 where the fixed part is too much already. */
  readonly reach: number;
  readonly source: string;
  readonly lift: string;
}

export interface ComponentUse {
  readonly id: string;
  readonly kind: string;
  readonly limits: readonly LimitUse[];
}

/** The limit that is reached first. */
export interface Binding {
  readonly component: string;
  readonly limit: string;
  readonly share: number;
  /** Users at which it is reached: 0 where it is exceeded whatever the users. */
  readonly at: number;
  readonly lift: string;
}

/** What a plant carries, and what it does under a load. */
export interface CapacityReport {
  readonly load: Load;
  readonly components: readonly ComponentUse[];
  /** Undefined where nothing that is known bounds the load. */
  readonly binding: Binding | undefined;
  /** Users at which to act: three quarters of the binding limit. */
  readonly actAt: number | undefined;
  /** How many times the load it carries. */
  readonly headroom: number;
  /** Whether that is enough. */
  readonly carries: boolean;
  readonly singlePointsOfFailure: readonly SinglePoint[];
  readonly availability: AvailabilityReport;
  /** What stands there and carries nothing in this report. */
  readonly uncounted: readonly Uncounted[];
}

/** What a plant carries under a load. Pure: the same input gives the same report. */
export function capacityOf(plant: Plant, checked: CheckedLoad): CapacityReport {
  const [load, twice] = [scaledLoad(checked, 1), scaledLoad(checked, 2)];
  const users = load.users[load.basis].value;
  const components = limitsOf(plant).map(({ id, kind, limits }) => ({
    id,
    kind,
    limits: limits.map((one) => useOf(one, load, twice, users)),
  }));
  const first = firstOf(components);
  const headroom = first === undefined ? Number.POSITIVE_INFINITY : first.limit.reach;
  return {
    load,
    components,
    binding:
      first === undefined
        ? undefined
        : {
            component: first.id,
            limit: first.limit.name,
            share: first.limit.share ?? 0,
            at: people(headroom * users),
            lift: first.limit.lift,
          },
    actAt: first?.limit.actAt,
    headroom,
    carries: headroom >= requiredHeadroom,
    singlePointsOfFailure: singlePointsOfFailure(plant),
    availability: availabilityOf(plant),
    uncounted: uncountedIn(plant),
  };
}

/** Use is a fixed part and a part that grows with the users: two points of the line say where it meets the limit. */
export function useOf(one: ComponentLimit, load: Load, twice: Load, users: number): LimitUse {
  const used = one.used(load);
  const growing = one.used(twice) - used;
  const { name, unit, capacity, source, lift } = one;
  const reach = multipleAt(capacity, used - growing, growing);
  const acting = multipleAt(capacity === undefined ? undefined : capacity * actShare, used - growing, growing);
  const share = capacity === undefined ? undefined : used / capacity;
  const grows = growing > 0 && capacity !== undefined;
  return {
    name,
    unit,
    capacity,
    used,
    share,
    at: grows ? people(reach * users) : undefined,
    actAt: grows ? people(acting * users) : undefined,
    source,
    lift: typeof lift === 'string' ? lift : lift(used * requiredHeadroom),
    reach,
  };
}

/** The multiple of the load that uses this much; infinite where no load does, 0 where the fixed part is too much already. */
function multipleAt(capacity: number | undefined, fixed: number, growing: number): number {
  if (capacity === undefined) return Number.POSITIVE_INFINITY;
  if (fixed > capacity) return 0;
  return growing > 0 ? (capacity - fixed) / growing : Number.POSITIVE_INFINITY;
}

interface Found {
  readonly id: string;
  readonly limit: LimitUse;
}

function firstOf(components: readonly { readonly id: string; readonly limits: readonly LimitUse[] }[]): Found | undefined {
  const all = components.flatMap(({ id, limits }) => limits.map((one) => ({ id, limit: one })));
  return all
    .filter((one) => Number.isFinite(one.limit.reach))
    .reduce<Found | undefined>((least, one) => (least === undefined || one.limit.reach < least.limit.reach ? one : least), undefined);
}

/** Whole people, and no one lost to the last bit of a fraction. */
function people(users: number): number {
  return Math.floor(users * (1 + 1e-12));
}
