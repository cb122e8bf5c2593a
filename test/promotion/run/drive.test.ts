import type { Intent } from '../../../promotion/run/decide';
import { drive, type Ended } from '../../../promotion/run/drive';
import { isKill, merge, portsOn, world, type World } from './support/world';

const go: Intent = { kind: 'promote', to: 'tier2', go: true };
const wait: Intent = { kind: 'promote', to: 'tier2', go: false };
const contract: Intent = { kind: 'contract' };
const rollback: Intent = { kind: 'rollback', keepTarget: false };
const keep: Intent = { kind: 'rollback', keepTarget: true };
const abandon: Intent = { kind: 'abandon' };

const run = (place: World, intent: Intent): Promise<Ended> => drive(intent, portsOn(place));
const codeOf = (ending: Promise<Ended>): Promise<string> =>
  ending.then(
    ({ step }) => (step.do === 'wait' ? `wait ${step.for}` : `end ${step.at}`),
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** Starts a command again and again, killed at one point more each time, until it gets through. */
async function throughKills(place: World, intent: Intent, at: number): Promise<Ended> {
  try {
    return await drive(intent, portsOn(place, at));
  } catch (error) {
    if (!isKill(error)) throw error;
    return await throughKills(place, intent, Number.POSITIVE_INFINITY);
  }
}

test('the whole way, act by act', async () => {
  const place = world();
  expect(await codeOf(run(place, wait))).toBe('wait go');
  expect(place.log).toEqual(['write expand', 'deploy expanded', 'write migrate', 'deploy resized', 'copy', 'write verify', 'copy']);
  expect(await codeOf(run(place, go))).toBe('wait contract');
  expect(place.log.slice(7)).toEqual([
    'deploy resized',
    'copy',
    'write cutover',
    'copy',
    'open target',
    'lead to target',
    'compare',
    'deploy switched',
    'write soak',
  ]);
  expect(await codeOf(run(place, contract))).toBe('end target');
  expect(place.log.slice(16)).toEqual(['deploy switched', 'write contract', 'clean up', 'deploy contracted', 'write done']);
  expect(place).toMatchObject({ tier: 'tier2', promotion: undefined, runs: 'contracted' });
});

test('killed before and after every act, and started again: the same end, and writes never on a side that was taken away', async () => {
  for (const data of [true, false])
    for (let at = 0; at < 40; at += 1) {
      const place = world({ data });
      await throughKills(place, go, at);
      expect([at, place]).toMatchObject([
        at,
        { promotion: { phase: 'soak' }, runs: 'switched', ...(data ? { data: { open: 'target', routed: 'target', verified: true } } : {}) },
      ]);
      await throughKills(place, contract, at);
      expect([at, place]).toMatchObject([
        at,
        { tier: 'tier2', promotion: undefined, runs: 'contracted', ...(data ? { data: { open: 'target', state: 'not begun' } } : {}) },
      ]);
      const cleaned = place.log.indexOf('clean up');
      if (data) expect(place.log.slice(cleaned)).toContain('deploy contracted');
      expect(place.log.slice(0, cleaned === -1 ? 0 : cleaned)).not.toContain('deploy contracted');
    }
});

test.each(['expand', 'migrate', 'verify', 'cutover', 'soak'] as const)(
  'rollback out of %s, killed before and after every act: where it began',
  async (phase) => {
    for (const data of [true, false])
      for (let at = 0; at < 24; at += 1) {
        const place = await standingIn(phase, data);
        await throughKills(place, rollback, at);
        expect([phase, at, place]).toMatchObject([
          phase,
          at,
          {
            tier: 'tier1',
            promotion: undefined,
            runs: 'returned',
            ...(data ? { data: { open: 'source', routed: 'source', state: 'not begun' } } : {}),
          },
        ]);
      }
  },
);

/** A world in which the file says a phase, and that phase is deployed. */
async function standingIn(phase: string, data: boolean, resizes = false, layered = false): Promise<World> {
  for (let at = 0; ; at += 1) {
    const place = world({ data, resizes, layered });
    const ended = await drive(go, portsOn(place, at)).catch((error: unknown) =>
      isKill(error) ? undefined : Promise.reject(error as Error),
    );
    if (place.promotion?.phase === phase) return place;
    if (ended !== undefined) throw new Error(`never in ${phase}`);
  }
}

test('a rollback leads writes back before anything else, and deploys nothing where nothing had moved', async () => {
  const switched = await standingIn('soak', true);
  switched.log.length = 0;
  await run(switched, rollback);
  expect(switched.log[0]).toBe('open source');
  const early = await standingIn('migrate', true);
  early.log.length = 0;
  await run(early, rollback);
  expect(early.log).toEqual(['write rollback', 'clean up', 'deploy returned', 'write done']);
});

test('what runs in the clusters of the target goes only after requests are back on the old side', async () => {
  for (const phase of ['cutover', 'soak'] as const) {
    const place = await standingIn(phase, false, false, true);
    place.log.length = 0;
    expect(await codeOf(run(place, rollback))).toBe('end start');
    expect(place.log).toEqual(['write migrate', 'deploy resized', 'write rollback', 'deploy returned', 'write done']);
  }
});

test('with the target kept both sides stand, and the next run cuts over again', async () => {
  const place = await standingIn('soak', true);
  expect(await codeOf(run(place, keep))).toBe('end both');
  expect(place).toMatchObject({ promotion: { phase: 'migrate' }, runs: 'resized', data: { open: 'source' } });
  expect(await codeOf(run(place, go))).toBe('wait contract');
  expect(place.data?.open).toBe('target');
});

test('what a provider has resized in place is not taken back: with the target kept requests are; before the resize everything is', async () => {
  for (const phase of ['cutover', 'soak', 'verify'] as const) {
    const place = await standingIn(phase, false, true);
    expect([phase, await codeOf(run(place, rollback))]).toEqual([phase, 'PROMOTION_ONE_WAY']);
    expect(place.promotion?.phase).toBe(phase);
    expect(await codeOf(run(place, keep))).toBe('end both');
    expect(place.runs).toBe('resized');
    expect(await codeOf(run(place, rollback))).toBe('PROMOTION_ONE_WAY');
    expect(await codeOf(run(place, go))).toBe('wait contract');
  }
  for (const phase of ['expand', 'migrate'] as const) {
    const place = await standingIn(phase, false, true);
    expect([phase, await codeOf(run(place, rollback)), place.runs]).toEqual([phase, 'end start', 'returned']);
  }
});

test('each phase waits until the file stands where deploys read it; writes go back without waiting', async () => {
  const place = world({ reviewed: true });
  const phases: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    const outcome = await codeOf(run(place, go));
    phases.push(`${place.promotion?.phase ?? ''} ${outcome}`);
    if (outcome === 'wait contract') break;
    merge(place);
  }
  expect(phases).toEqual([
    'expand wait source',
    'migrate wait source',
    'verify wait source',
    'cutover wait source',
    'soak wait source',
    'soak wait contract',
  ]);
  expect(await codeOf(run(place, rollback))).toBe('wait source');
  expect(place).toMatchObject({ promotion: { phase: 'migrate' }, data: { open: 'source' } });
});

test('what cannot be done from where it stands is refused, and changes nothing', async () => {
  const unpromoted = world();
  for (const intent of [rollback, abandon, contract]) expect(await codeOf(run(unpromoted, intent))).toMatch(/^end /);
  expect(unpromoted.log).toEqual([]);
  expect(await codeOf(run({ ...world(), runs: 'expanded' }, go))).toBe('PROMOTION_NOT_DEPLOYED');
  for (const phase of ['expand', 'migrate', 'verify', 'cutover'] as const) {
    const place = await standingIn(phase, true);
    const before = JSON.stringify(place.promotion);
    expect([phase, await codeOf(run(place, contract))]).toEqual([phase, 'PROMOTION_NOT_YET']);
    expect(JSON.stringify(place.promotion)).toBe(before);
  }
  const soaking = await standingIn('soak', true);
  expect(await codeOf(run(soaking, abandon))).toBe('PROMOTION_NOT_YET');
  expect(soaking.data?.open).toBe('target');
  expect(await codeOf(run({ ...soaking, data: { state: 'indexed', open: 'source', routed: 'source', verified: false } }, go))).toBe(
    'PROMOTION_MOVED_BACK',
  );
  expect(await codeOf(run({ ...soaking, promotion: { to: 'tier2', phase: 'contract' } }, rollback))).toBe('PROMOTION_NOT_YET');
  expect(await codeOf(run(soaking, { kind: 'promote', to: 'tier3', go: true }))).toBe('PROMOTION_BLOCKED');
  expect(await codeOf(run({ ...soaking, data: { state: 'unknown', open: 'source', routed: 'source', verified: false } }, go))).toBe(
    'PROMOTION_UNREACHABLE',
  );
});

test('a change of sides that somebody paused meanwhile is not tried for ever', async () => {
  const place = await standingIn('cutover', true);
  const ports = portsOn(place);
  const paused = { ...ports, movers: async () => (await ports.movers()).map((mover) => ({ ...mover, cutOver: () => Promise.resolve() })) };
  expect(await codeOf(drive(go, paused))).toBe('wait go');
});

describe('a pause while a run is at work', () => {
  test.each([true, false])(
    'holds the cutover back in every phase before it, with data (%j) and without, until it is over',
    async (data) => {
      for (const phase of ['migrate', 'verify', 'cutover'] as const) {
        const place = await standingIn(phase, data);
        Object.assign(place, { paused: true, log: [] });
        expect([phase, await codeOf(run(place, go))]).toEqual([phase, 'wait go']);
        expect(place.promotion?.phase).toBe(phase === 'cutover' ? 'cutover' : 'verify');
        expect(place.log.filter((each) => /cutover|target|switched/.test(each))).toEqual([]);
        place.paused = false;
        expect([phase, await codeOf(run(place, go))]).toEqual([phase, 'wait contract']);
      }
    },
  );

  test('that comes while a mover catches up holds it back, and every mover behind it', async () => {
    const place = await standingIn('cutover', true);
    place.log.length = 0;
    const ports = portsOn(place);
    const movers = async () => {
      const [database] = await ports.movers();
      if (database === undefined) return [];
      const catchUp = () => Promise.resolve(void (place.paused = true));
      return [
        { ...database, catchUp },
        { ...database, id: 'cache', method: 'cache-replication' as const },
        { ...database, id: 'storage', method: 'object-copy' as const },
      ];
    };
    expect(await codeOf(drive(go, { ...ports, movers }))).toBe('wait go');
    expect(place.log).toEqual(['copy', 'copy', 'copy']);
    expect(place.data).toMatchObject({ open: 'source', routed: 'source' });
  });

  test('leaves what has begun to be finished, and leads writes back all the same', async () => {
    const begun = await standingIn('cutover', true);
    Object.assign(begun, { paused: true, data: { state: 'opened', open: 'target', routed: 'source', verified: false } });
    expect(await codeOf(run(begun, go))).toBe('wait contract');
    expect(await codeOf(run(begun, rollback))).toBe('end start');
  });
});

test('the same tier on another platform is a way too, and a run that is under way goes on to where it was begun', async () => {
  const place = world({ data: false });
  expect(await codeOf(run(place, { kind: 'promote', to: 'tier1', platform: 'digitalocean', go: true }))).toBe('end target');
  await drive({ kind: 'promote', to: 'tier1', platform: 'aws', go: true }, portsOn(place, 1)).catch(() => undefined);
  expect(place.log).toEqual(['write expand']);
  expect(await codeOf(run(place, { kind: 'promote', to: 'tier2', platform: 'aws', go: true }))).toBe('PROMOTION_BLOCKED');
});

test('what was done and has changed nothing is not done for ever', async () => {
  const place = await standingIn('soak', true);
  const ports = portsOn(place);
  const idle = { ...ports, movers: async () => (await ports.movers()).map((mover) => ({ ...mover, reverse: () => Promise.resolve() })) };
  expect(await codeOf(drive(rollback, idle))).toBe('PROMOTION_INVARIANT');
  expect(place).toMatchObject({ promotion: { phase: 'soak' }, data: { open: 'target' } });
});
