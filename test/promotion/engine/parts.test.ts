import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openAfter, switchTo } from '../../../promotion/engine/work';
import { openJournal, readJournal } from '../../../promotion/journal/journal';
import { differences } from '../../../promotion/postgres/catalog';
import { readMove } from '../../../promotion/movers/settings-file';
import { splitKeys } from '../../../promotion/postgres/schema';
import { peerConnection } from '../../../promotion/postgres/session';
import { BUCKETS, bucketsOf, shardFilter } from '../../../promotion/postgres/shards';
import { planKills, stepsOf } from '../../../promotion/rehearse/kills';
import { shardsOf } from '../../../promotion/rehearse/pair';
import { longestSilence, median, random } from '../../../promotion/rehearse/silence';
import { tier } from '../../../tiers';
import type { TerraceError } from '../../../values/errors';
import { scratch } from '../../support/scratch';

test('a journal forgets a line that a crash tore, and goes on after it', () => {
  const file = join(scratch(), 'deep/journal.jsonl');
  const first = openJournal(file, 'p');
  first.note('fenced', 'intent');
  first.note('fenced', 'done', { ms: 12 });
  first.close();
  appendFileSync(file, '{"v":1,"seq":3,"step":"dra');
  expect(readJournal(file).map(({ seq, step, phase }) => [seq, step, phase])).toEqual([
    [1, 'fenced', 'intent'],
    [2, 'fenced', 'done'],
  ]);
  const second = openJournal(file, 'p');
  second.note('drained', 'intent', { facts: { at: '0/1' } });
  second.close();
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  expect(readJournal(file).at(-1)).toMatchObject({ v: 1, promotion: 'p', seq: 3, step: 'drained', phase: 'intent', facts: { at: '0/1' } });
});

test('there is no journal, or one that is no journal', () => {
  expect(readJournal(join(scratch(), 'none'))).toEqual([]);
  const file = join(scratch(), 'odd');
  writeFileSync(file, 'hello\n[1]\n{"seq":"x"}\n');
  expect(readJournal(file)).toEqual([]);
});

test('sides change in turn', () => {
  expect([0, 1, 2, 3].map(openAfter)).toEqual(['source', 'target', 'source', 'target']);
  expect(switchTo(1)).toEqual({ epoch: 1, from: 'source', to: 'target' });
  expect(switchTo(2)).toEqual({ epoch: 2, from: 'target', to: 'source' });
});

test('every bucket belongs to exactly one shard', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), (count) => {
      const owners = Array.from({ length: count }, (_, index) => bucketsOf(index, count)).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, offset) => first + offset),
      );
      expect(owners).toEqual(Array.from({ length: BUCKETS }, (_, bucket) => bucket));
    }),
    { seed: 8, numRuns: 12 },
  );
  expect(shardFilter('user_id', 3, 4)).toBe('(hashint8extended("user_id", 0) & 1023) between 768 and 1023');
});

test('keys come before the rows, indexes and foreign keys after them', () => {
  const after = `
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


CREATE UNIQUE INDEX "by Shard" ON public.messages USING btree (id, user_id);


CREATE INDEX messages_at ON public.messages USING btree (at);


ALTER TABLE ONLY public.messages REPLICA IDENTITY USING INDEX "by Shard";


ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
`;
  const { before, after: later } = splitKeys('CREATE TABLE public.users ();', after);
  expect(before).toContain('PRIMARY KEY (id)');
  expect(before).toContain('UNIQUE (email)');
  expect(later).toContain('messages_at');
  expect(later).toContain('FOREIGN KEY');
  expect(later).not.toContain('PRIMARY KEY');
  expect(before).toMatch(/CREATE UNIQUE INDEX "by Shard"[^]*USING INDEX "by Shard"/);
});

test('keys of large tables wait for their rows, and names may hold anything', () => {
  const table = 'public."my ""users"""';
  const late = [
    `ALTER TABLE ONLY ${table}\n    ADD CONSTRAINT "a key" PRIMARY KEY (id)`,
    `ALTER TABLE ONLY ${table}\n    ADD CONSTRAINT users_email_key UNIQUE (email)`,
  ];
  const early = 'ALTER TABLE ONLY public."small one"\n    ADD CONSTRAINT small_pkey PRIMARY KEY (id)';
  const { before, keys, after } = splitKeys('', [...late, early, ''].join(';\n\n'), new Set([table]));
  expect(keys).toEqual({ [table]: late });
  expect([before.trim(), after.trim()]).toEqual([`${early};`, '']);
});

test('what one side has and the other has not', () => {
  expect(differences(['a', 'b'], ['b', 'c'])).toEqual(['only on the old side: a', 'only on the new side: c']);
});

test("a connection string keeps a password's quotes", () => {
  expect(
    peerConnection({ host: 'db', port: 5432, database: 'app', user: 'u', password: `it's \\ odd`, peer: { host: '10.0.0.2', port: 6000 } }),
  ).toBe(
    `host='10.0.0.2' port='6000' dbname='app' user='u' password='it\\'s \\\\ odd' connect_timeout='3' application_name='terrace_link'`,
  );
});

test('a silence is the longest gap that touches a stretch, but for those of an outage', () => {
  const moments = [0, 10, 100, 110, 400, 410];
  expect(longestSilence(moments, { from: 0, to: 110 })).toBe(290);
  expect(longestSilence(moments, { from: 0, to: 50 })).toBe(90);
  expect(longestSilence(moments, { from: 0, to: 500 }, [{ from: 120, to: 130 }])).toBe(90);
  expect(longestSilence([], { from: 0, to: 1 })).toBe(0);
  expect([median([]), median([3]), median([1, 9]), median([9, 1, 2])]).toEqual([0, 3, 5, 2]);
});

test('a seed repeats the kills', () => {
  const plan = planKills(20, 6, random(7));
  expect(planKills(20, 6, random(7))).toEqual(plan);
  expect(planKills(20, 6, random(8))).not.toEqual(plan);
});

test('kills are spread evenly, whatever the seed: over the phases, and over those who are killed', () => {
  const count = (of: readonly unknown[], what: unknown): number => of.filter((each) => each === what).length;
  for (let seed = 0; seed < 200; seed += 1) {
    const plan = planKills(18, 16, random(seed));
    const [phases, victims] = [plan.map(({ phase }) => phase), plan.map(({ victim }) => victim)];
    expect(Array.from({ length: 16 }, (_, phase) => count(phases, phase)).toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(14).fill(1),
      2,
      2,
    ]);
    expect((['engine', 'source', 'target'] as const).map((victim) => count(victims, victim))).toEqual([9, 5, 4]);
    expect(phases).toEqual(phases.toSorted((a, b) => a - b));
    for (const { phase, step, after } of plan) expect([stepsOf(phase).includes(step), after <= 400]).toEqual([true, true]);
  }
});

test('where the data goes to follows from the tiers', () => {
  expect(shardsOf(tier('tier1'), tier('tier2'))).toBe(1);
  expect(shardsOf(tier('tier3'), tier('tier4'))).toBe(1);
  expect(shardsOf(tier('tier4'), tier('tier5'))).toBe(4);
  expect(() => shardsOf(tier('tier2'), tier('tier2'))).toThrow('they are the same tier');
  expect(() => shardsOf(tier('tier5'), tier('tier6'))).toThrow('distributed SQL is filled from a dump');
  expect(() => shardsOf(tier('tier5'), tier('tier4'))).toThrow('from shards back to one server is not built');
});

describe('the settings file', () => {
  const good =
    'id: production-tier1-tier2\nsource: {host: 10.0.0.2, database: app, user: postgres}\ntargets: [{host: db.example.com, port: 25060, database: app, user: doadmin, sslmode: require}]\nroute: {kind: none}\n';
  const file = (text: string): string => {
    const path = join(scratch(), 'promotion.yaml');
    writeFileSync(path, text);
    return path;
  };

  test('takes passwords from the environment and paths from beside it', () => {
    const path = file(good);
    const settings = readMove(path, { TERRACE_SOURCE_PASSWORD: 's', TERRACE_TARGET_PASSWORD: 't' });
    expect(settings).toMatchObject({
      source: { port: 5432, password: 's' },
      targets: [{ port: 25_060, password: 't' }],
      journal: join(path, '..', 'promotion.jsonl'),
    });
    expect(readMove(path, {}).source).not.toHaveProperty('password');
    const shards = file(
      good.replace(/targets: .*/, 'targets: [{host: a, database: app, user: u}, {host: b, database: app, user: u}]\nshardKey: user_id'),
    );
    expect(readMove(shards, { TERRACE_TARGET_PASSWORD: 't', TERRACE_TARGET_2_PASSWORD: 'own' })).toMatchObject({
      targets: [{ password: 't' }, { password: 'own' }],
      shardKey: 'user_id',
    });
  });

  test('tells everything that is wrong', () => {
    const attempt = (): unknown =>
      readMove(
        file('id: X y\nsource: {host: a, database: app, user: u, password: secret}\ntargets: []\nroute: {kind: carrier-pigeon}\n'),
        {},
      );
    let refusal: unknown;
    try {
      attempt();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code: 'PROMOTION_SETTINGS', exitCode: 2 });
    expect((refusal as TerraceError).problems.map(({ where }) => where)).toEqual(['id', 'source', 'targets', 'route.kind']);
    expect(() => readMove('/nowhere/at/all.yaml', {})).toThrow(expect.objectContaining({ code: 'PROMOTION_SETTINGS' }) as Error);
  });
});
