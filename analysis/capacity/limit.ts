import type { Measure, Unit } from '../../values/measure';
import type { Load } from './load';

/** Something that a component has so much of, and what a load uses of it. */
export interface ComponentLimit {
  /** What is limited: "vCPU", "connections to the database". */
  readonly name: string;
  readonly unit: Unit;
  /** Undefined where no source says. */
  readonly capacity: number | undefined;
  /** What a load uses: a fixed part, and a part that grows with the users. */
  readonly used: (load: Load) => number;
  /** What capacity and use rest on. */
  readonly source: string;
  /** What would lift it, so that there is as much as is needed. */
  readonly lift: Lift;
}

/** The same for every load, or by what the load needs of it with the headroom that there must be, in the unit of the limit. */
type Lift = string | ((needed: number) => string);

interface LimitParts<U extends Unit> {
  readonly name: string;
  readonly capacity: Measure<U> | undefined;
  readonly used: (load: Load) => Measure<NoInfer<U>>;
  readonly source: string;
  readonly lift: Lift;
}

/** A limit whose capacity and use have one unit, which the compiler checks. */
export function limit<U extends Unit>(unit: U, { name, capacity, used, source, lift }: LimitParts<U>): ComponentLimit {
  return { name, unit, capacity: capacity?.value, used: (load) => used(load).value, source, lift };
}
