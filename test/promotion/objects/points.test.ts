import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pause } from '../../../promotion/postgres/session';
import { bucketStore } from '../../../promotion/objects/bucket';
import { folderStore } from '../../../promotion/objects/folder';
import { type ObjectSettings, objectMover } from '../../../promotion/objects/mover';
import { rarely, soak } from '../../support/soak';
import { scratch } from '../../support/scratch';
import { back, cutOver, ready } from '../engine/support/asked';
import { killedAt } from '../engine/support/killed';
import { objectPoints } from '../engine/support/points';
import { openStore, settingsFor } from './support/stores';

const { withStore, bucket, put, endpoint } = openStore();

/** Ends of acts at which a run is killed. One before an act is the one after that before it, but for what is read in between: `npm run soak` has both. */
const some = (list: readonly string[]): readonly string[] => (soak ? list : list.filter((point) => point.endsWith('.acted')));

interface App {
  /** What was acknowledged where the app was led, from before it began until after it: for each key the number of the last. */
  readonly stop: () => Promise<ReadonlyMap<string, number>>;
}

/** An app that writes objects, all of them more than once and one again and again, where it is led. */
function writing(place: () => string, write: (place: string, key: string, text: string) => Promise<void>): App {
  const acknowledged = new Map<string, number>();
  let stopped = false;
  const work = (async () => {
    for (let n = 0; !stopped; n += 1, await pause(250))
      for (const key of ['again', `n${n % 30}`]) {
        const led = place();
        const done = await write(led, key, String(n)).then(
          () => true,
          () => false,
        );
        // An upload that the app was led away from is no write of either side.
        if (done && place() === led) acknowledged.set(key, n);
      }
  })();
  return { stop: async () => ((stopped = true), await work, acknowledged) };
}

/** One that the app sees whole or not at all. */
function putFile(folder: string, key: string, text: string): Promise<void> {
  const half = join(folder, '..', `${key}.half`);
  writeFileSync(half, text);
  renameSync(half, join(folder, key));
  return Promise.resolve();
}

async function putObject(name: string, key: string, body: string): Promise<void> {
  const { ok } = await fetch(`${endpoint()}/${name}/${key}`, { method: 'PUT', body });
  if (!ok) throw new Error('the store refused');
}

async function textIn(source: ObjectSettings['source'], key: string): Promise<string> {
  const file = join(scratch(), 'object');
  await ('folder' in source ? folderStore(source.folder) : bucketStore(source)).read(key, file);
  return readFileSync(file, 'utf8');
}

let apps: App[] = [];

afterEach(() => Promise.all(apps.splice(0).map((app) => app.stop())));

async function killedEverywhere(source: ObjectSettings['source']): Promise<void> {
  const { settings, place } = settingsFor(source, await bucket());
  const folder = dirname(settings.route.kind === 'file' ? settings.route.file : '');
  const own = 'folder' in source ? source.folder : source.bucket;
  await objectMover(settings).reverse();
  const [file, reached] = [join(folder, 'move.json'), join(folder, 'reached')];
  writeFileSync(file, JSON.stringify({ kind: 'objects', ...settings }));
  const temporary = scratch();
  const through = async (list: readonly string[], goal: object): Promise<void> =>
    expect(await killedAt(file, list, goal, { TEST_REACHED: reached, TMPDIR: temporary })).toEqual({ kills: list.length, left: '' });
  const late = (to: ObjectSettings['source'], key: string): Promise<void> =>
    'folder' in to ? putFile(to.folder, key, 'late') : put(to, key, 'late');
  const app = writing(
    () => place().database,
    (to, key, text) => (to.startsWith('/') ? putFile(to, key, text) : putObject(to, key, text)),
  );
  apps = [app];
  await through(some(objectPoints.copy), ready);
  await late(source, 'late-there');
  await through(some(objectPoints.change), cutOver);
  expect([place().database, (await objectMover(settings).standing()).state]).toEqual([settings.target.bucket, 'moved']);
  await late(settings.target, 'late-back');
  await through(some(objectPoints.back), back);
  expect([place().database, (await objectMover(settings).standing()).state]).toEqual([own, 'copied']);
  await through([], cutOver);
  const acknowledged = await app.stop();
  await through(some(objectPoints.ended), { end: 'cleanUp' });
  const there = await bucketStore(settings.target).list();
  expect([...acknowledged.keys(), 'late-there', 'late-back'].filter((key) => !there.has(key))).toEqual([]);
  const numbers = await Promise.all([...acknowledged].map(async ([key, n]) => ({ key, n, found: await textIn(settings.target, key) })));
  expect(numbers.filter(({ n, found }) => found !== String(n))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(10);
  // What runs that were killed had only half read lies nowhere any more, and what they had half written was not taken for the app's.
  expect(readdirSync(temporary)).toEqual([]);
  expect([...there.keys()].filter((key) => !/^(n\d+|again|late-there|late-back)$/.test(key))).toEqual([]);
  const listed = new Set([...objectPoints.copy, ...objectPoints.change, ...objectPoints.back, ...objectPoints.ended]);
  expect(new Set(readFileSync(reached, 'utf8').trim().split('\n'))).toEqual(listed);
}

withStore(
  'killed at every act of moving files of a disk to a bucket, there, back, there again and to the end, it goes on each time, and what was acknowledged is there as it was last written',
  async () => {
    const folder = join(scratch(), 'files');
    mkdirSync(folder);
    await killedEverywhere({ folder });
  },
  400_000,
);

rarely(withStore)(
  'killed at every act of moving objects from bucket to bucket, it goes on each time, and what was acknowledged is there as it was last written',
  async () => killedEverywhere(await bucket()),
  400_000,
);
