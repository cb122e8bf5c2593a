import { type Problem, TerraceError } from '../../values/errors';

/** The settings of a drill cannot be read. */
export function drillSettingsWrong(file: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('DRILL_SETTINGS', `${file} is not what a drill needs:`, problems, 2);
}

/** Something that a drill needs is not there. Nothing was touched. */
export function drillBlocked(problems: readonly Problem[]): TerraceError {
  return new TerraceError('DRILL_BLOCKED', 'Nothing was restored:', problems, 2);
}

/** The restored server does not answer. */
export function restoreFailed(what: string): TerraceError {
  return new TerraceError('DRILL_RESTORE', `The backup could not be restored: ${what} The database itself was not touched.`);
}
