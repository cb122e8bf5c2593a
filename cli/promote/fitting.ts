import { join } from 'node:path';
import type { LoadInput } from '../../analysis/capacity';
import type { Environment } from '../../environments/schema';
import { type PlanInput, promotionRefused, refusals } from '../../promotion/plan';
import type { Target } from '../../stacks/transition';
import type { Problem } from '../../values/errors';
import { loadInput } from '../environment-load';
import type { Io } from '../io';
import type { FactFlags, TargetFlags } from './commands';
import { quoted } from '../typed';
import { type Known, knownFacts } from './facts';
import { movedAs, namedTarget } from './target';

/** What a target has to hold. */
export interface Wanted {
  readonly known: Known;
  /** What it must carry. @default - the load of the environment file */
  readonly load?: LoadInput;
  /** Whether a capacity between the load and the proof is good enough. */
  readonly shortAccepted: boolean;
}

/** What a command line says of a promotion that begins with it. */
export type BeginFlags = TargetFlags & FactFlags & { readonly access?: string; readonly acceptShortCapacity?: boolean };

/** What else is said of a target that is refused. */
type Besides = (target: Target) => Promise<readonly Problem[]>;

/** The target with which a promotion begins, once nothing stands in its way and it holds the data and carries the load. @throws `PROMOTION_REFUSED` */
export async function fittingTarget(
  environment: Environment,
  options: BeginFlags,
  folder: string,
  io: Io,
  besides?: Besides,
): Promise<Target> {
  const wanted = { known: knownFacts(options, io, { environment, folder }), shortAccepted: options.acceptShortCapacity === true };
  return (await fitting(environment, options, wanted, folder, besides)).target;
}

/** The target that a command line names and what both sides are, once nothing stands in its way. @throws `PROMOTION_REFUSED`, `TIER_UNKNOWN` */
export async function fitting(
  environment: Environment,
  options: BeginFlags,
  { known: { facts, problems: contradicting }, load = loadInput(environment), shortAccepted }: Wanted,
  folder: string,
  besides: Besides = () => Promise.resolve([]),
): Promise<{ readonly target: Target; readonly input: PlanInput }> {
  const { target, problems, plannable } = await namedTarget(environment, options);
  const { inputOf } = await import('../../promotion/plan-of');
  const input = plannable
    ? inputOf(environment, { target, load, facts, words: wordsOf(options), outdir: join(folder, 'cdktf.out') })
    : undefined;
  const all = [...problems, ...contradicting, ...(input === undefined ? [] : refusals(input, { shortAccepted }))];
  if (input === undefined) throw promotionRefused(environment.name, all);
  if (all.length > 0) throw promotionRefused(environment.name, [...all, ...(await besides(movedAs(target, facts)))]);
  return { target: movedAs(target, facts), input };
}

/** What a promotion begins with beside its target, as it was typed. */
function wordsOf({ facts, databaseGb, acceptShortCapacity }: BeginFlags): readonly string[] {
  return [
    ...(facts === undefined ? [] : [`--facts ${quoted(facts)}`]),
    ...(databaseGb === undefined ? [] : [`--database-gb ${quoted(databaseGb)}`]),
    ...(acceptShortCapacity === true ? ['--accept-short-capacity'] : []),
  ];
}
