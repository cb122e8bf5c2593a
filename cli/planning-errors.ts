import { counted } from '../values/counted';
import { TerraceError } from '../values/errors';

/** More than one thing is wrong: a line for each. What one error found stays together. */
export function severalWrong(errors: readonly TerraceError[]): TerraceError {
  const problems = errors.flatMap(({ code, message, problems: found }) => (found.length === 0 ? [{ code, message }] : found));
  return new TerraceError('CLI_OPTIONS_NOT_VALID', 'The options cannot be used:', problems, 2);
}

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
  return new TerraceError(
    'CLI_FILE_UNREADABLE',
    `--${option} ${file} cannot be read: ${reason}. Give an existing file of at most 16 MiB.`,
    [],
    2,
  );
}

/** A constant that is not given as name=value. */
export function wrongSetting(given: string): TerraceError {
  return new TerraceError(
    'CLI_SETTING',
    `--set is "${given}". Allowed: a constant of the load model and its value, like requestsPerUser=250.`,
    [],
    2,
  );
}

/** A change of the tier that would not move what is there. */
export function alreadyDeployed(environment: string, tier: string, resources: number): TerraceError {
  const message = `${environment} is deployed at ${tier}: its state holds ${counted(resources, 'resource')}. Nothing was written. The tier of a deployed environment changes by promotion, which moves its data: terrace promote.`;
  return new TerraceError('CLI_ALREADY_DEPLOYED', message);
}

/** Nothing to write, because nothing fits. */
export function nothingToWrite(): TerraceError {
  return new TerraceError('CLI_NOTHING_TO_WRITE', 'Nothing was written: no tier fits.');
}

/** A selection that is of another load than the environment's cannot be written into it. */
export function writeOtherLoad(): TerraceError {
  return new TerraceError(
    'CLI_WRITE_OTHER_LOAD',
    '--write takes the load of the environment file, not of --users, --basis, --roadmap or --set: change load.dailyUsers in the file, and select again.',
    [],
    2,
  );
}

/** A tier that stands on another platform than the environment. */
export function writeOtherPlatform(environment: string, given: string, found: string): TerraceError {
  return new TerraceError(
    'CLI_WRITE_OTHER_PLATFORM',
    `${environment} stands on ${given}, and the tier that fits on ${found}. Nothing was written. Select with --platform ${given}.`,
    [],
    2,
  );
}

/** What `terrace init` was not told, and could not ask. */
export function initMissing(missing: readonly { readonly option: string; readonly what: string }[]): TerraceError {
  return new TerraceError(
    'CLI_INIT_MISSING',
    'Nothing was written: this is not a terminal, so nobody can be asked. Give these options:',
    missing.map(({ option, what }) => ({ code: 'CLI_INIT_OPTION', where: `--${option}`, message: what })),
    2,
  );
}

/** An environment file that is there already. */
export function initExists(file: string): TerraceError {
  return new TerraceError(
    'CLI_INIT_EXISTS',
    `${file} is there already and is never overwritten. Give another --name, or remove the file first.`,
    [],
    2,
  );
}

/** Answers that make no valid environment file. */
export function initNotValid(file: string, problems: readonly { readonly code: string; readonly message: string }[]): TerraceError {
  return new TerraceError('CLI_INIT_NOT_VALID', `${file} was not written, because it would not be valid:`, problems, 2);
}

/** A place for the state that is none. */
export function initState(given: string): TerraceError {
  return new TerraceError('CLI_INIT_STATE', `--state is "${given}". Allowed: local, spaces:BUCKET, or s3:BUCKET:REGION.`, [], 2);
}

/** No tier carries the load of a new environment. */
export function initNothingFits(reasons: readonly string[]): TerraceError {
  return new TerraceError(
    'CLI_INIT_NOTHING_FITS',
    'Nothing was written: no tier that is built fits.',
    reasons.map((message) => ({ code: 'CLI_INIT_REJECTED', message })),
  );
}

/** A file that should be YAML. */
export function notYaml(option: string, reason: string): TerraceError {
  return new TerraceError('CLI_FILE_NOT_YAML', `--${option} names a file that is no YAML: ${reason.split('\n')[0] ?? ''}`, [], 2);
}
