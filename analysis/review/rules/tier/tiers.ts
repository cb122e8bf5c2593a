import { ladder } from '../../../../tiers';
import type { Breach, RuleInput } from '../../types';

/** Position of a tier on the ladder: 1 for the lowest. */
export function order(tier: string): number {
  return ladder.findIndex(({ id }) => id === tier) + 1;
}

/** A check that begins with a tier. Terraform that is not ours is at no tier. */
export function fromTier(first: number, check: (input: RuleInput) => readonly Breach[]): (input: RuleInput) => readonly Breach[] {
  return (input) => (input.context !== undefined && order(input.context.tier) >= first ? check(input) : []);
}
