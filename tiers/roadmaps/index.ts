import { agentSquad } from './agent-squad.generated';
import { chat100k } from './chat-100k.generated';
import { deadlockCoach } from './deadlock-coach.generated';
import { unknownRoadmap } from './errors';
import { globalEnterprise } from './global-enterprise.generated';
import type { Roadmap, StatedTier } from './types';
import { ventureQdrant } from './venture-qdrant.generated';

export type * from './types';
export { componentKinds, conventions, origins, severities, usersBases } from './vocabulary.generated';

/** All known roadmaps, in their order. What they state, not what Terrace deploys. */
export const roadmaps: readonly Roadmap[] = [deadlockCoach, agentSquad, chat100k, ventureQdrant, globalEnterprise];

/**
 * The roadmap with this id.
 * @throws `ROADMAP_UNKNOWN` with the nearest id
 */
export function roadmap(id: string): Roadmap {
  const found = roadmaps.find((each) => each.id === id);
  if (found === undefined)
    throw unknownRoadmap(
      'roadmap',
      id,
      roadmaps.map((each) => each.id),
    );
  return found;
}

/**
 * A tier as a roadmap states it: `statedTier('deadlock-coach', 'tier-3')`.
 * @throws `ROADMAP_UNKNOWN` with the nearest id
 */
export function statedTier(roadmapId: string, tierId: string): StatedTier {
  const { tiers } = roadmap(roadmapId);
  const found = tiers.find((each) => each.id === tierId);
  if (found === undefined)
    throw unknownRoadmap(
      `tier of ${roadmapId}`,
      tierId,
      tiers.map((each) => each.id),
    );
  return found;
}
