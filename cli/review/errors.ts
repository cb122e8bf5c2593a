import { TerraceError } from '../../values/errors';

/** Nothing to review was named. */
export function nothingToReview(): TerraceError {
  return new TerraceError('REVIEW_NO_INPUT', 'Nothing to review was named. Give --base and --head, two folders of synthesized stacks; or --plan, what `terraform show -json PLANFILE` prints; or all three.', [], 1);
}

/** Only one side of a comparison. */
export function oneSideOnly(given: string, missing: string): TerraceError {
  return new TerraceError('REVIEW_ONE_SIDE', `${given} was given without ${missing}. Two folders are compared: give both, or a plan as --plan.`, [], 1);
}

/** A folder without any stack. */
export function noStacks(shown: string): TerraceError {
  return new TerraceError('REVIEW_NO_STACKS', `${shown} holds no stack. A stack is a folder with a cdk.tf.json or other *.tf.json files, such as cdktf.out/stacks/tier3; give that folder, the one above it, or cdktf.out.`, [], 1);
}

/** A folder of Terraform in its own syntax, which this does not read. */
export function onlyHcl(shown: string): TerraceError {
  return new TerraceError('REVIEW_HCL', `${shown} holds Terraform in HCL, which is not read here. Give its plan instead: terraform show -json PLANFILE > plan.json, and --plan plan.json.`, [], 1);
}

/** A document that was given as a plan and is none. */
export function notAPlan(shown: string, what: string): TerraceError {
  return new TerraceError('REVIEW_NOT_A_PLAN', `${shown} is ${what}, not a plan. Give the output of \`terraform show -json PLANFILE\`.`, [], 1);
}
