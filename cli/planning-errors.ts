import { TerraceError } from '../values/errors';

/** An option that must be a number. */
export function wrongNumber(option: string, given: string): TerraceError {
  return new TerraceError('CLI_NOT_A_NUMBER', `--${option} is "${given}". Allowed: a number, like 1000 or 0.1.`, [], 2);
}

/** An option that must be a day. */
export function wrongDate(option: string, given: string): TerraceError {
  return new TerraceError('CLI_NOT_A_DATE', `--${option} is "${given}". Allowed: a day as YYYY-MM-DD.`, [], 2);
}

/** A growth that no load has. */
export function wrongGrowth(given: number): TerraceError {
  return new TerraceError('CLI_GROWTH', `--growth is ${given}. Allowed: a number from -0.9 to 10; 0.1 is a tenth more each month.`, [], 2);
}

/** A file that a command was given and that cannot be read. */
export function unreadableFile(option: string, file: string, reason: string): TerraceError {
  return new TerraceError('CLI_FILE_UNREADABLE', `--${option} ${file} cannot be read: ${reason}. Give an existing file of at most 16 MiB.`, [], 2);
}
