import { TerraceError } from '../values/errors';

export function unknownTier(given: string, allowed: readonly string[], closest: string | undefined): TerraceError {
  const hint = closest === undefined ? '' : ` Did you mean "${closest}"?`;
  return new TerraceError('TIER_UNKNOWN', `There is no tier "${given}". Tiers: ${allowed.join(', ')}.${hint}`, [], 2);
}
