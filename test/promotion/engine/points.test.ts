import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { points } from './support/points';

/** Names that the code gives to an act, or to a moment within one. */
function named(text: string): readonly string[] {
  const found = text.matchAll(/\b(?:run|step)\((?:work, )?'([^']+)'|\breach\('([^']+)'\)|\bname: '([a-z-]+)',\s*done:/g);
  return [...found].map(([, act, moment, prepared]) => act ?? moment ?? prepared ?? '');
}

test('the engine is killed around every act that its code names, and at every moment within one', () => {
  const root = join(__dirname, '../../../promotion');
  const files = ['engine', 'postgres'].flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(root, folder, file)));
  const inCode = files.flatMap((file) => named(readFileSync(file, 'utf8')));
  const walked = Object.values(points).flatMap((list) => list.map((point) => point.replace(/\.(before|acted)$/, '')));
  expect(new Set(inCode)).toEqual(new Set(walked));
  expect(new Set(inCode).size).toBe(39);
});

test('of an act both ends, but where one begins as the one before it has ended', () => {
  for (const list of [points.copy, points.change, points.shards, points.givenUp]) {
    const acts = list.filter((point) => /\.(before|acted)$/.test(point)).map((point) => point.split('.')[0]);
    expect(
      acts.filter((act) => !([`${act}.before`, `${act}.acted`] as const).every((end) => (list as readonly string[]).includes(end))),
    ).toEqual([]);
  }
});
