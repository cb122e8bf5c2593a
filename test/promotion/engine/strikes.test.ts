import { join } from 'node:path';
import { openJournal } from '../../../promotion/journal/journal';
import type { EngineRun } from '../../../promotion/rehearse/engine-process';
import { moved, type PlannedKill } from '../../../promotion/rehearse/kills';
import type { Server } from '../../../promotion/rehearse/servers';
import { strikesOf } from '../../../promotion/rehearse/strikes';
import { scratch } from '../../support/scratch';

const kill = (phase: number, victim: PlannedKill['victim'], step: string): PlannedKill => ({
  phase,
  victim,
  step,
  after: 0,
  away: 0,
  which: 0.9,
});

/** An engine that ends when it is told to, or is killed. */
function played(): EngineRun & { readonly end: () => void } {
  let over = false;
  let tell: (ended: { code: number | null; last: string }) => void = () => undefined;
  const ended = new Promise<{ code: number | null; last: string }>((resolve) => (tell = resolve));
  const stop = (code: number | null): void => {
    over = true;
    tell({ code, last: '' });
  };
  return { ended, kill: () => stop(null), over: () => over, end: () => stop(0) };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 1));
  // What follows it at once has followed.
  await new Promise((done) => setTimeout(done, 1));
}

function stage(planned: readonly PlannedKill[]) {
  const [file, met]: [string, string[]] = [join(scratch(), 'journal.jsonl'), []];
  const server = (name: string): Server => ({
    settings: { host: '127.0.0.1', port: 1, database: 'app', user: 'app' },
    data: name,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    kill: () => Promise.resolve(void met.push(name)),
  });
  const say = (line: string): void => void met.push(line);
  const strikes = strikesOf(planned, { journal: file, source: server('old'), targets: [server('new 1'), server('new 2')], say });
  return { strikes, met, journal: openJournal(file, 'p') };
}

test('each kill waits for its step, and none for another one', async () => {
  const { strikes, met, journal } = stage([kill(1, 'target', 'fenced'), kill(1, 'engine', 'opened')]);
  const engine = played();
  const struck = strikes.during(engine, 1);
  journal.note('caught-up', 'intent');
  journal.note('fenced', 'intent');
  await until(() => strikes.outages.length === 1);
  expect(met).toEqual(['kill 1: target', 'new 2']);
  journal.note('drained', 'intent');
  // Of the step that was drawn nothing is seen: the next one will do.
  journal.note('routed', 'intent');
  await struck;
  expect(met.slice(2)).toEqual(['kill 2: engine']);
  expect(strikes.killed()).toEqual({ engine: 1, source: 0, target: 1 });
  expect(strikes.outages).toHaveLength(1);
});

test('a kill that comes too late is not counted, and comes with the next change of sides', async () => {
  const { strikes, met, journal } = stage([kill(1, 'source', 'verified'), kill(2, 'engine', 'opened')]);
  const first = played();
  const late = strikes.during(first, 1);
  journal.note('routed', 'intent');
  first.end();
  await late;
  expect([met, strikes.killed()]).toEqual([[], { engine: 0, source: 0, target: 0 }]);
  const second = played();
  const struck = strikes.during(second, 2);
  journal.note('caught-up', 'intent');
  await until(() => strikes.outages.length === 1);
  expect(met).toEqual(['kill 1: source', 'old']);
  journal.note('opened', 'intent');
  await struck;
  expect(strikes.killed()).toEqual({ engine: 1, source: 1, target: 0 });
});

test('an engine that ends in the moment of its kill was not killed', async () => {
  const { strikes, met, journal } = stage([kill(1, 'engine', 'fenced')]);
  const engine = played();
  const struck = strikes.during({ ...engine, kill: engine.end }, 1);
  journal.note('fenced', 'intent');
  await struck;
  expect([met, strikes.killed()]).toEqual([[], { engine: 0, source: 0, target: 0 }]);
});

test('what is left over from a phase comes first in the next one', () => {
  expect(moved([kill(0, 'engine', 'indexed'), kill(1, 'source', 'fenced')], 1)).toEqual([
    kill(1, 'engine', 'caught-up'),
    kill(1, 'source', 'fenced'),
  ]);
});
