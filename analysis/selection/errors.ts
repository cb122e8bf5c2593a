import { type Problem, TerraceError } from '../../values/errors';

/** A request that cannot be answered: everything that is wrong with it. */
export function requestNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('SELECTION_REQUEST_NOT_VALID', 'The question cannot be answered:', problems, 2);
}
