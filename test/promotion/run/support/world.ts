import { type Ports } from '../../../../promotion/run/drive';
import type { Goal } from '../../../../promotion/next-phase';
import { wayProblems } from '../../../../promotion/next-phase';
import type { Mover, SideName } from '../../../../promotion/types';
import { type Stage, stageOf } from '../../../../stacks/transition';
import type { PromotionPhase } from '../../../../tiers/phase';

/** Everything that outlives a killed run: the file, what runs, and the databases. */
export interface World {
  tier: 'tier1' | 'tier2';
  platform: 'digitalocean' | 'aws';
  promotion: { readonly to: 'tier2'; readonly phase: PromotionPhase } | undefined;
  /** What deploys read; the same as the file unless somebody has to merge. */
  merged: string;
  readonly reviewed: boolean;
  /** Somebody has asked that nothing is cut over. */
  paused: boolean;
  readonly resizes: boolean;
  readonly layered: boolean;
  /** The configuration that runs. */
  runs: Stage | 'tier1' | 'tier2';
  data: { state: string; open: SideName; routed: SideName; verified: boolean } | undefined;
  readonly log: string[];
}

export function world(
  options: { readonly reviewed?: boolean; readonly data?: boolean; readonly resizes?: boolean; readonly layered?: boolean } = {},
): World {
  return {
    tier: 'tier1',
    platform: 'digitalocean',
    promotion: undefined,
    merged: '',
    reviewed: options.reviewed === true,
    paused: false,
    resizes: options.resizes === true,
    layered: options.layered === true,
    runs: 'tier1',
    data: options.data === false ? undefined : { state: 'not begun', open: 'source', routed: 'source', verified: false },
    log: [],
  };
}

export const fileOf = ({ tier, promotion }: World): string => JSON.stringify([tier, promotion]);

/** Somebody reviews and merges. */
export function merge(place: World): void {
  place.merged = fileOf(place);
}

const wanted = ({ tier, promotion }: World): World['runs'] => (promotion === undefined ? tier : stageOf[promotion.phase]);

class Killed extends Error {}

/** Ports on a world that end the process at a point: every act is cut off before it, in its middle or after it. */
export function portsOn(place: World, killAt = Number.POSITIVE_INFINITY): Ports {
  let point = 0;
  const act = (name: string, change: () => void): Promise<void> => {
    if (point++ === killAt) throw new Killed(`before ${name}`);
    change();
    place.log.push(name);
    if (point++ === killAt) throw new Killed(`after ${name}`);
    return Promise.resolve();
  };
  /** As the engine does it: a commit point, what follows it, and the comparison. */
  const change = async (open: SideName): Promise<void> => {
    const { data } = place;
    if (data === undefined) return;
    if (data.open !== open) await act(`open ${open}`, () => Object.assign(data, { state: 'opened', open, verified: false }));
    if (data.state === 'opened') await act(`lead to ${open}`, () => Object.assign(data, { state: 'reversing', routed: open }));
    if (data.state === 'reversing') await act('compare', () => Object.assign(data, { state: 'verified', verified: true }));
  };
  const mover: Mover = {
    id: 'database',
    method: 'logical-replication',
    preflight: () => Promise.resolve([]),
    copy: () => act('copy', () => moves(place, (data) => (data.state = data.state === 'not begun' ? 'indexed' : data.state))),
    catchUp: () => Promise.resolve(),
    cutOver: () => change('target'),
    verify: () => Promise.resolve([]),
    reverse: () => change('source'),
    cleanUp: () => act('clean up', () => moves(place, (data) => Object.assign(data, { state: 'not begun' }))),
    standing: () => Promise.resolve({ ...(place.data as NonNullable<World['data']>), reversible: { yes: true, because: '' } }),
  };
  return {
    read: () =>
      Promise.resolve({
        environment: 'shop',
        tier: place.tier,
        platform: place.platform,
        promotion: place.promotion,
        resizes: place.resizes,
        layered: place.layered,
      }),
    stands: () =>
      Promise.resolve(
        place.reviewed && place.promotion !== undefined ? { stands: place.merged === fileOf(place), where: 'origin main' } : undefined,
      ),
    isDeployed: () =>
      Promise.resolve(
        place.runs === wanted(place) ||
          (place.runs === 'contracted' && place.tier === 'tier2') ||
          (place.runs === 'returned' && place.tier === 'tier1'),
      ),
    deploy: () => act(`deploy ${wanted(place)}`, () => (place.runs = wanted(place))),
    write: (goal) => act(`write ${goal}`, () => write(place, goal)),
    isPaused: () => Promise.resolve(place.paused),
    movers: () => Promise.resolve(place.data === undefined ? [] : [mover]),
    say: () => undefined,
  };
}

function moves(place: World, change: (data: NonNullable<World['data']>) => void): void {
  if (place.data !== undefined) change(place.data);
}

function write(place: World, goal: Goal): void {
  const problems = wayProblems({ name: 'shop', promotion: place.promotion } as never, goal);
  if (problems.length > 0) throw new Error(problems[0]?.message);
  if (goal !== 'done') place.promotion = { to: 'tier2', phase: goal };
  else {
    if (place.promotion?.phase === 'contract') place.tier = 'tier2';
    place.promotion = undefined;
  }
}

export function isKill(error: unknown): boolean {
  return error instanceof Killed;
}
