import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as fc from 'fast-check';

import { bootstrap, releaseDocument } from '../../../constructs/server';
import { packageFile } from '../../../terraform/package-root';
import { installed, needs } from '../../support/needs';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, openUnit, PORT, release, withTools } from './support/unit';

const SEED = 20_261_121;
const script = packageFile('constructs', 'server', 'files', 'lib', 'lease.py');
const withPython = needs('python3');

/** Seconds, as a release of 90 s to become healthy has them. */
const RULES = { seconds: 300, need: 210, settle: 10 };

type Step = 'claim' | 'settle' | 'go' | 'withdraw' | 'wait';

/** The script's own decision, asked through a process that stays: thousands of answers a second. */
class Decider {
  private readonly process: ChildProcessWithoutNullStreams = spawn('python3', [
    join(__dirname, 'support', 'lease-driver.py'),
    dirname(script),
  ]);
  private readonly waiting: ((step: Step) => void)[] = [];

  constructor() {
    createInterface(this.process.stdout).on('line', (line) => this.waiting.shift()?.(line as Step));
  }

  decide(claims: Readonly<Record<string, number>>, mine: string, now: number, atOnce: number, rules = RULES): Promise<Step> {
    this.process.stdin.write(`${JSON.stringify([claims, mine, now, atOnce, rules.seconds, rules.need, rules.settle])}\n`);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  close(): void {
    this.process.stdin.end();
  }
}

let decider: Decider;
beforeAll(() => {
  if (installed('python3')) decider = new Decider();
});
afterAll(() => decider?.close());

/** What becomes of a member that has its turn. */
interface Fate {
  /** Seconds from the beginning of the simulation. */
  readonly joins: number;
  readonly leaves: number;
  /** Seconds between its rounds. */
  readonly pace: number;
  /** Seconds that its turn takes. */
  readonly work: number;
  /** Dies in the middle of its turn and never says so. */
  readonly dies: boolean;
  /** Seconds after its time at which its claim is listed, and after which its deletion is done. */
  readonly delay: number;
}

const fate: fc.Arbitrary<Fate> = fc.record({
  joins: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 900 }) }),
  leaves: fc.oneof(
    { weight: 2, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 1500 }) },
  ),
  pace: fc.integer({ min: 1, max: 20 }),
  work: fc.integer({ min: 1, max: 210 }),
  dies: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  delay: fc.integer({ min: 0, max: 9 }),
});

interface Claim {
  readonly since: number;
  readonly listed: number;
  gone: number;
}

interface Outcome {
  /** The most members that had their turn in one second. */
  readonly atOnce: number;
  /** Members that had a turn to its end. */
  readonly done: ReadonlySet<number>;
  /** When each turn began. */
  readonly began: readonly number[];
}

/** Plays members on one store, second by second: claims are listed late, deletions take effect late, members join, leave and die. */
async function play(members: readonly Fate[], limit: number, rules = RULES): Promise<Outcome> {
  const store = new Map<string, Claim>();
  const [claims, until, next] = [members.map(() => ''), members.map(() => 0), members.map(({ joins }) => joins)];
  const done = new Set<number>();
  const began: number[] = [];
  let atOnce = 0;
  const giveBack = (index: number, at: number): void => {
    const claim = store.get(claims[index] ?? '');
    if (claim !== undefined) claim.gone = at + (members[index]?.delay ?? 0);
    claims[index] = '';
  };
  for (
    let now = 0;
    now < longest && (members.some(({ leaves }, index) => !done.has(index) && leaves > now) || until.some((end) => end > now));
    now += 1
  ) {
    for (const [index, member] of members.entries()) {
      if (done.has(index) || now >= member.leaves || now < (next[index] ?? 0)) continue;
      const visible = Object.fromEntries(
        [...store].filter(([, each]) => each.listed <= now && now < each.gone).map(([name, each]) => [name, each.since]),
      );
      const step = await decider.decide(visible, claims[index] ?? '', now, limit, rules);
      next[index] = now + (step === 'claim' || step === 'settle' ? Math.max(member.pace, rules.settle) : member.pace);
      if (step === 'claim') {
        claims[index] = `${index}.${store.size}`;
        store.set(claims[index] ?? '', { since: now, listed: now + member.delay, gone: Number.POSITIVE_INFINITY });
      }
      if (step === 'withdraw') giveBack(index, now);
      if (step === 'go') {
        began.push(now);
        until[index] = now + member.work;
        done.add(index);
        if (!member.dies) giveBack(index, now + member.work);
      }
    }
    atOnce = Math.max(atOnce, until.filter((end) => end > now).length);
  }
  return { atOnce, done, began };
}

/** Seconds after which a member that has had no turn never will. */
const longest = 10_000;

describe('the turn of a member that nobody can name in advance', () => {
  withPython(
    'at most a third of six members have it at once, whoever joins, leaves or dies, and everyone who stays gets it',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fate, { minLength: 6, maxLength: 6 }), async (members) => {
          const { atOnce, done } = await play(members, 2);
          expect(atOnce).toBeLessThanOrEqual(2);
          members.forEach((member, index) => {
            if (member.leaves === Number.POSITIVE_INFINITY) expect(done).toContain(index);
          });
        }),
        { seed: SEED, numRuns: 30 },
      );
    },
    120_000,
  );

  withPython(
    'without the time to settle it would be too many: the test sees it',
    async () => {
      const member = (changes: Partial<Fate>): Fate => ({
        joins: 0,
        leaves: Number.POSITIVE_INFINITY,
        pace: 1,
        work: 100,
        dies: false,
        delay: 0,
        ...changes,
      });
      // The first claim is listed after nine seconds; the second member sees itself alone before that.
      const members = [member({ delay: 9, pace: 20 }), member({ joins: 1 })];
      expect((await play(members, 1, { ...RULES, settle: 0 })).atOnce).toBe(2);
      expect((await play(members, 1)).atOnce).toBe(1);
    },
    180_000,
  );

  withPython('the lease of a dead member ends by itself, and no sooner', async () => {
    const member = (changes: Partial<Fate>): Fate => ({
      joins: 0,
      leaves: Number.POSITIVE_INFINITY,
      pace: 1,
      work: 50,
      dies: false,
      delay: 0,
      ...changes,
    });
    const { began } = await play([member({ dies: true }), member({ joins: 20 })], 1);
    // The first claims at 0 and settles until 10; the second may claim when that claim is 300 s old, and settles too.
    expect(began).toEqual([10, 310]);
  });

  withPython('each answer for a reason', async () => {
    const at = (claims: Readonly<Record<string, number>>, mine: string, now: number) => decider.decide(claims, mine, now, 1);
    expect(await at({}, '', 100)).toBe('claim');
    expect(await at({ other: 90 }, '', 100)).toBe('wait');
    expect(await at({ other: 90 }, '', 390)).toBe('claim');
    expect(await at({ me: 95 }, 'me', 100)).toBe('settle');
    expect(await at({ me: 90, other: 91 }, 'me', 100)).toBe('go');
    expect(await at({ me: 90, other: 89 }, 'me', 100)).toBe('withdraw');
    // Equal times: the name decides, for both of them alike.
    expect(await at({ me: 90, aaa: 90 }, 'me', 100)).toBe('withdraw');
    expect(await at({ me: 90, zzz: 90 }, 'me', 100)).toBe('go');
    // A claim from before a crash has no time left for a turn.
    expect(await at({ me: 9 }, 'me', 100)).toBe('withdraw');
  });

  withPython('a listing is read as S3 writes it, and one that is cut off is no answer', () => {
    const answer = (listing: string) =>
      spawnSync('python3', [script, 'app-1.aa', 'Sat, 21 Nov 2026 10:00:20 GMT', '1', '300', '210', '10'], {
        input: listing,
        encoding: 'utf8',
      });
    expect(answer(listing([['app-1.aa', '2026-11-21T10:00:00.000Z']])).stdout).toBe('go\n');
    expect(
      answer(
        listing([
          ['app-1.aa', '2026-11-21T10:00:00.000Z'],
          ['app-2.bb', '2026-11-21T09:59:59.120Z'],
        ]),
      ).stdout,
    ).toBe('withdraw\n');
    expect(answer(listing([])).stdout).toBe('claim\n');
    expect(answer(listing([], true))).toMatchObject({ status: 1, stdout: '' });
    expect(answer('not XML').status).not.toBe(0);
  });
});

function listing(objects: readonly (readonly [string, string])[], cut = false): string {
  const contents = objects.map(
    ([key, at]) => `<Contents><Key>${key}</Key><LastModified>${at}</LastModified><ETag>"x"</ETag><Size>5</Size></Contents>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>turns</Name><IsTruncated>${cut}</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

/** The bucket of turns on loopback, as far as a lease asks it. */
async function openTurns(): Promise<{ endpoint: string; objects: Map<string, number>; log: string[]; server: Server }> {
  const objects = new Map<string, number>();
  const log: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const [path = '', query] = (request.url ?? '').split('?');
    const key = path.replace('/turns/', '');
    log.push(`${request.method} ${query ?? key.replace(/\.[0-9a-f]{12}$/, '.*')}`);
    if (request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=TURNS/') !== true) return void response.writeHead(403).end();
    if (request.method === 'PUT') objects.set(key, Date.now());
    if (request.method === 'DELETE') objects.delete(key);
    response.writeHead(request.method === 'DELETE' ? 204 : 200, { date: new Date().toUTCString() });
    response.end(request.method === 'GET' ? listing([...objects].map(([name, at]) => [name, new Date(at).toISOString()] as const)) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, log, server };
}

describe('on a server', () => {
  let store: Store;
  let turns: Awaited<ReturnType<typeof openTurns>>;

  beforeEach(async () => {
    store = await openStore();
    store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
    turns = await openTurns();
  });
  afterEach(async () => {
    await store.close();
    await new Promise((resolve) => (turns.server.closeAllConnections(), turns.server.close(resolve)));
  });

  function publish(image: string): void {
    const lease = { atOnce: 1, endpoint: turns.endpoint, region: 'fra1', bucket: 'turns', accessKeyId: 'TURNS', secretKey: 'secret' };
    const app = { image, port: PORT, healthPath: '/', settings: {}, secrets: {} };
    const document = structuredClone(
      releaseDocument(release({ servers: [], lease, app, entrance: { kind: 'behind-load-balancer', port: PORT } })),
    ) as unknown as { lease: { settle: number } };
    document.lease.settle = 1;
    store.body = JSON.stringify(document);
  }

  withTools(
    'a release waits while another member switches, then takes the turn and gives it back',
    async () => {
      const unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1' });
      publish('app:1');
      await unit.settle();
      // A server that serves nobody asks for no turn.
      expect(turns.log).toEqual([]);
      publish('app:2');
      turns.objects.set('app-2.0123456789ab', Date.now());
      await unit.round();
      expect(unit.status()).toMatchObject({
        state: 'waiting',
        message: 'as many servers of the group as may are switching',
        healthy: true,
      });
      expect(unit.text('docker/image').trim()).toBe('app:1');
      turns.objects.clear();
      await unit.round();
      expect(unit.status()).toMatchObject({ state: 'applied' });
      expect(unit.text('docker/image').trim()).toBe('app:2');
      expect(turns.log.filter((line) => !line.startsWith('GET'))).toEqual(['PUT app-1.*', 'DELETE app-1.*']);
      expect(turns.objects.size).toBe(0);
      await unit.close();
    },
    180_000,
  );

  withTools(
    'a release waits while the store of turns does not answer',
    async () => {
      const unit = await openUnit(store, { server: 'app-1', address: '127.0.0.1' });
      publish('app:1');
      await unit.settle();
      publish('app:2');
      await new Promise((resolve) => (turns.server.closeAllConnections(), turns.server.close(resolve)));
      await unit.round();
      expect(unit.status()).toMatchObject({ state: 'waiting', message: "the store of the group's turns does not answer", healthy: true });
      await unit.close();
      turns = await openTurns();
    },
    180_000,
  );
});

test('members share one text: without a name of its own a server takes its host name', () => {
  const channel = {
    endpoint: 'https://fra1.digitaloceanspaces.com',
    region: 'fra1',
    bucket: 'config',
    object: 'releases/app.json',
    key: FIRST_KEY,
  };
  expect(bootstrap({ group: 'app', channel })).not.toMatch(/server=/);
  expect(bootstrap({ server: 'app-1', group: 'app', channel })).toMatch(/server=app-1/);
});

test('a group without a lease says so, and one with a lease has a window in which a turn fits', () => {
  const lease = {
    atOnce: 1,
    endpoint: 'https://fra1.digitaloceanspaces.com',
    region: 'fra1',
    bucket: 'turns',
    accessKeyId: 'KEY',
    secretKey: 'secret',
  };
  expect(releaseDocument(release())['lease']).toBeNull();
  expect(releaseDocument(release({ servers: [], lease }))['lease']).toEqual({ ...lease, settle: 10 });
  expect(() => releaseDocument(release({ servers: [], lease, timing: { window: 200, healthLimit: 90 } }))).toThrow('at least 240 s');
});
