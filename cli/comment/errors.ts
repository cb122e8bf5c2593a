import { TerraceError, type Problem } from '../../values/errors';

/** The surroundings do not say where to post. */
export function nowhereToPost(problems: readonly Problem[]): TerraceError {
  return new TerraceError('COMMENT_NOWHERE', 'Nothing was posted, because it is not known where or by whom:', problems, 2);
}

/** One fact that is missing or cannot be used. */
export function wrongFact(variable: string, given: string | undefined, allowed: string): Problem {
  return {
    code: 'COMMENT_FACT',
    where: variable,
    message: `${given === undefined || given === '' ? 'it is not set' : `it is "${given}"`}. Allowed: ${allowed}.`,
  };
}

/** The token may not write comments. */
export function mayNotPost(host: string, said: string): TerraceError {
  return new TerraceError(
    'COMMENT_FORBIDDEN',
    `${host} refuses: ${said}. On GitHub the job needs "permissions: pull-requests: write"; the token of a pull request from a fork never has it, and there the page stays in the job's summary. On GitLab give GITLAB_TOKEN the scope api and the role Reporter.`,
  );
}

/** The host answered in a way that more attempts did not mend. */
export function hostFailed(host: string, what: string, why: string): TerraceError {
  return new TerraceError('COMMENT_FAILED', `${host} could not ${what}: ${why}. What was posted before stands as it is.`);
}

/** Neither the page nor its short form was accepted. */
export function tooLongForHost(host: string, length: number): TerraceError {
  return new TerraceError('COMMENT_TOO_LONG', `${host} takes neither the page nor its short form of ${length} characters.`);
}

/** A page that holds nothing. */
export function emptyPage(file: string): TerraceError {
  return new TerraceError(
    'COMMENT_EMPTY',
    `${file} is empty, and an empty page would say that all is well. Give what "terrace review --format markdown" prints.`,
    [],
    2,
  );
}

/** An option of the command that cannot be used. */
export function wrongChoice(option: string, given: string, allowed: string): TerraceError {
  return new TerraceError('COMMENT_OPTION', `--${option} is "${given}". Allowed: ${allowed}.`, [], 2);
}
