import { tookTooLong } from '../engine/errors';
import type { RouteSettings } from '../engine/settings';
import { refuseBlocked } from '../movers/move';
import { routeOf } from '../poolers/route';
import type { Blocker, Mover, MoveStanding } from '../types';
import { differences, shape } from './catalog';
import { fact, makeFacts, SCHEMA, writeFact } from './facts';
import { blocker } from './blocker';
import { systemOf } from './servers';
import { openSession, pause, type ServerSettings, type Session } from './session';

/** Read replicas beside a writer. Writes never move. */
export interface ReaderSettings {
  readonly id: string;
  readonly source: ServerSettings;
  /** Made by the provider, or with `pg_basebackup -R`. */
  readonly targets: readonly ServerSettings[];
  /** What leads the app's reads. */
  readonly route: RouteSettings;
  /** Seconds until a replica must stream and be near. @default 600 */
  readonly copySeconds?: number;
}

interface Servers {
  readonly writer: Session;
  readonly readers: readonly Session[];
}

/** What a replica says of itself. */
interface Receiving {
  readonly recovery: boolean;
  readonly status: string | null;
  readonly replayed: string | null;
}

/**
 * Adds read replicas without a cutover: waits until each streams and has replayed what the writer has, writes a mark and finds it on each, and
 * only then leads reads there. Going back leads reads to the writer again, and loses nothing.
 */
export function readerMover(settings: ReaderSettings): Mover {
  const route = routeOf(settings.route, { source: [settings.source], target: settings.targets });
  const within = <T>(act: (servers: Servers) => Promise<T>): Promise<T> => withServers(settings, act);
  const limit = (settings.copySeconds ?? 600) * 1000;
  const mover: Mover = {
    id: settings.id,
    method: 'streaming-replication',
    preflight: () => within(blockers),
    copy: async () => {
      await refuseBlocked(mover);
      await within(async ({ readers }) =>
        Promise.all(
          readers.map((reader) => until(async () => (await receiving(reader)).status === 'streaming', limit, `${place(reader)} streams`)),
        ),
      );
    },
    catchUp: () => within((servers) => caughtUp(servers, limit)),
    cutOver: async () => {
      const found = await mover.verify();
      if (found.length > 0) throw tookTooLong(found.join('; '), limit);
      await route.point('target');
      await within(({ writer }) => writeFact(writer, 'readers', 'read from'));
    },
    verify: () => within(compare),
    reverse: async () => {
      await route.point('source');
      await within(forget);
    },
    cleanUp: () => within(forget),
    standing: () => within(standing),
  };
  return mover;
}

async function withServers<T>({ source, targets }: ReaderSettings, act: (servers: Servers) => Promise<T>): Promise<T> {
  const opened: Session[] = [];
  const open = async (server: ServerSettings): Promise<Session> => {
    const session = await openSession(server);
    opened.push(session);
    return session;
  };
  try {
    const writer = await open(source);
    const readers: Session[] = [];
    for (const target of targets) readers.push(await open(target));
    return await act({ writer, readers });
  } finally {
    for (const session of opened) session.close();
  }
}

const place = ({ server: { host, port } }: Session): string => `${host}:${port}`;

async function receiving(reader: Session): Promise<Receiving> {
  const [row] = await reader.rows(
    `select pg_is_in_recovery() as recovery, (select status from pg_stat_wal_receiver limit 1) as status, pg_last_wal_replay_lsn()::text as replayed`,
  );
  return row as unknown as Receiving;
}

async function blockers({ writer, readers }: Servers): Promise<readonly Blocker[]> {
  const standsAlone =
    (await writer.value('select pg_is_in_recovery()')) === true
      ? [
          blocker(
            'READER_OF_READER',
            `${place(writer)} is a replica itself, so that nothing can be written there.`,
            'Give the writer as source.',
          ),
        ]
      : [];
  const [id, each] = [
    await systemOf(writer),
    await Promise.all(readers.map(async (reader) => ({ reader, id: await systemOf(reader), ...(await receiving(reader)) }))),
  ];
  const alone = each
    .filter(({ recovery }) => !recovery)
    .map(({ reader }) =>
      blocker(
        'NO_READER',
        `${place(reader)} is no replica: it takes writes.`,
        'Make it one: a read replica of the provider, or pg_basebackup -R -C -S.',
      ),
    );
  const others = each
    .filter(({ recovery, id: own }) => recovery && own !== undefined && id !== undefined && own !== id)
    .map(({ reader }) =>
      blocker('OTHER_READER', `${place(reader)} follows another database than ${place(writer)}.`, 'Give a replica of this writer.'),
    );
  return [...standsAlone, ...alone, ...others];
}

async function caughtUp({ writer, readers }: Servers, limit: number): Promise<void> {
  const written = String(await writer.value('select pg_current_wal_lsn()::text'));
  await Promise.all(
    readers.map((reader) =>
      until(
        async () => (await reader.value('select pg_last_wal_replay_lsn() >= $1::pg_lsn', [written])) === true,
        limit,
        `${place(reader)} replays up to ${written}`,
      ),
    ),
  );
}

async function until(holds: () => Promise<boolean>, milliseconds: number, what: string): Promise<void> {
  for (const end = performance.now() + milliseconds; !(await holds()); await pause(50))
    if (performance.now() > end) throw tookTooLong(what, milliseconds);
}

/** Milliseconds for a mark to arrive: a replica that streams has it at once. */
const ARRIVES = 10_000;

/** A mark that is written now is on every replica, and each has the same tables. What it holds is the writer's to the byte. */
async function compare({ writer, readers }: Servers): Promise<readonly string[]> {
  const mark = String(process.hrtime.bigint());
  await makeFacts(writer);
  await writeFact(writer, 'reader mark', mark);
  const tables = await shape(writer);
  const found = await Promise.all(
    readers.map(async (reader) => {
      const seen = await until(async () => (await fact(reader, 'reader mark')) === mark, ARRIVES, place(reader)).then(
        () => true,
        () => false,
      );
      return seen
        ? differences(tables, await shape(reader))
        : [`${place(reader)}: what is written on the old side does not arrive within ${ARRIVES / 1000} s`];
    }),
  );
  return found.flat();
}

/** Another move of this database keeps its own facts in the same place. */
async function forget({ writer }: Servers): Promise<void> {
  if ((await fact(writer, 'reader mark')) === undefined) return;
  await writer.rows(`delete from ${SCHEMA}.facts where name in ('readers', 'reader mark')`);
  if ((await writer.value(`select count(*)::int from ${SCHEMA}.facts`)) === 0) await writer.rows(`drop schema ${SCHEMA} cascade`);
}

async function standing({ writer, readers }: Servers): Promise<MoveStanding> {
  const [read, states] = [(await fact(writer, 'readers')) !== undefined, await Promise.all(readers.map(receiving))];
  const streams = states.every(({ status }) => status === 'streaming');
  return {
    open: read ? 'target' : 'source',
    state: read ? 'read from' : streams ? 'streaming' : 'not begun',
    verified: read && streams,
    reversible: { yes: true, because: 'writes never left the writer; reads can go back to it' },
  };
}
