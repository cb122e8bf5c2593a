import type { SideName } from '../engine/settings';

/** What leads the app to one side. It moves clients, never authority: the fence holds whatever happens here. */
export interface Route {
  /** Holds the app's statements back, so that they wait instead of failing. Says who could not be reached. */
  readonly pause: () => Promise<readonly string[]>;
  /** Leads the app to a side and lets it go on. */
  readonly point: (side: SideName) => Promise<readonly string[]>;
  /** Where the app is led now and unhindered; undefined where it is held back or nobody can say. */
  readonly points: () => Promise<SideName | undefined>;
}

/** Where an app is led. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** None of a cache. */
  readonly database?: string;
}

/** The servers of each side; several are shards. */
export type Ends = Readonly<Record<SideName, readonly Place[]>>;

/** The first server of a side. */
export function firstOf(ends: Ends, side: SideName): Place {
  return ends[side][0] as Place;
}
