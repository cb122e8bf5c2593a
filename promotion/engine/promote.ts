import { copied, entriesIn } from '../journal/copies';
import { openJournal } from '../journal/journal';
import { type Actions, actions as honest } from '../postgres/actions';
import { rightsOf, useRights } from '../postgres/dialect';
import { sqlState } from '../postgres/facts';
import { visible } from '../postgres/preflight';
import { identities, isSameServer } from '../postgres/servers';
import { withKeys } from '../postgres/shard-keys';
import { openSession, pause, type ServerSettings, type Session } from '../postgres/session';
import { routeOf } from '../poolers/route';
import { watchdogOf } from '../poolers/watchdog';
import { messageOf, TerraceError } from '../../values/errors';
import type { Blocker } from '../types';
import { advance, type Goal, type Outcome } from './engine';
import { blocked, serverRefused } from './errors';
import { takeLock } from './lock';
import type { PromotionSettings } from './settings';
import type { Progress, Work } from './work';

/** What a run may be given beside its settings. */
export interface PromoteOptions {
  readonly progress?: (progress: Progress) => void;
  /** Called between any two actions; tests end the process here. @default nothing */
  readonly reach?: (point: string) => void;
  /** @default the honest ones */
  readonly actions?: Actions;
  /** Milliseconds without a step forward after which a run gives up, to be started again. @default 60,000 */
  readonly patience?: number;
}

/**
 * Promotes, resumes or rolls back one database: whatever is needed to come to the goal from where the servers stand.
 * A server that goes away is waited for, and everything is read anew from it.
 * @throws TerraceError with what a person has to do
 */
export async function promote(settings: PromotionSettings, goal: Goal, options: PromoteOptions = {}): Promise<Outcome> {
  const forbids = goal.open === 'target' ? visible : undefined;
  return await working(settings, (work) => advance(work, goal, options.actions ?? honest), options, forbids);
}

/**
 * Does something with both sides, their locks held, and does it anew when a server was away.
 * @param forbids what else is in the way, told together with servers that are not what they are taken for @default nothing
 */
export async function working<T>(
  settings: PromotionSettings,
  act: (work: Work) => Promise<T>,
  options: PromoteOptions = {},
  forbids: (work: Work) => Promise<readonly Blocker[]> = () => Promise.resolve([]),
): Promise<T> {
  const journal = copied(openJournal(settings.journal, settings.id), settings.journal, [settings.source, ...settings.targets.slice(0, 1)]);
  let last = performance.now();
  const passed = new Set<string>();
  const progress = (news: Progress): void => {
    // A step that a new try does once more is no step forward.
    if (news.ms !== undefined && !passed.has(news.step)) last = performance.now();
    if (news.ms !== undefined) passed.add(news.step);
    options.progress?.(news);
  };
  const route = routeOf(settings.route, { source: [settings.source], target: settings.targets });
  const watchdog = watchdogOf(settings);
  try {
    for (;;) {
      const sessions: Session[] = [];
      try {
        const sides = { source: await connect([settings.source], sessions), target: await connect(settings.targets, sessions) };
        const mistaken = await identities(sides.source[0] as Session, sides.target);
        const work: Work = {
          settings: await withKeys(sides.source[0] as Session, settings),
          sides,
          route,
          journal,
          progress,
          reach: options.reach ?? (() => undefined),
        };
        // An old side that was taken for the new one says nothing of a new one.
        const known = mistaken.some(isSameServer) ? { ...work, sides: { ...sides, target: [] } } : work;
        if (mistaken.length > 0) throw blocked([...mistaken, ...(await forbids(known))]);
        for (const session of sessions) await takeLock(session);
        for (const [session] of [sides.source, sides.target]) if (session !== undefined) journal.adopt(await entriesIn(session));
        return await act(work);
      } catch (error) {
        journal.note('engine', 'error', { facts: { message: messageOf(error) } });
        if (!passing(error) || performance.now() - last > (options.patience ?? 60_000)) throw told(error);
        progress({ step: 'engine', what: `trying again: ${messageOf(error)}` });
        await pause(100);
      } finally {
        for (const session of sessions) session.close();
      }
    }
  } finally {
    watchdog.dismiss();
    await journal.settle();
    journal.close();
  }
}

async function connect(servers: readonly ServerSettings[], opened: Session[]): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for (const server of servers) {
    const session = await openSession(server);
    opened.push(session);
    sessions.push(session);
    useRights(session, await rightsOf(session));
  }
  return sessions;
}

/** Errors of the moment: a server that is away or comes up, a deadlock, a lock that is held too long. */
const PASSING = /^(08|57P|40|55P03|55006|53)/;

function passing(error: unknown): boolean {
  // No window that was exceeded: each try of it ends every session of the app.
  if (error instanceof TerraceError) return ['PROMOTION_UNREACHABLE', 'PROMOTION_TOOK_TOO_LONG'].includes(error.code);
  const state = sqlState(error);
  return PASSING.test(state) || /terminated|ECONN|EPIPE|not queryable|Connection|socket/i.test(messageOf(error));
}

/** What a server says, as a person reads it. */
function told(error: unknown): unknown {
  if (error instanceof TerraceError) return error;
  return /^[0-9A-Z]{5}$/.test(sqlState(error)) || passing(error) ? serverRefused(messageOf(error)) : error;
}
