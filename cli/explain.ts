import type { TerraformState } from '../terraform';
import { Problem, TerraceError } from '../values/errors';
import { refused } from './errors';
import type { Typed } from './typed';

/** What is known when Terraform refuses. */
export interface Situation {
  readonly command: 'deploy' | 'destroy' | 'diff';
  readonly environment: string;
  /** The environment file, relative to the folder of `cdktf.json`. */
  readonly file: string;
  readonly typed: Typed;
  /** Tier that the file records. */
  readonly recorded: string;
  /** Tier of the stack that Terraform ran in. */
  readonly tier: string;
  readonly disposable: boolean;
  /** Tier that the environment is being promoted to. */
  readonly promotingTo?: string | undefined;
  /** Tier that the state remembers, where it could be read. */
  readonly remembered?: string | undefined;
}

const RECORDED_TIER = 'terraform_data.recorded_tier';
const RECORDED_GENERATIONS = 'terraform_data.recorded_generations';
const RECORDED_CHANNEL_KEYS = 'terraform_data.recorded_channel_keys';
const RECORDED_REGION = /^terraform_data\.recorded_(?:digitalocean_)?regions\["([^"]+)"\]$/;
const RECORDED_WORKLOADS = /^terraform_data\.recorded_workloads_[a-z0-9_]+\["([^"]+)"\]$/;
const RECORDED_EVENTS = /^terraform_data\.recorded_events\["([^"]+)"\]$/;
const RECORDED_SHARD = /^terraform_data\.recorded_shards\["([^"]+)"\]$/;

/** The tier that a state remembers (lock (b) of the design). */
export function rememberedTier(state: TerraformState): string | undefined {
  const tier = state.resources.find(({ address }) => address === RECORDED_TIER)?.values['triggers_replace'];
  return typeof tier === 'string' ? tier : undefined;
}

type Explanation = (situation: Situation, problems: readonly Problem[]) => string | undefined;

/** Every refusal we know, the most telling first; the first that applies is printed before Terraform's own reason. */
const EXPLANATIONS: readonly Explanation[] = [
  thirdTier,
  otherTier,
  movedByHand,
  generationsByHand,
  keyTooEarly,
  regionTakenOut,
  regionNotEmptied,
  shardTakenOut,
  eventsTakenOut,
  protectedEnvironment,
  protectedResources,
  missingVariable,
  wrongCredentials,
  otherProvider,
  stalePlan,
  lockedState,
];

/**
 * Adds to Terraform's refusal what it means for this environment and what to do instead. Terraform's own reason is kept.
 * Anything we do not know is returned as it is.
 */
export function explain(error: TerraceError, situation: Situation): TerraceError {
  if (error.code !== 'TERRAFORM_FAILED') return error;
  const text = EXPLANATIONS.map((each) => each(situation, error.problems)).find((each) => each !== undefined);
  return text === undefined ? error : refused(error, [text]);
}

/** Lock (c): during a promotion both of its stacks hold the same, and every other one refuses. */
function thirdTier(
  { command, environment, file, typed, recorded, tier, promotingTo }: Situation,
  problems: readonly Problem[],
): string | undefined {
  if (promotingTo === undefined || !problems.some(({ message }) => message.includes(`this stack is ${tier}`))) return undefined;
  return (
    `Nothing was changed: ${environment} is being promoted from ${recorded} to ${promotingTo} (${file}), and you asked to ${command} ${tier}.\n` +
    `Until that is done, both of its stacks hold the same, and every other one refuses.\n` +
    `To work on ${environment}:   ${typed(command, recorded)}\n` +
    `To go on:   terrace promote run ${environment} --to ${promotingTo}\n` +
    `To go back:   terrace promote rollback ${environment}`
  );
}

/** Lock (a): the validation of a variable that every provider block refers to. */
function otherTier({ command, environment, file, typed, recorded, tier }: Situation, problems: readonly Problem[]): string | undefined {
  if (recorded === tier || !problems.some(({ message }) => message.includes(`this stack is ${tier}`))) return undefined;
  return (
    `Nothing was changed: ${environment} is at ${recorded} (${file}), and you asked to ${command} ${tier}.\n` +
    `${command === 'destroy' ? 'Both tiers share one state, so this would have destroyed what runs.' : 'Both tiers share one state, so this would have changed what runs, and could have lost its data.'}\n` +
    `To work on ${environment}:            ${typed(command, recorded)}\n` +
    `To move it to ${tier} with its data:   terrace promote plan ${environment} --to ${tier}`
  );
}

/** Lock (b): the state remembers another tier than the file says. */
function movedByHand(
  { command, environment, file, tier, remembered, promotingTo }: Situation,
  problems: readonly Problem[],
): string | undefined {
  if (remembered === undefined || remembered === tier || promotingTo === tier || !refusesToDestroy(problems)) return undefined;
  return (
    `Nothing was changed: ${file} says that ${environment} is at ${tier}, but its state remembers ${remembered} (${RECORDED_TIER}).\n` +
    `A tier is not changed by editing the file: ${command === 'destroy' ? 'what would be destroyed is' : 'Terraform would replace or destroy'} what runs at ${remembered}.\n` +
    `Put "tier: ${remembered}" back into ${file}. To move it with its data:  terrace promote plan ${environment} --to ${tier}`
  );
}

/** The state remembers other generations than the file says. A destroy replaces nothing, so there the next explanation holds. */
function generationsByHand({ command, environment, file }: Situation, problems: readonly Problem[]): string | undefined {
  if (command === 'destroy' || !problems.some(({ where }) => where === RECORDED_GENERATIONS)) return undefined;
  return (
    `Nothing was changed: ${file} gives ${environment} other generations than its state remembers (${RECORDED_GENERATIONS}).\n` +
    `A generation is written by promotion only: by hand it would destroy what runs, with its data, and make an empty one.\n` +
    `Put "generations" in ${file} back as it was.`
  );
}

/** Names that a record holds and the file does not have any more, in their order: Terraform has none. */
function takenOut(pattern: RegExp, problems: readonly Problem[]): readonly string[] {
  return [...new Set(problems.flatMap((problem) => pattern.exec(refusedAddress(problem))?.[1] ?? []))].sort();
}

/** Of an instance that is not configured any more Terraform names the address in its text alone, and the block's place in the file. */
function refusedAddress({ where = '', message }: Problem): string {
  return /^Instance cannot be destroyed: Resource (.+) has lifecycle\.prevent_destroy set/.exec(message)?.[1] ?? where;
}

/** A region would go with everything in it; on AWS Terraform cannot even ask what is there, because its provider configuration went with its name. */
function regionTakenOut({ command, environment, file }: Situation, problems: readonly Problem[]): string | undefined {
  const orphaned = orphanedRegions(problems);
  const regions = [...new Set([...takenOut(RECORDED_REGION, problems), ...orphaned])];
  if (regions.length === 0 || (command === 'destroy' && orphaned.length === 0)) return undefined;
  const names = regions.join(', ');
  const left = `${file} does not name ${names} any more, where ${environment} stands by its state.\n`;
  if (command === 'destroy') return `Nothing was destroyed: ${left}Put ${names} back under regions, and destroy it with the rest.`;
  return (
    `Nothing was changed: ${left}` +
    `Everything there would be destroyed, copies of the data among it.\n` +
    `To stay: put ${names} back under regions. To leave: put ${names} back as well, write "leavingRegions: [${names}]" beside it, and deploy; then take ${names} out of regions, and keep the other line.`
  );
}

/** A region goes by two deploys: pods and volumes can go only while their cluster stands. */
function regionNotEmptied({ command, environment, file }: Situation, problems: readonly Problem[]): string | undefined {
  const regions = takenOut(RECORDED_WORKLOADS, problems);
  if (regions.length === 0) return undefined;
  const names = regions.join(', ');
  const left = `${file} leaves ${names}, where pods of ${environment} still run by its state.\n`;
  if (command === 'destroy') return `Nothing was destroyed: ${left}Put ${names} back under regions, and destroy it with the rest.`;
  return (
    `Nothing was changed: ${left}` +
    `Their clusters would go before them, and nothing could take them or their volumes away any more.\n` +
    `Put ${names} back under regions, leave it under leavingRegions too, and deploy: that takes what runs there away. Then take ${names} out of regions again.`
  );
}

/** Regions whose resources are in the state and whose provider configuration, AWS's or a cluster's, is not in the file any more. */
function orphanedRegions(problems: readonly Problem[]): readonly string[] {
  const needed = /hashicorp\/(?:aws|kubernetes|helm)"\]\.([a-z][a-z_-]*\d+)\s+is\s+required/;
  return problems.flatMap(({ message }) => needed.exec(message)?.[1]?.replaceAll('_', '-') ?? []);
}

/** A shard would go with its rows. */
function shardTakenOut({ command, environment, file }: Situation, problems: readonly Problem[]): string | undefined {
  const shards = takenOut(RECORDED_SHARD, problems);
  if (command === 'destroy' || shards.length === 0) return undefined;
  return (
    `Nothing was changed: database.shards in ${file} does not name ${shards.join(', ')}, which ${environment} has by its state.\n` +
    `${shards.length === 1 ? 'It' : 'They'} would be destroyed with all rows in ${shards.length === 1 ? 'it' : 'them'}. Shards come and never go: put ${shards.join(', ')} back.`
  );
}

/** Brokers or a topic would go with what is in them. */
function eventsTakenOut({ command, environment, file, tier }: Situation, problems: readonly Problem[]): string | undefined {
  const names = takenOut(RECORDED_EVENTS, problems);
  if (command === 'destroy' || names.length === 0) return undefined;
  const forget = names.map((name) => `  terraform -chdir=cdktf.out/stacks/${tier} state rm 'terraform_data.recorded_events["${name}"]'`);
  return (
    `Nothing was changed: events in ${file} does not name ${names.join(', ')} any more, which ${environment} has by its state.\n` +
    `What is taken out is destroyed with every event in it, and there are no backups. Put it back; or, where nobody needs the events, let the state forget it first:\n` +
    forget.join('\n')
  );
}

/** A key of the channel would go while servers may still read with it. */
function keyTooEarly({ command, environment, file, typed }: Situation, problems: readonly Problem[]): string | undefined {
  if (command === 'destroy' || !problems.some(({ where }) => where === RECORDED_CHANNEL_KEYS)) return undefined;
  return (
    `Nothing was changed: channelKeys in ${file} retires a key that servers of ${environment} may still read with.\n` +
    `A server whose key is gone gets no release, no secret and no admin key any more. Keep both keys, ask every server, and let what they answered decide:\n` +
    `  ssh root@SERVER terrace-status --json > SERVER.json     once for each server\n` +
    `  ${typed('acknowledge', '--write *.json').padEnd(54)}  retires the old key when all of them read with the new one`
  );
}

function protectedEnvironment(
  { command, environment, file, typed, tier, disposable }: Situation,
  problems: readonly Problem[],
): string | undefined {
  if (command !== 'destroy' || disposable || !refusesToDestroy(problems)) return undefined;
  return (
    `Nothing was destroyed: ${environment} is not disposable, so what holds its data refuses to be destroyed.\n` +
    `If it really is to go, with all its data: write "disposable: ${environment}" into ${file}, then\n` +
    `  ${typed('deploy', tier)}    gives up the protections, and destroys nothing\n` +
    `  ${typed('destroy', tier)}`
  );
}

function protectedResources({ command, environment }: Situation, problems: readonly Problem[]): string | undefined {
  if (command === 'destroy' || !refusesToDestroy(problems)) return undefined;
  return `Nothing was changed: the plan would destroy or replace something that holds data of ${environment}. Undo the change that asks for it; what may be changed in place is in docs/.`;
}

function missingVariable(_: Situation, problems: readonly Problem[]): string | undefined {
  const names = problems.flatMap(({ message }) => /^No value for required variable: .*?variable "([^"]+)"/s.exec(message)?.[1] ?? []);
  if (names.length === 0) return undefined;
  const exports = names.map((name) => `  export TF_VAR_${name}=...`).join('\n');
  return `Nothing was changed: ${names.length === 1 ? 'a secret is' : 'secrets are'} missing. Secrets are never in a file; give them in the environment of this command:\n${exports}`;
}

function wrongCredentials(_: Situation, problems: readonly Problem[]): string | undefined {
  const refusal = /Unable to authenticate|401 .*authenticate|No valid credential sources|InvalidAccessKeyId|must provide a token/i;
  if (!problems.some(({ message }) => refusal.test(message))) return undefined;
  return 'The provider or the state backend refused the credentials. DigitalOcean: DIGITALOCEAN_TOKEN, and SPACES_ACCESS_KEY_ID with SPACES_SECRET_ACCESS_KEY for buckets. State in S3 or Spaces: AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY.';
}

function otherProvider({ tier }: Situation, problems: readonly Problem[]): string | undefined {
  if (!problems.some(({ message }) => message.includes('checksums previously recorded'))) return undefined;
  return `The stack directory was used with another copy of the provider before (the stand-in, or a mirror). Delete cdktf.out/stacks/${tier}/.terraform.lock.hcl and .terraform beside it, then run this again.`;
}

function stalePlan({ tier, typed }: Situation, problems: readonly Problem[]): string | undefined {
  return says(problems, 'Saved plan is stale')
    ? `Nothing was changed: something was deployed after this plan was made. Make a new one: ${typed('diff', tier)}`
    : undefined;
}

function lockedState(_: Situation, problems: readonly Problem[]): string | undefined {
  return says(problems, 'Error acquiring the state lock')
    ? 'Nothing was changed: someone else is working on this environment at the moment, or a run was killed and left its lock. Below is who; wait for them.'
    : undefined;
}

function refusesToDestroy(problems: readonly Problem[]): boolean {
  return says(problems, 'Instance cannot be destroyed');
}

function says(problems: readonly Problem[], summary: string): boolean {
  return problems.some(({ message }) => message.startsWith(summary));
}
