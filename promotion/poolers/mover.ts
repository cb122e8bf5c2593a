import type { RouteSettings } from '../engine/settings';
import { refuseBlocked } from '../movers/move';
import { blocker } from '../postgres/blocker';
import { openSession, type ServerSettings } from '../postgres/session';
import type { Blocker, Mover } from '../types';
import { routeOf } from './route';
import type { Place } from './types';
import { messageOf } from '../../values/errors';

/** A pooler that is put between an app and its database, which stays where it is. */
export interface PoolerMoveSettings {
  readonly id: string;
  /** The database as the app reaches it now, with the app's own role. */
  readonly source: ServerSettings;
  /** The pooler. */
  readonly target: Place;
  readonly route: RouteSettings;
}

/** Puts a pooler in between without a cutover: through it the app's role must reach the same database, and then the app is led there. */
export function poolerMover(settings: PoolerMoveSettings): Mover {
  const route = routeOf(settings.route, { source: [settings.source], target: [settings.target] });
  const mover: Mover = {
    id: settings.id,
    method: 'pooler',
    preflight: () => blockers(settings),
    copy: () => refuseBlocked(mover),
    catchUp: async () => undefined,
    cutOver: async () => void (await route.point('target')),
    verify: async () => (await blockers(settings)).map(({ message }) => message),
    reverse: async () => void (await route.point('source')),
    cleanUp: async () => undefined,
    standing: async () => {
      const open = (await route.points()) ?? 'source';
      return {
        open,
        state: open === 'target' ? 'led through it' : 'not begun',
        verified: open === 'target',
        reversible: { yes: true, because: 'the database is the same either way' },
      };
    },
  };
  return mover;
}

async function blockers({ source, target }: PoolerMoveSettings): Promise<readonly Blocker[]> {
  const [direct, through] = await Promise.all([databaseAt(source), databaseAt({ ...source, ...target })]);
  if (typeof direct === 'string')
    return [blocker('POOLER_DATABASE', `The database cannot be reached: ${direct}`, "Give it as the app reaches it, with the app's role.")];
  if (typeof through === 'string')
    return [
      blocker(
        'POOLER_AWAY',
        `The pooler at ${target.host}:${target.port} does not lead ${source.user} to a database: ${through}`,
        'Start it with this database and this user.',
      ),
    ];
  return direct.started === through.started && direct.oid === through.oid
    ? []
    : [
        blocker(
          'POOLER_ELSEWHERE',
          `The pooler at ${target.host}:${target.port} leads to another database than the app uses.`,
          'Correct its [databases].',
        ),
      ];
}

/** Which database answers: when its server was started to the microsecond, and which of its databases it is. */
async function databaseAt(server: ServerSettings): Promise<{ readonly started: string; readonly oid: string } | string> {
  try {
    const session = await openSession(server, 3000, 'terrace pooler', true);
    const [row] = await session
      .rows(
        'select pg_postmaster_start_time()::text as started, (select oid::text from pg_database where datname = current_database()) as oid',
      )
      .finally(session.close);
    return row as unknown as { started: string; oid: string };
  } catch (error) {
    return messageOf(error);
  }
}
