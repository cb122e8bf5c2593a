import { type Problem, TerraceError } from '../values/errors';

/** A plan does more than its phase names. Nothing was applied. */
export function stoppedByGate(environment: string, phase: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('PROMOTION_STOPPED', `${environment} was not changed: the plan of phase ${phase} does what that phase does not name.`, problems);
}
