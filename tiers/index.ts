import { nearest } from '../values/nearest';
import { tier1 } from './deadlock-coach/tier1';
import { tier2 } from './deadlock-coach/tier2';
import { tier3 } from './deadlock-coach/tier3';
import { tier4 } from './deadlock-coach/tier4';
import { tier5 } from './deadlock-coach/tier5';
import { tier6 } from './deadlock-coach/tier6';
import { unknownTier } from './errors';
import type { Tier } from './tier';

/** The default ladder, lowest tier first. */
export const ladder: readonly Tier[] = [tier1, tier2, tier3, tier4, tier5, tier6];

/**
 * The tier of this name.
 * @throws `TIER_UNKNOWN`, with the nearest name
 */
export function tier(id: string): Tier {
  const found = ladder.find((each) => each.id === id);
  if (found === undefined)
    throw unknownTier(
      id,
      ladder.map((each) => each.id),
      nearest(
        id,
        ladder.map((each) => each.id),
      ),
    );
  return found;
}
