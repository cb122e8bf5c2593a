import { TerraceError } from '../../values/errors';

/** A document that is no JSON, or that was cut off. */
export function jsonBroken(shown: string, what: string, byte: number): TerraceError {
  return new TerraceError(
    'CLI_JSON_BROKEN',
    `${shown} cannot be read as JSON: ${what}, at byte ${byte}. Write it anew with \`terraform show -json\`, and look whether that command succeeded.`,
    [],
    2,
  );
}

/** A document that is nested more deeply than anything that Terraform writes. */
export function jsonTooDeep(shown: string, deepest: number): TerraceError {
  return new TerraceError(
    'CLI_JSON_TOO_DEEP',
    `${shown} is nested deeper than ${deepest} levels, which nothing that Terraform writes is. Nothing of it was read.`,
    [],
    2,
  );
}

/** A file that is not there or may not be read. */
export function inputUnreadable(shown: string, why: string): TerraceError {
  return new TerraceError('CLI_INPUT_UNREADABLE', `${shown} cannot be read: ${why}`, [], 2);
}

/** A file that holds something else than was asked for. */
export function inputOfOtherKind(shown: string, what: string, remedy: string): TerraceError {
  return new TerraceError('CLI_INPUT_OF_OTHER_KIND', `${shown} is ${what}. ${remedy}`, [], 2);
}

/** A folder without a synthesized stack, or with several of which none was chosen. */
export function stackNotFound(shown: string, found: readonly string[]): TerraceError {
  const several = `${shown} holds several stacks. Name one: ${found.join(', ')}.`;
  return new TerraceError(
    'CLI_STACK_NOT_FOUND',
    found.length === 0
      ? `${shown} holds no cdk.tf.json. Name a folder that does, or the file; \`terrace synth\` and \`cdktf synth\` write cdktf.out/stacks/<stack>/cdk.tf.json.`
      : several,
    [],
    2,
  );
}

/** Two inputs, or one that does not go with another option. */
export function inputsContradict(given: readonly string[], why: string): TerraceError {
  return new TerraceError('CLI_INPUTS_CONTRADICT', `${given.join(' and ')} cannot be given together: ${why}`, [], 2);
}

/** An option with a word that it does not allow. */
export function choiceUnknown(option: string, given: string, allowed: readonly string[], near: string | undefined): TerraceError {
  return new TerraceError(
    'CLI_CHOICE_UNKNOWN',
    `--${option} is "${given}". Allowed: ${allowed.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    [],
    2,
  );
}
