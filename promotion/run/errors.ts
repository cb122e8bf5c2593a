import type { Problem } from '../../values/errors';
import { TerraceError } from '../../values/errors';
import { blocked } from '../engine/errors';
import type { Refusal } from './decide';

interface About {
  readonly environment: string;
  readonly tier: string;
  readonly platform: string;
  readonly promotion: { readonly to: string; readonly platform?: string | undefined; readonly phase: string } | undefined;
}

type Text = (about: About) => readonly [code: string, message: string];

const texts: Readonly<Record<Refusal, Text>> = {
  'not-deployed': ({ environment, tier }) => [
    'PROMOTION_NOT_DEPLOYED',
    `${environment} was not changed: what runs is not what its file says at ${tier}. A promotion begins and ends where a plan is empty. Look: terrace diff ${tier} -e ${environment}. Then: terrace deploy ${tier} -e ${environment}`,
  ],
  'other-target': ({ environment, platform, promotion }) => [
    'PROMOTION_BLOCKED',
    `${environment} is being promoted to ${promotion?.to ?? ''} on ${promotion?.platform ?? platform}. Go on with that: terrace promote run ${environment} --to ${promotion?.to ?? ''}. Or go back first: terrace promote rollback ${environment}`,
  ],
  'too-late': ({ environment }) => [
    'PROMOTION_NOT_YET',
    `There is no way back for ${environment}: contract has begun, and the old side gets no changes any more. Go on: terrace promote contract ${environment}. What was lost is in the backups: docs/backups.md.`,
  ],
  'too-early': ({ environment, promotion }) => [
    'PROMOTION_NOT_YET',
    `It is too early to contract: ${environment} is in phase ${promotion?.phase ?? ''}, and contract follows soak. Go on: terrace promote run ${environment} --to ${promotion?.to ?? ''}`,
  ],
  'writes-are-new': ({ environment }) => [
    'PROMOTION_NOT_YET',
    `Nothing was changed: it is too late to give the promotion of ${environment} up, because writes belong to the new side. Lead them back: terrace promote rollback ${environment}`,
  ],
  'moved-back': ({ environment, promotion }) => [
    'PROMOTION_MOVED_BACK',
    `The file of ${environment} says ${promotion?.phase ?? ''}, but writes belong to the old side: a rollback was begun and not finished. Finish it: terrace promote rollback ${environment}`,
  ],
  resized: ({ environment, promotion }) => [
    'PROMOTION_ONE_WAY',
    `What was made for ${promotion?.to ?? ''} cannot be taken away: the provider has resized a database or cache of ${environment} in place, and makes none smaller. Lead requests back, and let both sides stand: terrace promote rollback ${environment} --keep-target. Or go on: terrace promote run ${environment} --to ${promotion?.to ?? ''}. A promotion that was begun with --reversible has a way back to the end.`,
  ],
  unreachable: ({ environment }) => [
    'PROMOTION_UNREACHABLE',
    `A database of ${environment} does not answer, so that nobody can say which side takes the writes. Nothing was changed. See which: terrace promote doctor ${environment}. Then run the same command again.`,
  ],
};

/** Something that cannot be done from where the promotion stands. */
export function refused(why: Refusal, about: About): TerraceError {
  const [code, message] = texts[why](about);
  return new TerraceError(code, message);
}

/** Another command promotes, contracts or leads back the same environment. */
export function runLocked(environment: string, { pid, host }: { readonly pid: number; readonly host: string }, file: string): TerraceError {
  return new TerraceError(
    'PROMOTION_LOCKED',
    `Nothing was changed: another command is at work on the promotion of ${environment} (process ${pid} on ${host}). Wait until it is done, or end it, and run this again. A process that is dead holds nothing; one of another machine that is gone leaves ${file}, which is yours to delete.`,
  );
}

/** What the servers of both sides are cannot all be read from the state. */
export function accessMissing(environment: string, file: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PROMOTION_ACCESS',
    `Nothing was touched: not everything that the move of ${environment}'s data needs is in its state. Give the rest in ${file}:`,
    problems,
    2,
  );
}

/** Not as many servers are named as the data are to be spread over. */
export function targetsWrong(environment: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PROMOTION_TARGETS',
    `Nothing was touched: the data of ${environment} would go to other servers than its new side has. Correct this:`,
    problems,
    2,
  );
}

/** A plan is not empty after its own apply. */
export function notSettled(environment: string, phase: string, addresses: readonly string[]): TerraceError {
  return new TerraceError(
    'PROMOTION_NOT_SETTLED',
    `${environment} was deployed for ${phase}, and a plain plan still wants to change something. The next deploy by anybody would do it, so the promotion waits. Look: terrace diff TIER -e ${environment}. Then run the same command again:`,
    addresses.map((where) => ({ code: 'PROMOTION_NOT_SETTLED', where, message: 'would be changed again.' })),
  );
}

/** Everything that stands in the way of moving an environment's data, at once. */
export function movesRefused(
  environment: string,
  file: string,
  { byHand, counts, missing, blockers }: Readonly<Record<'byHand' | 'counts' | 'missing' | 'blockers', readonly Problem[]>>,
): TerraceError {
  const kinds = [byHand, counts, missing, blockers].filter((each) => each.length > 0);
  if (kinds.length > 1 || blockers.length > 0) return blocked([...within(file, byHand), ...counts, ...within(file, missing), ...blockers]);
  if (byHand.length > 0) return moveNotDriven(file, byHand);
  return counts.length > 0 ? targetsWrong(environment, counts) : accessMissing(environment, file, missing);
}

/** What is to be given in a file, told beside what is not. */
export function within(file: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((each) => ({ ...each, where: each.where === undefined ? file : `${file}: ${each.where}` }));
}

/** Data that would have to move between places that nobody has named. */
export function moveNotDriven(file: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'PROMOTION_BLOCKED',
    `Nothing was touched. Not all data can be moved with what is known; give the rest in ${file}:`,
    problems,
  );
}
