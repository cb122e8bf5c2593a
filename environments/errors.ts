import { type Problem, TerraceError } from '../values/errors';
import { nearest } from '../values/nearest';
import { quote } from './finding';

/** An environment file that cannot be used: everything that is wrong with it, each with its place. */
export function invalidEnvironment(file: string, problems: readonly Problem[]): TerraceError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new TerraceError('ENVIRONMENT_INVALID', `The environment file ${file} has ${count}. Nothing was written.`, problems, 2);
}

/** No environment of this name, or no file at this path. */
export function environmentNotFound(reference: string, looked: readonly string[], known: readonly string[]): TerraceError {
  const near = nearest(reference, known);
  const cure = near === undefined ? '' : ` Did you mean ${near}?`;
  const list =
    known.length === 0
      ? 'There is no environment file here; is this the folder of the project?'
      : `Known: ${known.slice(0, 20).join(', ')}.${cure}`;
  return new TerraceError(
    'ENVIRONMENT_NOT_FOUND',
    `There is no environment ${quote(reference)}: looked for ${looked.join(' and ')}. ${list}`,
    [],
    2,
  );
}

/** A reference that is neither a name nor a path. */
export function wrongReference(reference: string): TerraceError {
  const given = reference === '' ? 'empty, perhaps because TERRACE_ENVIRONMENT is set to nothing' : quote(reference);
  const message = `The environment's name is ${given}. Allowed: the name of a file in environments/ without .yaml, or a path that ends in .yaml or .yml. Unset TERRACE_ENVIRONMENT for production.`;
  return new TerraceError('ENVIRONMENT_WRONG_REFERENCE', message, [], 2);
}

/** A file that is there but whose text cannot be had. */
export function unreadableEnvironment(file: string, reason: string): TerraceError {
  return new TerraceError('ENVIRONMENT_UNREADABLE', `The environment file ${file} cannot be read: ${reason}`, [], 2);
}
