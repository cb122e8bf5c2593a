import type { Problem } from '../../values/errors';
import { TerraceError } from '../../values/errors';

/** A load that cannot be: everything that is wrong with it. */
export function loadNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('CAPACITY_LOAD_NOT_VALID', 'The load cannot be computed:', problems, 2);
}

/** A metrics export that cannot be read: everything that is wrong with it. */
export function metricsNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('CAPACITY_METRICS_NOT_VALID', 'The metrics cannot be used:', problems, 2);
}

/** A file of quotas that cannot be used. */
export function quotasNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('CAPACITY_QUOTAS_NOT_VALID', 'The file of quotas cannot be used:', problems, 2);
}

/** A component whose size the catalog does not know: a mistake in the release or a graph of other making. */
export function noSuchMachine(component: string, what: string): TerraceError {
  return new TerraceError('CAPACITY_NO_MACHINE', `${component} has no ${what} in this graph, so what it carries cannot be said.`);
}
