import type { PromotionPhase } from '../../tiers/phase';
import type { Tier } from '../../tiers/tier';
import type { Lock } from '../locks';
import { hasPods } from '../workloads/sites';

/**
 * Why what runs in a tier's clusters must not be deployed in a phase; undefined where it may. Its state is one for both tiers, and
 * has no phases of its own.
 *
 * - Only the target has clusters: it is deployed into them from expand on, and stays out of the way back, which deletes them.
 * - Only the present tier has them: it stays as it is until contract, which deletes them.
 * - Both have them: its state could not hold what runs in both.
 */
export function layerLock(
  { from, to }: { readonly from: Tier; readonly to: Tier },
  phase: PromotionPhase,
  environment: string,
  tier: string,
): Lock | undefined {
  const lock = (reason: string): Lock => ({
    environment,
    recorded: from.id,
    tier,
    promotingTo: to.id,
    reason: `Environment ${environment} is being promoted from ${from.id} to ${to.id}, in phase ${phase}: ${reason}`,
  });
  if (hasPods(from) && hasPods(to))
    return lock(
      'both tiers have clusters, and the state of what runs in them can hold only those of one. It is not deployed until the promotion is over, and stays as it is.',
    );
  if (hasPods(from) && phase === 'contract') return lock('its clusters go in this phase, and what runs in them with it.');
  return hasPods(to) && phase === 'rollback'
    ? lock('the clusters that were made for it go in this phase, and what runs in them with it.')
    : undefined;
}
