import { TerraceError } from '../../values/errors';
import { nearest } from '../../values/nearest';

/** A roadmap or one of its tiers that is not among those known. */
export function unknownRoadmap(kind: string, given: string, allowed: readonly string[]): TerraceError {
  const near = nearest(given, allowed);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return new TerraceError('ROADMAP_UNKNOWN', `There is no ${kind} "${given}". Known: ${allowed.join(', ')}.${hint}`, [], 2);
}
