import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromotionSettings } from '../../../promotion/engine/settings';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { rehearse } from '../../../promotion/rehearse/rehearse';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { scratch } from '../../support/scratch';
import { templates, testEngine, withServers } from './support/servers';

const around = (...steps: readonly string[]): string[] => steps.flatMap((step) => [`${step}.before`, `${step}.acted`]);
/** Before and after every act of the engine, and between the parts of an act. */
const COPY = [
  ...around('preflight', 'published', 'schema', 'subscribed', 'copied', 'indexed'),
  'published.facts',
  'schema.dumped',
  'copied.keys',
  'indexed.one',
];
const CHANGE = [
  ...around('caught-up', 'fenced', 'drained', 'sequenced', 'reversible', 'twins', 'opened', 'routed', 'reversing', 'verified'),
  'fenced.paused',
  'fenced.shut',
  'reversible.cleaned',
  'reversible.slot',
  'reversing.dropped',
];

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length === 0) return;
  clusters = await templates();
}, 120_000);

async function crashing(points: readonly (readonly string[])[], pooler: boolean, settings: Partial<PromotionSettings> = {}) {
  const crashes = join(scratch(), 'crashes');
  const left: string[][] = [];
  const load = (list: readonly string[]): void => writeFileSync(crashes, list.join('\n'));
  const before = (phase: number): Promise<void> => {
    if (phase > 0) left.push(readFileSync(crashes, 'utf8').split('\n').filter(Boolean));
    load(points[phase] ?? []);
    return Promise.resolve();
  };
  const rehearsed = await rehearse({
    rows: 400,
    cutovers: points.length < 3 ? 1 : 2,
    kills: 0,
    seed: 1,
    clusters,
    pooler,
    trial: { settings, before, attempts: 60, engine: { program: testEngine, env: { TEST_CRASHES: crashes } } },
  });
  expect(rehearsed.wrong).toEqual([]);
  expect(rehearsed.report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted' });
  expect(rehearsed.report.acknowledged).toBeGreaterThan(50);
  return left;
}

withServers()(
  'killed at every point of the copy, a cutover and the way back, it goes on each time and loses nothing',
  async () => {
    // Every table's keys after its rows, as it is done with large ones.
    const left = await crashing([COPY, CHANGE, CHANGE], true, { largeTableBytes: 0 });
    // The servers go on copying by themselves, and what an index was made for is there when the engine comes back.
    expect(left[0]?.filter((point) => !['copied.before', 'copied.acted', 'indexed.acted'].includes(point))).toEqual([]);
    expect(left.slice(1)).toEqual([[], []]);
  },
  480_000,
);

withServers()(
  'killed where those would have been, without a pooler',
  async () => {
    expect(await crashing([['copied.acted', 'indexed.acted'], []], false)).toEqual([[]]);
  },
  120_000,
);
