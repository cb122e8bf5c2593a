import { Problem, TerraceError } from '../values/errors';
import type { Diagnostic } from './diagnostics';

/** No Terraform or OpenTofu was found. */
export function terraformNotFound(tried: readonly string[]): TerraceError {
  return new TerraceError(
    'TERRAFORM_NOT_FOUND',
    `Terraform was not found: looked for ${tried.join(', then ')} on the PATH.\n` +
      'Install Terraform 1.10 or later (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or later ' +
      '(https://opentofu.org/docs/intro/install), or name the program in TERRAFORM_BINARY_NAME.',
  );
}

/** TERRAFORM_BINARY_NAME names something that cannot be run. */
export function namedBinaryNotFound(name: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_NAMED_BINARY_NOT_FOUND',
    `TERRAFORM_BINARY_NAME is "${name}", and there is no such program on the PATH. Give a program on the PATH or a full path, or unset it: then terraform and tofu are looked for.`,
  );
}

/** The program answered, but not as Terraform or OpenTofu does. */
export function versionUnreadable(path: string, answer: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_VERSION_UNREADABLE',
    `"${path} version" answered ${JSON.stringify(answer.slice(0, 200))}, which is neither Terraform nor OpenTofu. Check TERRAFORM_BINARY_NAME and the PATH.`,
  );
}

/** Older than what the synthesized configuration needs. */
export function terraformTooOld(path: string, found: string, needed: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_TOO_OLD',
    `${path} is ${found}; ${needed} or later is needed (state locks without a second service came with 1.10). Upgrade it, or name a newer one in TERRAFORM_BINARY_NAME.`,
  );
}

/** Terraform ran and refused or failed; its reasons are the problems. */
export function terraformFailed(step: string, diagnostics: readonly Diagnostic[], rest: string): TerraceError {
  const errors = diagnostics.filter((each) => each.severity === 'error');
  if (errors.length === 0)
    return new TerraceError('TERRAFORM_FAILED', `terraform ${step} failed without a reason it could name.${quoted(rest)}`);
  return new TerraceError('TERRAFORM_FAILED', `terraform ${step} failed:`, errors.map(asProblem));
}

/** Terraform was interrupted on our request and has ended in order. */
export function terraformInterrupted(step: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_INTERRUPTED',
    step === 'apply'
      ? 'Interrupted. Terraform has ended in order: what it had begun is in the state, the rest was not started. Run the same command again to continue.'
      : `Interrupted during terraform ${step}. Nothing was changed.`,
  );
}

/** Terraform was ended from outside, so that it could not finish in order. */
export function terraformKilled(step: string, signal: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_KILLED',
    `terraform ${step} was ended by ${signal} and could not finish in order. What it was creating may exist without being in the state: compare with the provider's control panel before the next run.`,
  );
}

/** The state could not be written to its backend: losing the file would lose what was created. */
export function stateNotSaved(path: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_STATE_NOT_SAVED',
    `Terraform could not write the state to its backend and left it in ${path}. Nothing may be deployed over it, or what it lists is created twice.\n` +
      `When the backend answers again, run in that folder: terraform state push errored.tfstate, then delete the file.`,
  );
}

/** A stack that has not been synthesized, or was synthesized elsewhere. */
export function stackMissing(directory: string): TerraceError {
  return new TerraceError(
    'TERRAFORM_STACK_MISSING',
    `${directory} holds no cdk.tf.json. Run "terrace synth" first, in the folder that holds cdktf.json.`,
  );
}

/** A document of Terraform's that is not what its format promises. */
export function documentUnreadable(what: string, detail: string): TerraceError {
  return new TerraceError('TERRAFORM_DOCUMENT_UNREADABLE', `${what} could not be read: ${detail}`);
}

function asProblem(diagnostic: Diagnostic): Problem {
  const message = diagnostic.detail === '' ? diagnostic.summary : `${diagnostic.summary}: ${diagnostic.detail}`;
  const place = diagnostic.address ?? diagnostic.place;
  return { code: 'TERRAFORM_DIAGNOSTIC', message, ...(place === undefined ? {} : { where: place }) };
}

function quoted(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '' : ` It said:\n${trimmed.slice(-2000)}`;
}
