import { graphFromSynthesis } from '../../../analysis/graph';
import { estimate } from '../../../analysis/pricing';
import type { Estimate, UsageKey } from '../../../analysis/pricing';
import { book, gaps, given, lines, type Resources } from './aws/support';

type Figures = Readonly<Partial<Record<UsageKey, number>>>;

/** Resources, what is used of them in a month, the lines that this costs, and their sum. */
export type TypeCase = readonly [name: string, resources: Resources, usage: Figures, lines: readonly string[], total: string];

/** What resources of Google, or of none of the clouds, cost. */
export function bill(resources: Resources, usage: Figures = {}): Estimate {
  const resource = Object.entries(resources).map(([address, body]) => {
    const [type = '', name = ''] = address.split('.');
    return { [type]: { [name]: body } };
  });
  return estimate(graphFromSynthesis({ provider: { google: [{ region: 'us-central1' }] }, resource }), book, { total: given(usage) });
}

/** The worked cases of one provider, and that none of its types is without an answer. */
export function describeTypes(types: readonly string[], cases: readonly TypeCase[]): void {
  describe('what each type costs', () => {
    test.each(cases)('%s', (_, resources, usage, expected, total) => {
      const answer = bill(resources, usage);
      expect(lines(answer)).toEqual(expected);
      expect(answer.monthly.toFixed(2)).toBe(total);
      expect(gaps(answer)).toEqual([]);
    });

    test.each(types)('%s is priced, free or unpriced with a reason, even without any argument', (type) => {
      const answer = bill({ [`${type}.x`]: {} });
      const answers = [
        ...answer.lines.map((line) => line.name),
        ...answer.free.map((one) => one.reason),
        ...answer.unpriced.map((one) => one.reason),
      ];
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.every((text) => text.length > 2)).toBe(true);
    });

    test('each has one mapping', () => expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]));
  });
}
