import type { Problem } from '../../values/errors';
import { TerraceError } from '../../values/errors';

/** Usage figures that cannot be billed, all of them together. */
export function usageNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('PRICING_USAGE_NOT_VALID', 'The usage figures cannot be billed:', problems, 2);
}

/** A mapping that names a pool which no list has: a mistake in the release, not in the input. */
export function unknownPool(pool: string, address: string): TerraceError {
  return new TerraceError('PRICING_UNKNOWN_POOL', `The mapping of ${address} shares in the pool "${pool}", which is not in the list of pools.`);
}
