import { join } from 'node:path';
import { tierDiagram } from '../../../analysis/capacity';
import { statedLimits } from '../../../analysis/capacity/stated-limits';
import { listBook } from '../../../analysis/pricing';
import { curveSvg, growthCurve, loads, sparkline, storedTiers } from '../../../analysis/selection';
import { roadmaps } from '../../../tiers/roadmaps';
import { capacityCompilers } from '../../../tools/compile-capacity';
import { isStale } from '../../../tools/compile';

const root = join(__dirname, '..', '..', '..');

test.each(capacityCompilers)('$target is current', (compiler) => expect(isStale(compiler, root)).toBe(false));

describe('the diagram of a tier', () => {
  test.each(storedTiers.map((stored) => [stored.tier.id, stored] as const))(
    '%s: every arrow joins two nodes, and every machine stands in it',
    (_id, { plant }) => {
      const lines = tierDiagram(plant).split('\n').slice(1);
      const nodes = lines.flatMap((line) => /^ {2}([a-z-]+)[[(]/.exec(line)?.[1] ?? []);
      const arrows = lines.flatMap((line) => /^ {2}([a-z-]+) -->\|[^|]+\| ([a-z-]+)$/.exec(line)?.slice(1) ?? []);
      expect(nodes.length + arrows.length / 2).toBe(lines.length);
      expect(arrows.filter((name) => !nodes.includes(name))).toEqual([]);
      expect(
        [...Object.keys(plant.servers), ...Object.keys(plant.managed), ...Object.keys(plant.balancers)].filter((id) => !nodes.includes(id)),
      ).toEqual([]);
      for (const { size } of [...Object.values(plant.servers), ...Object.values(plant.managed)]) expect(lines.join('\n')).toContain(size);
    },
  );
});

describe('the growth curve', () => {
  test('costs never fall while the load grows', () => {
    const curve = growthCurve(listBook(), loads(10, 3000, 20));
    const costs = curve.map(({ monthly }) => monthly ?? Number.POSITIVE_INFINITY);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect([curve[0]?.tier, curve.at(-1)?.tier]).toEqual(['tier1', 'tier4']);
  });

  test('as a picture, one line for each tier of one platform, all within it', () => {
    const svg = curveSvg(listBook(), loads(10, 3000, 10));
    expect(svg.match(/<path /g)).toHaveLength(storedTiers.filter(({ platform }) => platform === 'digitalocean').length);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const places = [...svg.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    expect(places.every(([x, y]) => x >= 0 && x <= 720 && y >= 0 && y <= 300)).toBe(true);
  });

  test('as a sparkline', () => {
    expect(sparkline([1, 2, undefined, 8])).toBe('▁▂ █');
    expect([sparkline([]), sparkline([5, 5])]).toEqual(['', '▁▁']);
  });
});

test('limits that documents state name their lines, and are answered as by hand', () => {
  for (const { roadmap, lines } of statedLimits()) {
    expect(roadmaps.map(({ id }) => id)).toContain(roadmap);
    expect(lines).toMatch(/^\d/);
  }
  // seeds.md, section 2, limits by tier.
  const models = statedLimits().map(({ model }) => model);
  for (const figure of [
    '201,600 users at 3 calls each, 40,000 users at 15',
    '720,000 users without a cache, 7,200,000 users with one that answers 90 %',
    '18,750 users at 62.5 connections a pod, 75,000 users at 250',
    '25,000 users at 62.5 connections a pod, 100,000 users at 250',
    '6,000 users to 12,000 users',
    '200 users to 400 users',
    '500 users to 1,000 users',
  ])
    expect(models).toContain(figure);
});
