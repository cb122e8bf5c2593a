import type { CdkTfJson } from '../../analysis/graph';
import type { PromotionPhase } from '../../tiers/phase';
import type { Tier } from '../../tiers/tier';
import type { Lock } from '../locks';
import { hasPods } from '../workloads/sites';

/**
 * Why what runs in clusters must not be deployed while an environment goes to the same tier on another platform: one stack of that
 * name cannot be the layer of both. Undefined for every other pair, whose layers each belong to a tier and a generation of clusters.
 */
export function layerLock(
  { from, to }: { readonly from: Tier; readonly to: Tier },
  phase: PromotionPhase,
  environment: string,
): Lock | undefined {
  return from.id === to.id && hasPods(from)
    ? {
        environment,
        recorded: from.id,
        tier: from.id,
        promotingTo: to.id,
        reason: `Environment ${environment} is being promoted from ${from.id} to ${to.id}, in phase ${phase}: both sides have a layer of this name. It is not deployed until the promotion is over, and stays as it is.`,
      }
    : undefined;
}

/** A layer of which everything goes: what still says how its state and its clusters are reached. */
export function emptied({ resource: _resource, locals: _locals, output: _output, ...rest }: CdkTfJson): CdkTfJson {
  return rest;
}
