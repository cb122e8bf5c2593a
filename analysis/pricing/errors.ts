import type { Problem } from '../../values/errors';
import { TerraceError } from '../../values/errors';

/** Usage figures that cannot be billed, all of them together. */
export function usageNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('PRICING_USAGE_NOT_VALID', 'The usage figures cannot be billed:', problems, 2);
}

/** A mapping that names a pool which no list has: a mistake in the release, not in the input. */
export function unknownPool(pool: string, address: string): TerraceError {
  return new TerraceError(
    'PRICING_UNKNOWN_POOL',
    `The mapping of ${address} shares in the pool "${pool}", which is not in the list of pools.`,
  );
}

/** A usage file that cannot be used: everything that is wrong in it. */
export function usageFileNotValid(shown: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('PRICING_USAGE_FILE_NOT_VALID', `${shown} cannot be used, and nothing was estimated:`, problems, 2);
}

/** A document that should be an estimate, and is not one. */
export function estimateNotValid(shown: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PRICING_ESTIMATE_NOT_VALID',
    `${shown} is no estimate that this release can read. Write it anew: terrace estimate --json`,
    problems,
    2,
  );
}

/** A type whose price does not depend on a size, or that is not known. */
export function explainUnknownType(given: string, known: readonly string[], near: string | undefined): TerraceError {
  return new TerraceError(
    'PRICING_EXPLAIN_UNKNOWN_TYPE',
    `The price of ${given} cannot be explained by a size.${near === undefined ? ` Types that can: ${known.join(', ')}.` : ` Did you mean ${near}?`} To see what a resource of another type costs, estimate a plan that has one.`,
    [],
    2,
  );
}
