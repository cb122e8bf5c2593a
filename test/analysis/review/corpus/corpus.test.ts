import { guardStack, review, verdictOf } from '../../../../analysis/review';
import { rules } from '../../../../analysis/review/rules';
import { dangerousOnAws, harmlessOnAws } from './aws';
import { baseOf } from './bases';
import { dangerousOnDigitalOcean, harmlessOnDigitalOcean } from './digitalocean';
import { type Case, edited } from './edit';

const dangerous = [...dangerousOnDigitalOcean, ...dangerousOnAws];
const harmless = [...harmlessOnDigitalOcean, ...harmlessOnAws];

function guarded({ base, edit }: Case) {
  const before = baseOf(base);
  const { findings } = guardStack({ stack: base, base: before, head: edited(before, edit) });
  return { verdict: verdictOf(findings), findings };
}

/** With the rules, as a person gets it. */
function reviewed({ base, edit }: Case) {
  const before = baseOf(base);
  return review({ stacks: [{ stack: base, base: before, head: edited(before, edit) }], today: '2026-11-21', rules });
}

test('the corpus is as large as it should be, and each edit has a name of its own', () => {
  expect(dangerous.length).toBeGreaterThanOrEqual(60);
  expect(harmless.length).toBeGreaterThanOrEqual(60);
  expect(new Set([...dangerous, ...harmless].map(({ base, name }) => `${base} ${name}`)).size).toBe(dangerous.length + harmless.length);
});

test.each(dangerous.map((one) => [`${one.base}: ${one.name}`, one] as const))('dangerous: %s', (_, one) => {
  const { verdict, findings } = guarded(one);
  expect([verdict, findings.filter(({ severity }) => severity === 'high').map(({ id }) => id)]).toEqual([
    'dangerous',
    expect.arrayContaining([one.finds]),
  ]);
  if (one.names !== undefined)
    expect(findings.filter(({ id }) => id === one.finds).flatMap(({ address, protects = [] }) => [address, ...protects])).toContain(
      one.names,
    );
});

test('at most three harmless edits are called dangerous', () => {
  const verdicts = harmless.map((one) => ({ name: `${one.base}: ${one.name}`, ...reviewed(one) }));
  const called = (verdict: string) =>
    verdicts
      .filter((one) => one.verdict === verdict)
      .map(
        ({ name, findings }) =>
          `${name}: ${findings
            .filter(({ severity, existing }) => severity !== 'low' && existing !== true)
            .map(({ id, summary }) => `${id} ${summary}`)
            .join('; ')}`,
      );
  console.log(
    `harmless edits: ${harmless.length}; called dangerous: ${called('dangerous').length}; attention: ${called('attention').length}\n${[...called('dangerous'), ...called('attention')].join('\n')}`,
  );
  expect(called('dangerous').length).toBeLessThanOrEqual(3);
  expect(called('attention').length).toBeLessThanOrEqual(15);
});
