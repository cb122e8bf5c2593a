import { TerraceError } from '../../values/errors';

/** Nothing to review was named. */
export function nothingToReview(): TerraceError {
  return new TerraceError(
    'REVIEW_NO_INPUT',
    'Nothing to review was named. Give --base and --head, two folders of synthesized stacks; or --plan, what `terraform show -json PLANFILE` prints; or all three.',
    [],
    1,
  );
}

/** Only one side of a comparison. */
export function oneSideOnly(given: string, missing: string): TerraceError {
  return new TerraceError(
    'REVIEW_ONE_SIDE',
    `${given} was given without ${missing}. Two folders are compared: give both, or a plan as --plan.`,
    [],
    1,
  );
}

/** A folder without any stack. */
export function noStacks(shown: string): TerraceError {
  return new TerraceError(
    'REVIEW_NO_STACKS',
    `${shown} holds no stack. A stack is a folder with a cdk.tf.json or other *.tf.json files, such as cdktf.out/stacks/tier3; give that folder, the one above it, or cdktf.out.`,
    [],
    1,
  );
}

/** A folder of Terraform in its own syntax, which this does not read. */
export function onlyHcl(shown: string): TerraceError {
  return new TerraceError(
    'REVIEW_HCL',
    `${shown} holds Terraform in HCL, which is not read here. Give its plan instead: terraform show -json PLANFILE > plan.json, and --plan plan.json.`,
    [],
    1,
  );
}

/** A document that was given as a plan and is none. */
export function notAPlan(shown: string, what: string): TerraceError {
  return new TerraceError(
    'REVIEW_NOT_A_PLAN',
    `${shown} is ${what}, not a plan. Give the output of \`terraform show -json PLANFILE\`.`,
    [],
    1,
  );
}

/** A plan file that is not there. */
export function planGone(plan: string): TerraceError {
  return new TerraceError('REVIEW_PLAN_MISSING', `There is no plan ${plan}. Make one and review it: terrace review --save ${plan}.`, [], 1);
}

/** A plan that nobody reviewed. */
export function recordMissing(plan: string): TerraceError {
  return new TerraceError(
    'REVIEW_RECORD_MISSING',
    `${plan} was not reviewed: ${plan}.review.json is not beside it. Only what was reviewed is applied: terrace review --save ${plan}.`,
    [],
    1,
  );
}

/** What was kept beside a plan cannot be read. */
export function recordUnreadable(plan: string): TerraceError {
  return new TerraceError(
    'REVIEW_RECORD_UNREADABLE',
    `${plan}.review.json is not what \`terrace review --save\` writes. Nothing was applied. Review again.`,
    [],
    1,
  );
}

/** Another plan than the one that was reviewed. */
export function planChanged(plan: string): TerraceError {
  return new TerraceError(
    'REVIEW_PLAN_CHANGED',
    `${plan} is not the plan that was reviewed: its digest differs. Nothing was applied. Review it: terrace review --save ${plan}.`,
    [],
    1,
  );
}

/** The state was written since the review. */
export function stateChanged(plan: string, then: string, now: string): TerraceError {
  return new TerraceError(
    'REVIEW_STATE_CHANGED',
    `The state has changed since ${plan} was reviewed (${then} then, ${now} now), so that the plan may do something else. Nothing was applied. Review anew.`,
    [],
    1,
  );
}

/** A plan that the review called dangerous. */
export function planDangerous(plan: string): TerraceError {
  return new TerraceError(
    'REVIEW_PLAN_DANGEROUS',
    `The review called ${plan} dangerous. Nothing was applied. Waive what is meant, in code, and review again; or give --dangerous to apply it all the same.`,
    [],
    1,
  );
}

/** --save with inputs that it does not go with. */
export function saveNeedsEnvironment(given: readonly string[]): TerraceError {
  return new TerraceError(
    'REVIEW_SAVE_INPUT',
    `--save plans the environment itself, so that ${given.join(' and ')} cannot be given with it. --base may be.`,
    [],
    1,
  );
}

/** A tier without --save. */
export function tierWithoutSave(tier: string): TerraceError {
  return new TerraceError(
    'REVIEW_TIER_WITHOUT_SAVE',
    `${tier} was named without --save. Folders are given as --base and --head, a plan as --plan; a tier is planned with --save FILE.`,
    [],
    1,
  );
}
