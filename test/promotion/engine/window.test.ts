import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promote } from '../../../promotion/engine/promote';
import { readStanding } from '../../../promotion/engine/standing';
import { readJournal } from '../../../promotion/journal/journal';
import { actions as honest } from '../../../promotion/postgres/actions';
import { openSession, type Session } from '../../../promotion/postgres/session';
import { back, cutOver, ready, refused } from './support/asked';
import { freezer } from './support/freezer';
import { type Pair, pairForEach } from './support/pair';
import { withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

/** Nothing listens there. */
const CLOSED = { host: '127.0.0.1', port: 1 };

/** How often writes were held back. */
function fences(): number {
  return readJournal(pair.settings.journal).filter(({ step, phase }) => step === 'fenced' && phase === 'intent').length;
}

/** A session of the app, which a fence would end. */
function appOn(side: 'source' | 'target'): Promise<Session> {
  return openSession({ ...pair[side].settings, user: 'app' }, 3000, 'app');
}

/** Subscriptions and slots of a side that are none of the way there. */
function tried(side: 'source' | 'target'): Promise<unknown> {
  const others = (kind: string, name: string): string =>
    `(select count(*)::int from ${kind} where ${name} !~ '^terrace_to_(target|source)_0$')`;
  return pair.sql(side, `select ${others('pg_subscription', 'subname')} + ${others('pg_replication_slots', 'slot_name')}`);
}

/** What must be there for a window is tried before it: within it each try would cost every session of the app. */
describe('before writes are held back', () => {
  withServers()(
    'a closed way back is named, before the copy and before each change of sides, and goes on when it is open',
    async () => {
      const { settings } = pair;
      const [target] = settings.targets;
      const noWay = { ...settings, targets: [{ ...pair.target.settings, peer: CLOSED }] };
      const found = await refused(promote(noWay, ready, { patience: 3000 }));
      expect(found).toMatchObject({ code: 'PROMOTION_BLOCKED', exit: 20 });
      expect(found.text).toMatch(
        /After the change of sides the old side could not follow the new one, so that there would be no way back: .*could not connect to the publisher: .*port 1 failed: Connection refused.*\. Let 127\.0\.0\.1 reach 127\.0\.0\.1:1 as postgres \(firewall, pg_hba\.conf, password, certificate\), or name the address by which it does \(peer\)\./,
      );
      expect(await pair.sql('source', `select to_regnamespace('terrace_promotion')::text`)).toBe(null);
      expect([target?.peer, await promote(settings, ready)]).toMatchObject([undefined, { waiting: true }]);
      const app = await appOn('source');
      expect(await refused(promote(noWay, cutOver, { patience: 3000 }))).toMatchObject({ code: 'PROMOTION_BLOCKED', exit: 20 });
      expect([fences(), await app.value('select 7'), await tried('source'), await tried('target')]).toEqual([0, 7, 0, 0]);
      app.close();
      expect(await promote(settings, cutOver)).toMatchObject({ open: 'target' });

      // The other way round there is no preflight.
      const there = await appOn('target');
      const noReturn = { ...settings, source: { ...pair.source.settings, peer: CLOSED } };
      expect(await refused(promote(noReturn, back, { patience: 3000 }))).toMatchObject({
        code: 'PROMOTION_BLOCKED',
        text: expect.stringContaining('After the change of sides the new side could not follow the old one') as string,
      });
      expect([fences(), await there.value('select 7')]).toEqual([1, 7]);
      there.close();
      expect(await promote(settings, back)).toMatchObject({ open: 'source' });
    },
    120_000,
  );

  withServers()(
    'a closed way there is named with the way back, before anything is made, and not tried again once it is open',
    async () => {
      const { settings } = pair;
      const closed = {
        ...settings,
        source: { ...pair.source.settings, peer: CLOSED },
        targets: [{ ...pair.target.settings, peer: CLOSED }],
      };
      const found = await refused(promote(closed, ready, { patience: 3000 }));
      expect(found).toMatchObject({ code: 'PROMOTION_BLOCKED', exit: 20 });
      expect(found.text.split('\n')).toEqual([
        'Nothing was touched. 2 things stand in the way:',
        expect.stringMatching(
          /^The new side cannot follow the old one, so that nothing could be copied: .*port 1 failed: Connection refused.*\. Let 127\.0\.0\.1 reach 127\.0\.0\.1:1 as postgres \(firewall, pg_hba\.conf, password, certificate\), or name the address by which it does \(peer\)\.$/,
        ) as string,
        expect.stringContaining('After the change of sides the old side could not follow the new one') as string,
      ]);
      for (const side of ['source', 'target'] as const)
        expect([await tried(side), await pair.sql(side, `select to_regnamespace('terrace_promotion')::text`)]).toEqual([0, null]);
      expect(await promote(settings, ready)).toMatchObject({ waiting: true });
      expect(await promote({ ...closed, targets: settings.targets }, ready)).toMatchObject({ waiting: true });
    },
    120_000,
  );

  withServers()(
    'a way back whose packets vanish is named, and a new side that makes no slot',
    async () => {
      const ice = await freezer(pair.target.settings.port);
      try {
        const settings = { ...pair.settings, targets: [{ ...pair.target.settings, peer: { host: '127.0.0.1', port: ice.port } }] };
        await promote(settings, ready);
        const app = await appOn('source');
        const reach = (point: string): void => (point === 'caught-up.before' ? ice.freeze(true) : undefined);
        const found = await refused(promote(settings, cutOver, { patience: 3000, reach }));
        expect(found.code).toBe('PROMOTION_BLOCKED');
        expect(found.text).toContain(
          'the old side could not follow the new one, so that there would be no way back: no answer within 5 s.',
        );
        ice.freeze(false);

        // A slot waits for whoever writes at that moment.
        const busy = await openSession(pair.target.settings, 3000, 'somebody');
        await busy.rows('begin');
        await busy.value('select txid_current()::text');
        expect(await refused(promote(settings, cutOver, { patience: 3000 }))).toMatchObject({
          code: 'PROMOTION_BLOCKED',
          text: expect.stringContaining(
            'would keep no changes for the old one, so that there would be no way back: no answer within 5 s.',
          ) as string,
        });
        busy.close();
        expect([fences(), await app.value('select 7'), await tried('source'), await tried('target')]).toEqual([0, 7, 0, 0]);
        app.close();
        expect(await promote(settings, cutOver)).toMatchObject({ open: 'target' });
      } finally {
        ice.close();
      }
    },
    120_000,
  );

  withServers()(
    'a stream that is refused since the copy is named, and nothing is held back for it',
    async () => {
      await pair.sql('source', 'create role link login superuser');
      await promote({ ...pair.settings, source: { ...pair.source.settings, user: 'link' } }, ready);
      const rules = join(pair.source.data, 'pg_hba.conf');
      const own = readFileSync(rules, 'utf8');
      const admit = async (rule: string): Promise<void> => {
        writeFileSync(rules, `${rule}${own}`);
        await pair.sql('source', 'select pg_reload_conf()');
        await pair.sql('source', 'select count(pg_terminate_backend(pid)) from pg_stat_replication');
      };
      await admit('host all link 127.0.0.1/32 reject\n');
      await pair.sql('source', 'insert into public.carts values (77, 77)');
      const app = await appOn('source');
      expect(await refused(promote(pair.settings, cutOver, { patience: 3000 }))).toEqual({
        code: 'PROMOTION_BLOCKED',
        exit: 20,
        text: `Nothing was touched. One thing stands in the way:\nWhat is written on the old side now does not arrive on the new one: for 15 s nothing of the stream terrace_to_target_0 was confirmed (nobody reads it). The log of 127.0.0.1:${pair.target.settings.port} says why: a firewall, pg_hba.conf or the password of its role, a row that is there already. An address or a password that has changed since: alter subscription terrace_to_target_0 connection '...'.`,
      });
      expect([fences(), await app.value('insert into public.carts values (78, 78) returning n')]).toEqual([0, '78']);
      app.close();
      await admit('');
      expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
      expect(await pair.sql('target', 'select count(*)::int from public.carts where writer in (77, 78)')).toBe(2);
    },
    120_000,
  );
});

withServers()(
  'a window that did not come to its end is not tried again in the same run, and says so',
  async () => {
    await promote(pair.settings, ready);
    const wayBack = (): Promise<void> => Promise.reject(new Error('the slot was taken'));
    const found = await refused(promote(pair.settings, cutOver, { patience: 3000, actions: { ...honest, wayBack } }));
    expect(found).toEqual({
      code: 'PROMOTION_WINDOW_EXCEEDED',
      exit: 30,
      text: 'Writes were let go again on the side where they were, because the cutover did not come to its end, for which it has 5 s (windowSeconds): the slot was taken. No data moved sides. It is not tried again by itself, because each try ends every session of the app: mend what it says, and run this again.',
    });
    expect([fences(), await readStanding(pair.settings)]).toMatchObject([1, { open: 'source', heldBack: false }]);
    expect(await promote(pair.settings, cutOver)).toMatchObject({ open: 'target' });
  },
  120_000,
);

/** Gives a cutover up because what lies behind a frozen network falls silent in its window, and makes it once that has thawed. */
async function givenUpInIce(over: 'port' | 'peer', act: 'wayBack' | 'sequences', givenUp: (text: string) => Promise<void>): Promise<void> {
  const { host, port } = pair.target.settings;
  const ice = await freezer(port);
  try {
    const frozen = over === 'peer' ? { peer: { host, port: ice.port } } : { port: ice.port, peer: { host, port } };
    const settings = { ...pair.settings, windowSeconds: 20, targets: [{ ...pair.target.settings, ...frozen }] };
    const freezing: typeof honest.wayBack = async (...given) => (ice.freeze(true), await honest[act](...given));
    await promote(settings, ready);
    const found = await refused(promote(settings, cutOver, { patience: 3000, actions: { ...honest, [act]: freezing } }));
    expect(found).toMatchObject({ code: 'PROMOTION_WINDOW_EXCEEDED', exit: 30 });
    expect([fences(), await readStanding(pair.settings)]).toMatchObject([1, { open: 'source', heldBack: false }]);
    await givenUp(found.text);
    ice.freeze(false);
    expect(await promote(settings, cutOver)).toMatchObject({ open: 'target' });
  } finally {
    ice.close();
  }
}

withServers()(
  'a way back that closes within the window gives it up at once: writes do not wait for a server that waits',
  () =>
    givenUpInIce('peer', 'wayBack', async (text) => {
      expect(text).toContain('(windowSeconds): a server let one statement wait for more than 2 s. No data moved sides.');
      expect([await tried('source'), await pair.sql('target', 'select count(*)::int from pg_replication_slots')]).toEqual([0, 0]);
    }),
  120_000,
);

withServers()(
  'a new side that falls silent within the window gives it up: the old one is opened without it',
  () => givenUpInIce('port', 'sequences', () => Promise.resolve()),
  120_000,
);

withServers()(
  'sides that differ are told of also where the way back is refused',
  async () => {
    const compare = async (): Promise<readonly string[]> => {
      await pair.sql('target', 'select lo_create(0)');
      return ['public.carts'];
    };
    const found = await refused(promote(pair.settings, cutOver, { patience: 0, actions: { ...honest, compare } }));
    expect(found).toMatchObject({ code: 'PROMOTION_CONTENTS_DIFFER', exit: 40 });
    expect(found.text).toMatch(
      /^The two sides do not hold the same rows, and writes are still on the new one, because the way back was refused: .*\n1 large object on the new side.*\npublic\.carts$/,
    );
    expect([fences(), await readStanding(pair.settings)]).toMatchObject([1, { open: 'target', heldBack: false, verified: false }]);
  },
  120_000,
);
