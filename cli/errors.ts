import { TerraceError } from '../values/errors';
import { nearest } from '../values/nearest';
import type { Typed } from './typed';

/** A tier that no stack was synthesized for. */
export function tierNotSynthesized(given: string, built: readonly string[], warnings: readonly string[]): TerraceError {
  const why = warnings.filter((warning) => warning.includes(given));
  const near = why.length > 0 ? undefined : nearest(given, built);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new TerraceError(
    'CLI_TIER_UNKNOWN',
    `There is no stack for "${given}". Tiers that can be built for this environment: ${built.join(', ')}.${hint}`,
    why.map((message) => ({ code: 'CLI_TIER_NOT_BUILT', message })),
    2,
  );
}

/** Nobody is there to confirm. */
export function nobodyToConfirm(command: 'deploy' | 'destroy', tier: string, typed: Typed): TerraceError {
  return new TerraceError(
    'CLI_NOT_CONFIRMED',
    `Nothing was changed: this is not a terminal, so nobody can confirm. To ${command === 'deploy' ? 'apply' : 'destroy'} without asking, pass --auto-approve:\n` +
      `  ${typed(command, `${tier} --auto-approve`)}` +
      (command === 'deploy'
        ? `\nTo review first and apply exactly what was reviewed:\n  ${typed('diff', `${tier} --out ${tier}.tfplan`)}\n  ${typed('deploy', `${tier} --plan ${tier}.tfplan --auto-approve`)}`
        : ''),
  );
}

/** A person said no. */
export function notConfirmed(): TerraceError {
  return new TerraceError('CLI_NOT_CONFIRMED', 'Not confirmed. Nothing was changed.');
}

/** Terraform refused, and we know what that means here. */
export function refused(cause: TerraceError, explanation: readonly string[]): TerraceError {
  return new TerraceError('CLI_REFUSED', [...explanation, '', cause.message].join('\n'), cause.problems, 1);
}

/** Clusters would go with a region that is left, before what the state of another layer has in them. */
export function regionStillFilled(
  { environment, file, deploy }: { readonly environment: string; readonly file: string; readonly deploy: string },
  region: string,
  there: readonly string[],
): TerraceError {
  const shown = there.slice(0, 3).join(', ');
  return new TerraceError(
    'CLI_REGION_STILL_FILLED',
    `Nothing was changed: ${file} leaves ${region}, where pods of ${environment} still run by the state of what is in its clusters: ${there.length > 3 ? `${shown} and ${there.length - 3} more` : shown}.\n` +
      'Their cluster would go before them, and nothing could take them or their volumes away any more.\n' +
      `Put ${region} back under regions, leave it under leavingRegions too, and deploy every layer, which takes what runs there away: ${deploy}\n` +
      `Then take ${region} out of regions again.`,
  );
}

/** Destroying would stop halfway. */
export function wouldStopHalfway(environment: string, first: string, obstacles: readonly string[]): TerraceError {
  return new TerraceError(
    'CLI_WOULD_STOP_HALFWAY',
    `Nothing was destroyed. ${environment} has given up its protections in the file, but not yet in the state, so that the provider would refuse these after everything else is gone:`,
    [
      ...obstacles.map((message) => ({ code: 'CLI_NOT_YET_OPEN', message })),
      { code: 'CLI_DEPLOY_FIRST', message: `Deploy once, which applies the change and destroys nothing: ${first}` },
    ],
  );
}

/** A plan file that was made from another configuration than the one that is here now. */
export function planOfAnother(file: string, environment: string, tier: string, typed: Typed): TerraceError {
  return new TerraceError(
    'CLI_PLAN_OF_ANOTHER',
    `Nothing was changed: ${file} was not made from what ${environment} at ${tier} is here and now, but from another environment, another tier or another commit. Make it anew:\n  ${typed('diff', `${tier} --out ${file}`)}`,
    [],
    2,
  );
}

/** Somebody synthesized another environment, or another commit, into the same folder meanwhile. */
export function stackOverwritten(environment: string, tier: string): TerraceError {
  return new TerraceError(
    'CLI_STACK_OVERWRITTEN',
    `Nothing was changed: while ${environment} was being planned, another command synthesized over the stack ${tier}, so that the plan is not of ${environment} as this command read it. ` +
      'Run one command at a time in a checkout, or give each a checkout of its own; then run this again.',
  );
}

/** A plan file that is not there. */
export function planMissing(file: string): TerraceError {
  return new TerraceError('CLI_PLAN_MISSING', `There is no plan file ${file}. Make one: terrace diff TIER --out ${file}`, [], 2);
}

/** Something that the sandbox does not do. */
export function sandboxActionUnknown(given: string, known: readonly string[]): TerraceError {
  const near = nearest(given, known);
  return new TerraceError(
    'CLI_SANDBOX_ACTION',
    `"terrace sandbox" does ${known.join(', ')}, not "${given}".${near === undefined ? '' : ` Did you mean ${near}?`}`,
    [],
    2,
  );
}

/** Plain Terraform on the stand-in would write into the real state. */
export function sandboxWithRealState(environment: string, backend: string): TerraceError {
  return new TerraceError(
    'CLI_SANDBOX_REAL_STATE',
    `The state of ${environment} is kept in ${backend}. With the stand-in as provider, plain terraform and cdktf would find everything gone and write that into it. ` +
      `Use "terrace sandbox apply", which keeps a state of its own, or an environment with local state that is disposable, such as those in environments/examples/.`,
    [],
    2,
  );
}
