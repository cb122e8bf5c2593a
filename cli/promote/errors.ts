import { TerraceError } from '../../values/errors';

/** A promotion begins with a tier to go to. */
export function targetMissing(environment: string): TerraceError {
  return new TerraceError('CLI_PROMOTION_TARGET', `${environment} is not being promoted yet. Say where it goes: --to TIER.`, [], 2);
}

/** Where deploys read the file is a branch of a remote. */
export function sourceWrong(given: string): TerraceError {
  return new TerraceError('CLI_PROMOTION_SOURCE', `--source is "${given}". Allowed: a remote and a branch, such as origin:main.`, [], 2);
}

/** A move between two servers of a file has nothing to do with an environment. */
export function settingsAlone(settings: string, also: readonly string[]): TerraceError {
  return new TerraceError(
    'CLI_PROMOTION_SETTINGS',
    `--settings ${settings} names the servers of one move, and ${also.join(', ')} ${also.length === 1 ? 'is' : 'are'} of an environment. Give the one or the other.`,
    [],
    2,
  );
}

/** Where nobody can be asked before an apply. */
export function nobodyToApprove(environment: string, typed: string): TerraceError {
  return new TerraceError(
    'CLI_NOT_CONFIRMED',
    `Nothing more was changed: the next step of ${environment} is an apply, and this is not a terminal, so nobody can confirm it. To go on without being asked, pass --auto-approve:\n  ${typed} --auto-approve`,
  );
}

/** An error on its way from one process to another. */
export type Failure = Pick<TerraceError, 'code' | 'message' | 'problems' | 'exitCode'>;

/** What another process of ours has refused, said as it said it. */
export function refusedThere({ code, message, problems, exitCode }: Failure): TerraceError {
  return new TerraceError(code, message, problems, exitCode);
}
