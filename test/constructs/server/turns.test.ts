import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';

import { releaseDocument, type GroupServer } from '../../../constructs/server';
import { soak } from '../../support/soak';
import { openStore, type Store } from './support/store';
import { FIRST_KEY, openUnit, PORT, release, type Event, type Unit, withTools } from './support/unit';

const SEED = 20_261_121;
const SERVERS: readonly GroupServer[] = [
  { name: 'app-1', address: '127.0.0.1' },
  { name: 'app-2', address: '127.0.0.2' },
];
/** Seconds: short, but with room for a slow machine between the start of a switch and the end of its turn. */
const TIMING = { window: 14, healthLimit: 5 };

/** Releases one after another. */
const releases = soak ? 3 : 2;

jest.setTimeout(400_000);

interface Step {
  readonly image: string;
  readonly setting: string;
  /** Cuts one round of that server off in the middle of its switch. */
  readonly cut: 'app-1' | 'app-2' | 'neither';
}

describe('two servers of a group, on one clock', () => {
  withTools('are never both down during releases, whatever happens to one of them', async () => {
    const step = fc.record({
      image: fc.constantFrom('app:1', 'app:2', 'app:bad'),
      setting: fc.constantFrom('x', 'y'),
      cut: fc.constantFrom<Step['cut'][]>('app-1', 'app-2', 'neither'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: releases, maxLength: releases }), async (steps) => {
        const { downAtOnce, switches } = await play(steps);
        expect(downAtOnce).toEqual([]);
        expect(switches).toBeGreaterThanOrEqual(2);
      }),
      { seed: SEED, numRuns: 1 },
    );
  });

  withTools('and without turns they would be: the test sees it', async () => {
    const steps: Step[] = [{ image: 'app:bad', setting: 'x', cut: 'neither' }];
    const { downAtOnce } = await play(steps, 'has_turn() { true; }');
    expect(downAtOnce).not.toEqual([]);
  });
});

async function play(steps: readonly Step[], mutation = ''): Promise<{ downAtOnce: Event[]; switches: number }> {
  const store = await openStore();
  store.keys.set(FIRST_KEY.accessKeyId, FIRST_KEY.secretKey);
  const units = await Promise.all(SERVERS.map(({ name, address }) => openUnit(store, { server: name, address: address ?? '' })));
  try {
    publish(store, { image: 'app:0', setting: '', cut: 'neither' }, mutation);
    await Promise.all(units.map((unit) => unit.settle()));
    const started = Date.now();
    for (const step of steps) {
      publish(store, step, mutation);
      await Promise.all(units.map((unit, index) => follow(unit, step.cut === SERVERS[index]?.name)));
    }
    const events = units.map((unit) => unit.events().filter(({ at }) => at >= started));
    return { downAtOnce: overlaps(events[0] ?? [], events[1] ?? []), switches: events.flat().filter(({ kind }) => kind === 'down').length };
  } finally {
    await Promise.all(units.map((unit) => unit.close()));
    await store.close();
  }
}

function publish(store: Store, { image, setting }: Step, mutation: string): void {
  const app = { image, port: PORT, healthPath: '/', settings: { SETTING: setting }, secrets: {} };
  const entrance = { kind: 'behind-load-balancer', port: PORT } as const;
  const document = structuredClone(releaseDocument(release({ servers: SERVERS, app, entrance }))) as unknown as {
    timing: typeof TIMING;
    files: Record<string, { content: string }>;
  };
  document.timing = TIMING;
  const turns = document.files['lib/turn.sh'];
  if (turns !== undefined) turns.content += mutation;
  store.body = JSON.stringify(document);
}

/** Rounds one after another until the release is in place or given up. */
async function follow(unit: Unit, cutOff: boolean): Promise<void> {
  let cut = cutOff;
  await unit.round();
  for (let rounds = 0; rounds < 150; rounds++) {
    const { state, release: applied, wanted } = unit.status();
    if (state === 'rolled-back' || (state === 'applied' && applied === wanted)) return;
    // Call 1 of a round that has its turn brings the containers up: config and pull were in the first round.
    const { code } = await unit.round(cut ? { cut: '1+' } : {});
    if (code === null) cut = false;
    // A server asks every minute; asking without a break would keep the other's programs from running.
    await sleep(300);
  }
}

/** The times at which both were down, from what each of them logged. */
function overlaps(first: readonly Event[], second: readonly Event[]): Event[] {
  const down = (events: readonly Event[], at: number): boolean => events.filter((event) => event.at <= at).at(-1)?.kind === 'down';
  return [
    ...first.filter(({ kind, at }) => kind === 'down' && down(second, at)),
    ...second.filter(({ kind, at }) => kind === 'down' && down(first, at)),
  ];
}
