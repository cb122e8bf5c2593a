import { exitCodeOf } from '../../../promotion/engine/exit';
import { abandon } from '../../../promotion/engine/ending';
import { promote, working } from '../../../promotion/engine/promote';
import { readStanding } from '../../../promotion/engine/standing';
import type { Progress } from '../../../promotion/engine/work';
import { entriesIn } from '../../../promotion/journal/copies';
import { readJournal } from '../../../promotion/journal/journal';
import { openSession } from '../../../promotion/postgres/session';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { ready } from './support/asked';
import { openPair, type Pair } from './support/pair';
import { templates, withServers } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

const codeOf = (work: Promise<unknown>): Promise<{ readonly code: string | undefined; readonly exit: number }> =>
  work.then(
    () => ({ code: undefined, exit: 0 }),
    (error: unknown) => ({ code: (error as { code?: string }).code, exit: exitCodeOf(error) }),
  );

/** A stream that stands still while the app goes on writing. */
async function behind(pair: Pair, megabytes: number): Promise<void> {
  await pair.sql('target', 'alter subscription terrace_to_target_0 disable');
  await pair.sql(
    'source',
    `select count(pg_logical_emit_message(false, 'test', repeat('x', 1000000))) from generate_series(1, ${megabytes})`,
  );
}

withServers()(
  'at half of what the server keeps a person is told, at four fifths the move is given up, the slot is gone, and the app writes on',
  async () => {
    const pair = await openPair(clusters);
    try {
      await pair.sql('source', `alter system set max_slot_wal_keep_size = '40MB'`);
      await pair.sql('source', 'select pg_reload_conf()');
      await promote(pair.settings, { open: 'target', untilReady: true });
      await behind(pair, 24);
      const told: Progress[] = [];
      await promote(pair.settings, { open: 'target', untilReady: true }, { progress: (news) => told.push(news) });
      expect(told.filter(({ step }) => step === 'kept')).toEqual([expect.objectContaining({ limitBytes: 40 * 1048576 })]);
      expect((await readStanding(pair.settings)).links[0]).toMatchObject({ slot: 'kept', limitBytes: 40 * 1048576 });

      await behind(pair, 12);
      expect(await codeOf(promote(pair.settings, { open: 'target', untilReady: true }))).toEqual({ code: 'PROMOTION_SLOT_FULL', exit: 40 });
      expect(await pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
      expect(await pair.sql('target', 'select count(*)::int from pg_subscription')).toBe(0);
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
      expect(await readStanding(pair.settings)).toMatchObject({ state: 'not begun', open: 'source', orphans: [] });
      // The next try finds the new side as the first one did.
      expect(await promote(pair.settings, { open: 'target' })).toMatchObject({ open: 'target' });
    } finally {
      await pair.end();
    }
  },
  120_000,
);

withServers()(
  'where the server has no limit the settings give one',
  async () => {
    const pair = await openPair(clusters);
    try {
      const settings = { ...pair.settings, slotBytes: 20e6 };
      await promote(settings, { open: 'target', untilReady: true });
      await behind(pair, 18);
      expect(await codeOf(promote(settings, { open: 'target' }))).toEqual({ code: 'PROMOTION_SLOT_FULL', exit: 40 });
      expect(await pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
    } finally {
      await pair.end();
    }
  },
  120_000,
);

/** What an engine says of the limit, and the refusal of one that has reached it. */
async function limitsTold(
  pair: Pair,
  changes: object,
): Promise<{ readonly told: readonly Progress[]; readonly message: string | undefined }> {
  const told: Progress[] = [];
  const refusal: unknown = await promote({ ...pair.settings, ...changes }, ready, { progress: (news) => told.push(news) }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { told: told.filter(({ step }) => step === 'kept'), message: (refusal as Error | undefined)?.message };
}

withServers()(
  'where nobody has set a limit a third of the free disk is one: it is said, warned of at half, and kept',
  async () => {
    const pair = await openPair(clusters);
    try {
      const size = Number(await pair.sql('source', 'select pg_database_size(current_database())::float8'));
      const [blind] = (await limitsTold(pair, {})).told;
      expect(blind).toMatchObject({
        what: 'the old server has no limit to what it keeps for the new one (max_slot_wal_keep_size): at 3200 MB the copy is given up, four fifths of 4000 MB, because nobody has said how large its disk is (sourceDiskBytes); slotBytes sets another limit',
        limitBytes: 4e9,
      });
      await working(pair.settings, abandon);
      const [seen] = (await limitsTold(pair, { sourceDiskBytes: 30e9 + size })).told;
      expect(Math.round(Number(seen?.['limitBytes']) / 1e8)).toBe(100);
      expect(seen?.what).toContain('at 8000 MB the copy is given up, four fifths of a third of what is free on its disk; slotBytes sets');

      // A disk that is full allows the least that there is.
      const full = { sourceDiskBytes: size };
      await behind(pair, 140);
      const { told } = await limitsTold(pair, full);
      expect(told).toEqual([
        expect.objectContaining({
          what: `the server keeps ${Math.round(Number(told[0]?.['keptBytes']) / 1e6)} MB for terrace_to_target_0, of at most 256 MB`,
          limitBytes: 256e6,
        }),
      ]);
      await behind(pair, 70);
      expect((await limitsTold(pair, full)).message).toMatch(
        /^The old side keeps 2\d\d MB of changes for terrace_to_target_0, of at most 256 MB \(max_slot_wal_keep_size; without it slotBytes, else what its disk allows\)\. The move was given up/,
      );
      expect(await pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
      expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    } finally {
      await pair.end();
    }
  },
  120_000,
);

withServers()(
  'the journal lies in both databases too: a machine without a file reads on, and its numbers follow',
  async () => {
    const pair = await openPair(clusters);
    try {
      await promote(pair.settings, { open: 'target', untilReady: true });
      const here = readJournal(pair.settings.journal);
      for (const server of [pair.source.settings, pair.target.settings]) {
        const session = await openSession(server);
        expect(await entriesIn(session).finally(session.close)).toEqual(here);
      }
      const elsewhere = { ...pair.settings, journal: `${pair.settings.journal}.other` };
      await promote(elsewhere, { open: 'target' });
      const there = readJournal(elsewhere.journal);
      expect(there.slice(0, here.length)).toEqual(here);
      expect(there.map(({ seq }) => seq)).toEqual(there.map((_, index) => index + 1));
      expect(there.at(-1)).toMatchObject({ step: 'verified', phase: 'done' });
    } finally {
      await pair.end();
    }
  },
  120_000,
);
