import type { PromotionPhase } from '../../tiers/phase';
import type { PlanInput } from './input';
import { dataMoves, isDriven } from './moves';

/** Whether `run` moves all of the data; else a person does, and goes phase by phase. */
export function runDrives(input: Pick<PlanInput, 'changes' | 'facts'>): boolean {
  return dataMoves(input).every(isDriven);
}

/** What a person types to come to a phase: the command that does all of it and goes on from wherever it stands, or one phase at a time. */
export function commandsTo(
  phase: Extract<PromotionPhase, 'expand' | 'migrate' | 'verify' | 'cutover' | 'soak'>,
  input: PlanInput,
): readonly string[] {
  const { environment, from } = input;
  if (runDrives(input))
    return [`terrace promote run ${environment.name}${target(input)}${['verify', 'cutover'].includes(phase) ? ' --go' : ''}`];
  return [
    `terrace promote phase ${phase} ${environment.name}${phase === 'expand' ? target(input) : ''} --write`,
    `terrace deploy ${from.id} -e ${environment.name}`,
  ];
}

/** All that it was planned with: without it the same target is another one, or is refused. */
function target({ environment: { platform: here }, to, platform, region, regions, reversible, words = [] }: PlanInput): string {
  return [
    ` --to ${to.id}`,
    ...(platform === here ? [] : [`--platform ${platform} --region ${region}`]),
    ...(regions === undefined ? [] : [`--regions ${regions.join()}`]),
    ...(reversible ? ['--reversible'] : []),
    ...words,
  ].join(' ');
}
