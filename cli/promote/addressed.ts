import { TerraceError } from '../../values/errors';

/** A command that the engine names; it knows of no environment and no file. */
const COMMAND = /terrace promote (run|status|pause|rollback|doctor|abandon|contract)(?=$|[.,;)]| \(| --)/gm;

/**
 * What the engine says, with the commands that it names as they have to be typed: without a name they would be of another environment.
 * @param place what comes behind the action: a name, or the file of settings
 */
export function addressed(text: string, place: string): string {
  return text.replaceAll(COMMAND, (command) => `${command} ${place}`);
}

/** The same of everything that an error says. */
export function addressedError(error: unknown, place: string): unknown {
  if (!(error instanceof TerraceError)) return error;
  const problems = error.problems.map((each) => ({ ...each, message: addressed(each.message, place) }));
  return new TerraceError(error.code, addressed(error.message, place), problems, error.exitCode);
}
