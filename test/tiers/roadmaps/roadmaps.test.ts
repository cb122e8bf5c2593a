import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Decimal from 'decimal.js';
import {
  componentKinds,
  conventions,
  origins,
  roadmap,
  roadmaps,
  severities,
  statedTier,
  usersBases,
  type LineRange,
  type Roadmap,
} from '../../../tiers/roadmaps';
import { compilers, isStale } from '../../../tools/compile';
import { evaluate } from './arithmetic';

const root = join(__dirname, '..', '..', '..');
const kinds: ReadonlySet<string> = new Set(componentKinds.map((row) => row.kind));

/** Every record anywhere in a value that has a member of this name, with its path. */
function recordsWith(member: string, value: unknown, path = ''): readonly { path: string; record: Record<string, unknown> }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => recordsWith(member, item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  const here = member in value ? [{ path, record: value as Record<string, unknown> }] : [];
  return [...here, ...Object.entries(value).flatMap(([name, inner]) => recordsWith(member, inner, `${path}.${name}`))];
}

const sum = (amounts: readonly string[]): string => amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).toString();

describe('what there is', () => {
  test('five roadmaps, in their order', () => {
    expect(roadmaps.map((each) => each.id)).toEqual(['deadlock-coach', 'agent-squad', 'chat-100k', 'venture-qdrant', 'global-enterprise']);
    expect(roadmaps.map((each) => each.order)).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([
    ['deadlock-coach', { tiers: 6, components: 74, costLines: 33, slos: 5, mitigations: 12, inconsistencies: 13, lines: 238 }],
    ['agent-squad', { tiers: 10, components: 46, costLines: 8, slos: 6, mitigations: 3, inconsistencies: 45, lines: 864 }],
    ['chat-100k', { tiers: 3, components: 34, costLines: 0, slos: 0, mitigations: 7, inconsistencies: 10, lines: 97 }],
    ['venture-qdrant', { tiers: 6, components: 35, costLines: 0, slos: 9, mitigations: 2, inconsistencies: 19, lines: 396 }],
    ['global-enterprise', { tiers: 5, components: 47, costLines: 0, slos: 0, mitigations: 4, inconsistencies: 12, lines: 149 }],
  ])('%s has %j', (id, expected) => {
    expect(counts(roadmap(id))).toEqual(expected);
  });

  test('tier ids are the documents own', () => {
    expect(roadmap('deadlock-coach').tiers.map((tier) => tier.id)).toEqual(['tier-1', 'tier-2', 'tier-3', 'tier-4', 'tier-5', 'tier-6']);
    expect(roadmap('venture-qdrant').tiers.map((tier) => tier.id)).toEqual([
      'users-100',
      'users-500',
      'users-2000',
      'users-5000',
      'users-10000',
      'users-20000',
    ]);
  });

  test.each(compilers.filter((each) => each.source.startsWith('tiers/')).map((compiler) => [compiler.target, compiler] as const))(
    '%s says what its source says and is small',
    (target, compiler) => {
      expect(isStale(compiler, root)).toBe(false);
      expect(readFileSync(join(root, target)).length).toBeLessThan(1_000_000);
    },
  );
});

describe('money', () => {
  test.each([
    ['tier-1', '29', '24 2 3'],
    ['tier-2', '75', '48 15 5 7'],
    ['tier-3', '424', '96 96 160 12 15 20 25'],
    ['tier-4', '2364', '384 450 1200 50 80 100 100'],
    ['tier-5', '8700', '2000 1500 4000 300 500 400'],
    ['tier-6', '39500', '15000 8000 12000 2000 1500 1000'],
  ])('Deadlock Coach %s is stated at $%s: %s', (id, total, amounts) => {
    const { cost, costLines } = statedTier('deadlock-coach', id);
    expect(cost).toMatchObject({ min: total, max: total, qualifier: 'exact' });
    expect(costLines.map((line) => line.amount.min).join(' ')).toBe(amounts);
    expect(sum(costLines.map((line) => line.amount.min))).toBe(total);
  });

  test('the stated totals of the other roadmaps', () => {
    const totals = (id: string): string[] => roadmap(id).tiers.map(({ cost }) => (cost === null ? '-' : `${cost.min}..${cost.max ?? ''}`));
    expect(totals('chat-100k')).toEqual(['200..500', '1000..2500', '5000..15000']);
    expect(totals('venture-qdrant')).toEqual(['200..200', '500..500', '1500..1500', '3000..3000', '6000..6000', '12000..12000']);
    expect(totals('global-enterprise')).toEqual(['0..0', '25..25', '800..800', '8000..8000', '50000..']);
    expect(roadmap('agent-squad').billOfMaterials?.totalStated).toBe('46818');
  });

  test('a bill of materials adds up to its stated total', () => {
    const bill = roadmap('agent-squad').billOfMaterials;
    expect(sum(bill?.rows.map((row) => row.cost) ?? [])).toBe(bill?.totalStated);
  });

  test('every typed amount is a decimal string', () => {
    const lines = roadmaps.flatMap((each) => each.tiers).flatMap((tier) => tier.costLines);
    for (const { amount } of lines)
      expect([amount.min, amount.max]).toEqual([expect.stringMatching(/^\d+(\.\d+)?$/), expect.stringMatching(/^\d+(\.\d+)?$/)]);
  });
});

describe('arithmetic', () => {
  const formulas = recordsWith('formula', roadmaps).filter(({ record }) => record['formula'] !== null);

  test('there are 129 formulas, and the others say nothing', () => {
    expect(formulas).toHaveLength(129);
    for (const { record } of recordsWith('formula', roadmaps)) expect(record['formula'] === null).toBe(record['result'] === null);
  });

  test.each(formulas.map(({ path, record }) => [path, record] as const))('%s gives its result', (_path, record) => {
    expect(evaluate(String(record['formula'])).toNumber()).toBe(record['result']);
  });

  test('what is said to match the stated total does, and what is said not to does not', () => {
    const tiers = roadmaps
      .flatMap((each) => each.tiers)
      .flatMap(({ cost, costCheck }) => (costCheck === undefined ? [] : [{ cost, costCheck }]));
    expect(tiers).toHaveLength(6);
    for (const { cost, costCheck } of tiers) expect(String(costCheck.result) === cost?.min).toBe(costCheck.matchesStated);
  });

  test.each([
    ['operational-costs', true],
    ['grand-total', true],
    ['operations-team', true],
    ['burn-rate', true],
    ['cost-breakdown-by-category', false],
  ])('table %s adds up to what is stated elsewhere: %s', (id, matches) => {
    const agentSquad = roadmap('agent-squad');
    const table = agentSquad.summaryTables.find((each) => each.id === id);
    const grandTotal = agentSquad.summaryTables.find((each) => each.id === 'grand-total')?.totalStated;
    expect(table?.totalCheck?.matchesStated).toBe(matches);
    expect(String(table?.totalCheck?.result) === (table?.totalStated ?? grandTotal)).toBe(matches);
  });

  test('two tables state their total rounded', () => {
    const check = (id: string): number | undefined =>
      roadmap('agent-squad').summaryTables.find((each) => each.id === id)?.totalCheck?.result;
    expect(evaluate(`round(${check('engineering-team')},-5)`).toNumber()).toBe(3_200_000);
    expect(evaluate(`round(${check('team-total')},-3)`).toNumber()).toBe(352_000);
  });

  test('every check of a sum has been counted above', () => {
    expect(recordsWith('matchesStated', roadmaps)).toHaveLength(14);
  });
});

describe('evidence', () => {
  test.each(roadmaps.map((each) => [each.id, each] as const))('every line range of %s is inside its document', (_id, each) => {
    for (const { path, record } of recordsWith('lines', each)) {
      for (const range of record['lines'] as readonly LineRange[])
        expect({ path, range, inside: inside(range, each) }).toEqual({ path, range, inside: true });
    }
  });

  test('every component and cost line has evidence', () => {
    for (const tier of roadmaps.flatMap((each) => each.tiers))
      for (const { lines } of [...tier.components, ...tier.costLines]) expect(lines.length).toBeGreaterThan(0);
  });
});

describe('vocabulary and references', () => {
  test('there are 86 kinds, each with a group and a meaning', () => {
    expect(kinds.size).toBe(86);
    expect(componentKinds).toHaveLength(86);
    for (const row of componentKinds) expect(`${row.group}: ${row.meaning}`).toMatch(/^[a-z]+: .+/);
    expect(Object.keys(conventions)).toContain('lines');
  });

  test('every kind is in the vocabulary', () => {
    for (const { path, record } of recordsWith('kind', roadmaps))
      expect({ path, known: kinds.has(String(record['kind'])) }).toEqual({ path, known: true });
    for (const { record } of recordsWith('kinds', roadmaps))
      for (const kind of record['kinds'] as string[]) expect([...kinds]).toContain(kind);
  });

  test('origins, severities and users bases are in the vocabulary', () => {
    for (const { record } of recordsWith('origin', roadmaps)) expect(origins).toContain(record['origin']);
    for (const { record } of recordsWith('severity', roadmaps)) expect(severities).toContain(record['severity']);
    for (const { record } of recordsWith('basis', roadmaps)) expect(usersBases).toContain(record['basis']);
  });

  test('every cost line that a component names is one of its tier', () => {
    for (const { id, components, costLines } of roadmaps.flatMap((each) => each.tiers)) {
      const lines = costLines.map((line) => line.id);
      const unknown = components.filter(({ costLine }) => costLine !== undefined && !lines.includes(costLine));
      expect({ id, unknown }).toEqual({ id, unknown: [] });
    }
  });

  test('ids are unique among tiers, components, cost lines and inconsistencies', () => {
    for (const each of roadmaps) {
      unique(each.tiers);
      unique(each.inconsistencies);
      for (const tier of each.tiers) [tier.components, tier.costLines, tier.triggers].forEach(unique);
    }
  });

  test('tiers that are named elsewhere exist', () => {
    for (const each of roadmaps) {
      const ids = each.tiers.map((tier) => tier.id);
      const named = [
        ...(each.evolutionPaths ?? []).flatMap((path) => path.steps.flatMap((step) => step.tiers)),
        ...(each.bottlenecks ?? []).flatMap((row) => row.solvedBy),
      ];
      expect(ids).toEqual(expect.arrayContaining(named));
    }
  });
});

describe('looking up', () => {
  test('a roadmap and its tiers by id', () => {
    expect(roadmap('chat-100k').source.title).toBe('Scaling Roadmap - 100K+ Users');
    expect(statedTier('deadlock-coach', 'tier-3').users).toEqual({
      from: 1000,
      to: 1000,
      basis: 'daily-active',
      asStated: '1,000 Daily Users',
    });
  });

  test('an unknown one is answered with the nearest', () => {
    expect(() => roadmap('deadlock-coch')).toThrow(
      'There is no roadmap "deadlock-coch". Known: deadlock-coach, agent-squad, chat-100k, venture-qdrant, global-enterprise. Did you mean "deadlock-coach"?',
    );
    expect(() => statedTier('deadlock-coach', 'tier-7')).toThrow('There is no tier of deadlock-coach "tier-7".');
  });
});

function counts(each: Roadmap): Record<string, number> {
  return {
    tiers: each.tiers.length,
    components: each.tiers.flatMap((tier) => tier.components).length,
    costLines: each.tiers.flatMap((tier) => tier.costLines).length,
    slos: each.slos.length,
    mitigations: each.mitigations.length,
    inconsistencies: each.inconsistencies.length,
    lines: each.source.totalLines,
  };
}

function inside([first, last]: LineRange, { source }: Roadmap): boolean {
  return first >= 1 && first <= last && last <= source.totalLines;
}

function unique(rows: readonly { readonly id: string }[]): void {
  const ids = rows.map((row) => row.id);
  expect([...new Set(ids)]).toEqual(ids);
}
