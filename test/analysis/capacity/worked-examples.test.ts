import { workedExamples } from '../../../analysis/capacity/worked-examples';
import { downtimeMinutes, pooledConnections, spotMix, storageSplit, tokenCost } from '../../../analysis/capacity/formulas';
import { loadOf } from '../../../analysis/capacity';
import { roadmap, roadmaps } from '../../../tiers/roadmaps';

test('every figure that a document works out is worked out', () => {
  const worked = workedExamples.map(({ roadmap: id, id: figure }) => `${id} ${figure}`);
  expect(worked.sort()).toEqual(roadmaps.flatMap(({ id, loadModel }) => loadModel.derived.map((figure) => `${id} ${figure.id}`)).sort());
});

test.each(workedExamples.map((example) => [example.roadmap, example.id, example.value] as const))('%s, %s: %d', (id, figure, value) => {
  const { result, formula } = roadmap(id).loadModel.derived.find((derived) => derived.id === figure) ?? { result: Number.NaN, formula: '' };
  expect(Number(value.toFixed(decimals(formula, result)))).toBe(result);
});

/** The decimals that the formula rounds to, or that its result has. */
function decimals(formula: string, result: number): number {
  const rounded = /^round\(.*,(\d+)\)$/.exec(formula)?.[1];
  return rounded === undefined ? (String(result).split('.')[1]?.length ?? 0) : Number(rounded);
}

// seeds.md, section 2, by row.
describe('formulas beside the load model', () => {
  test('row 6: a piece of work of 35,000 tokens in and 5,000 out', () =>
    expect(tokenCost({ input: 35_000, output: 5_000 }, { input: 30, output: 60 })).toBeCloseTo(1.35, 10));
  test('row 10: connections', () => expect([pooledConnections(20, 4, 15), pooledConnections(3, 4, 15)]).toEqual([1200, 180]));
  test('row 17: hot, warm, cold', () =>
    expect(Object.values(storageSplit(36.6)).map((part) => part.toFixed(1))).toEqual(['3.0', '6.0', '27.6']));
  test('row 25: 80 spot workers and 20 others', () =>
    expect(spotMix({ count: 80, perHour: 0.03 }, { count: 20, perHour: 0.1 }) * 720).toBeCloseTo(3168, 6));
  test('row 27: minutes of downtime', () =>
    expect([99.5, 99.9, 99.99].map((percent) => downtimeMinutes(percent).toFixed(2))).toEqual(['219.00', '43.80', '4.38']));
});

test('where a document gives two values, both readings can be computed', () => {
  const calls = (completionsPerUser: number): number =>
    loadOf({ users: 1_000_000, roadmap: 'agent-squad', overrides: { completionsPerUser } }).completions.peak.value;
  expect([calls(6).toFixed(1), calls(30).toFixed(1)]).toEqual(['41.7', '208.3']);
});
