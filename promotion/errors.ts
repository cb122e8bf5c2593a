import { type Problem, TerraceError } from '../values/errors';

/** A plan does more than its phase names. Nothing was applied. */
export function stoppedByGate(environment: string, phase: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PROMOTION_STOPPED',
    `${environment} was not changed: the plan of phase ${phase} does what that phase does not name.`,
    problems,
  );
}

/** The list of what promotions have left standing is not what it was written as. */
export function retiredUnreadable(file: string): TerraceError {
  return new TerraceError(
    'RETIRED_UNREADABLE',
    `${file} is not the list that a contract or a way back has written. Take it from version control again.`,
  );
}

/** Nothing was deleted, with everything that forbids it. */
export function purgeRefused(environment: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('PURGE_REFUSED', `Nothing of ${environment} was deleted:`, problems, 2);
}

/** Terraform would do something else than delete what is listed. Nothing was deleted. */
export function purgeStopped(environment: string, changes: readonly string[]): TerraceError {
  return new TerraceError(
    'PURGE_STOPPED',
    `Nothing of ${environment} was deleted: Terraform would do something else than delete what is listed:`,
    changes.map((message) => ({ code: 'PURGE_CHANGE', message })),
  );
}
