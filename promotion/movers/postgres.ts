import { abandon, contract } from '../engine/ending';
import { promote, type PromoteOptions, working } from '../engine/promote';
import type { PromotionSettings } from '../engine/settings';
import { readStanding } from '../engine/standing';
import { openAfter, switchTo, type Work } from '../engine/work';
import { actions } from '../postgres/actions';
import { verifyChange } from '../postgres/change';
import { epochOf, fact } from '../postgres/facts';
import { linksTo } from '../postgres/links';
import { preflight, visible } from '../postgres/preflight';
import { catchUp } from '../postgres/prepare';
import { isSplit } from '../postgres/shards';
import { closeTwins, converging, openTwins } from '../postgres/verify';
import type { Mover } from '../types';

/** A PostgreSQL database to another server, or to shards: the engine, by the parts that all movers have. */
export function postgresMover(settings: PromotionSettings, options: PromoteOptions = {}): Mover {
  const within = <T>(act: (work: Work) => Promise<T>): Promise<T> => working(settings, act, options);
  return {
    id: settings.id,
    method: settings.targets.length > 1 ? 'logical-replication-shards' : 'logical-replication',
    preflight: () => working(settings, preflight, options, visible),
    copy: async () => void (await promote(settings, { open: 'target', untilReady: true }, options)),
    catchUp: () =>
      within(async (work) => (openAfter(await epochOf(work.sides)) === 'source' ? catchUp(work, linksTo(work, 'target')) : undefined)),
    cutOver: async () => void (await promote(settings, { open: 'target' }, options)),
    verify: () => within(compare),
    reverse: async () => void (await promote(settings, { open: 'source' }, options)),
    cleanUp: () => within(async (work) => (openAfter(await epochOf(work.sides)) === 'target' ? contract(work) : abandon(work))),
    standing: () => readStanding(settings),
  };
}

/** What a change of sides has found equal in its window is not read again. */
async function compare(work: Work): Promise<readonly string[]> {
  const epoch = await epochOf(work.sides);
  if (epoch === 0) return await compareCopies(work);
  const change = switchTo(epoch);
  const [session] = work.sides[change.to];
  if (session !== undefined && (await fact(session, 'verified')) === String(epoch)) return [];
  return await verifyChange(work, change, actions, undefined);
}

async function compareCopies(work: Work): Promise<readonly string[]> {
  const twins = await openTwins(work.sides.source, work.sides.target, false);
  return await converging(twins, isSplit(work)).finally(() => closeTwins(twins));
}
