import { readFileSync, writeFileSync } from 'node:fs';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { rehearse, type Rehearsed, type RehearsalOptions } from '../../../promotion/rehearse/rehearse';
import { serverFolders, type Server } from '../../../promotion/rehearse/servers';
import { openSession, pause } from '../../../promotion/postgres/session';
import type { SideName } from '../../../promotion/engine/settings';
import { templates, testEngine, withServers } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

const LAG = 1200;

/** A rehearsal with an engine that does one thing wrong; none is given for the honest one. */
function with_(mutant: string | undefined, options: Partial<RehearsalOptions> = {}): Promise<Rehearsed> {
  const { trial, ...rest } = options;
  // As patient as each other: else a mutant could be told from the honest one by that alone.
  const env = { TEST_PATIENCE: '4000', TEST_LAG: '500', ...(mutant === undefined ? {} : { TEST_MUTANT: mutant }) };
  return rehearse({
    rows: 400,
    cutovers: 1,
    kills: 0,
    seed: 1,
    clusters,
    pooler: false,
    ...rest,
    trial: {
      attempts: 3,
      stallMs: LAG,
      ...trial,
      settings: { windowSeconds: 4, stillSeconds: 4, ...trial?.settings },
      engine: { program: testEngine, env },
    },
  });
}

async function onTarget(servers: Readonly<Record<SideName, Server>>, sql: string): Promise<void> {
  const session = await openSession(servers.target.settings);
  await session.rows(sql).finally(session.close);
}

/** What a server has written down, once it says something; at most ten seconds. */
async function logged({ data }: Server, pattern: RegExp): Promise<string> {
  const text = (): string => readFileSync(`${data}.log`, 'utf8');
  for (const end = performance.now() + 10_000; !pattern.test(text()) && performance.now() < end;) await pause(50);
  return text();
}

/** What is missed, what is there twice, and how a server refuses a row that it has. */
const [LOST, TWICE, REFUSED] = [
  /writer \d: \d+ acknowledged, \d+ rows/,
  'numbers of an identity column were given twice',
  /duplicate key value violates unique constraint/,
] as const;

/** A row that the copy lost, as a fault of a server would. */
const spoilt = async (phase: number, servers: Readonly<Record<SideName, Server>>): Promise<void> => {
  if (phase === 1) await onTarget(servers, 'delete from public.messages where id = (select min(id) from public.messages)');
};

/** A journal of another life, which says that all was done. */
const staleJournal = async (
  phase: number,
  _: unknown,
  { journal, id }: { readonly journal: string; readonly id: string },
): Promise<void> => {
  if (phase !== 0) return;
  const steps = [
    'preflight',
    'published',
    'schema',
    'subscribed',
    'copied',
    'indexed',
    'caught-up',
    'fenced',
    'drained',
    'sequenced',
    'reversible',
    'opened',
    'routed',
    'reversing',
    'verified',
  ];
  writeFileSync(
    journal,
    steps
      .map(
        (step, index) =>
          `${JSON.stringify({ v: 1, promotion: id, seq: index + 1, t: '2026-01-01T00:00:00.000Z', host: 'elsewhere', pid: 1, step, phase: 'done' })}\n`,
      )
      .join(''),
  );
};

/** Whatever of this is left out loses rows or has them twice, and has to be noticed. */
describe('with changes held up on their way, an engine', () => {
  withServers()(
    'that does everything right loses nothing, there and back',
    async () => {
      const { report, wrong } = await with_(undefined, { cutovers: 2, trial: { before: staleJournal } });
      expect(wrong).toEqual([]);
      expect(report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted' });
    },
    300_000,
  );

  withServers()(
    'without the fence is noticed',
    async () => {
      const { wrong } = await with_('no fence');
      expect(wrong.join('\n')).toContain('the side that is left is open');
    },
    300_000,
  );

  withServers()(
    'that does not end sessions loses writes',
    async () => {
      const { report, wrong } = await with_('no terminate');
      expect(wrong.join('\n')).toMatch(LOST);
      expect(report.lost).toBeGreaterThan(0);
    },
    300_000,
  );

  withServers()(
    'that does not drain is noticed by the comparison, and what it lost is missed',
    async () => {
      const { report, wrong } = await with_('no drain');
      expect(wrong.join('\n')).toMatch(/PROMOTION_CONTENTS_DIFFER|do not hold the same rows|acknowledged/);
      // What arrived late comes back by a stream that began before it did, and stops that one: then nothing leads back by itself.
      expect(report.ended === 'rolled-back' || report.lost > 0 || wrong.join('\n').includes('writes are still on the new one')).toBe(true);
    },
    300_000,
  );

  withServers()(
    'that opens before it has drained gives numbers twice when it dies in between',
    async () => {
      const { report, wrong } = await with_('open before drain');
      // What is not done before the commit point is never done: here the numbers of sequences.
      expect(wrong.join('\n')).toContain(TWICE);
      expect(report.duplicated).toBeGreaterThan(0);
    },
    300_000,
  );

  withServers()(
    'with an old slot for the way back sends changes back where they came from',
    async () => {
      let said = '';
      const before = async (phase: number, { source }: Readonly<Record<SideName, Server>>): Promise<void> => {
        if (phase === 2) said = await logged(source, REFUSED);
      };
      const { wrong } = await with_('stale reverse slot', { cutovers: 2, trial: { before } });
      // The old side has these rows: they came from there.
      expect(said).toMatch(REFUSED);
      expect(wrong.join('\n')).toContain('nothing of the stream terrace_to_source_0 was confirmed');
    },
    300_000,
  );

  withServers()(
    'that forgets the sequences gives numbers twice',
    async () => {
      const { report, wrong } = await with_('no sequences');
      expect(wrong.join('\n')).toContain(TWICE);
      expect(report.duplicated).toBeGreaterThan(0);
    },
    300_000,
  );

  withServers()(
    'that believes its journal skips what was never done',
    async () => {
      const { report, wrong } = await with_('journal trusted over facts', { trial: { before: staleJournal } });
      // It never made the schema, and would have changed to an empty side.
      expect(wrong.join('\n')).toContain('PROMOTION_SCHEMA_DIFFERS');
      expect(wrong.join('\n')).toContain('only on the old side: public.users.id bigint not null');
      expect(report.ended).toBe('rolled-back');
    },
    300_000,
  );

  withServers()(
    'that does not compare keeps a row lost; one that does goes back',
    async () => {
      const skipped = await with_('verify skipped', { trial: { before: spoilt } });
      expect(skipped.wrong.join('\n')).toContain('public.messages');
      const honest = await with_(undefined, { trial: { before: spoilt } });
      expect(honest.report).toMatchObject({ ended: 'rolled-back', lost: 0, duplicated: 0 });
      expect(honest.wrong.join('\n')).toContain('PROMOTION_CONTENTS_DIFFER');
    },
    300_000,
  );
});
