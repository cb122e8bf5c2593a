import fc from 'fast-check';
import type { Attribute, Block } from '../../../terraform/standin/schema';
import { conform, isComputed, nested } from '../../../terraform/standin/schema';
import { fill } from '../../../terraform/standin/objects/fill';
import { refreshed, settled } from '../../../terraform/standin/objects/settled';
import { plan } from '../../../terraform/standin/plan';
import { fromDynamic, toDynamic, unknown, type Value, type ValueMap } from '../../../terraform/standin/values';
import { known } from './cloud';
import { everyType } from './fixture';

const seed = 20261121;
const types = Object.keys(everyType());

function valueOf(attribute: Attribute): fc.Arbitrary<Value> {
  const words = fc.constantFrom('', 'a', 'B', 'fra1', '{"b":1,"a":2}');
  const numbers = fc.integer({ min: 0, max: 3 });
  if (attribute.type === 'string') return words;
  if (attribute.type === 'number') return numbers;
  if (attribute.type === 'bool') return fc.boolean();
  const element: fc.Arbitrary<string | number> = attribute.type[1] === 'number' ? numbers : words;
  if (attribute.type[0] === 'map') return fc.dictionary(fc.constantFrom('x', 'y'), element, { noNullPrototype: true });
  return attribute.type[0] === 'set' ? fc.uniqueArray(element, { maxLength: 3 }) : fc.array(element, { maxLength: 3 });
}

/** A configuration: required arguments and some of the others. Types do not matter to a plan beyond their shape. */
function configuration(block: Block): fc.Arbitrary<ValueMap> {
  const attributes = Object.entries(block.attributes)
    .filter(([name, { mode }]) => mode !== 'C' && name !== 'id')
    .map(([name, attribute]) => [name, attribute.mode === 'R' ? valueOf(attribute) : fc.option(valueOf(attribute))] as const);
  const inner = nested(block)
    .filter(([, child]) => child.nesting !== 'single' && child.mode !== 'C' && !hasComputed(child))
    .map(
      ([name, child]) =>
        [
          name,
          fc.uniqueArray(configuration(child), { maxLength: child.max ?? 2, selector: (element) => JSON.stringify(element) }),
        ] as const,
    );
  return fc.record(Object.fromEntries([...attributes, ...inner])).map((config) => conform(block, config as ValueMap));
}

/** Terraform itself carries computed values into blocks, which this file does not play. */
function hasComputed(block: Block): boolean {
  return Object.values(block.attributes).some(isComputed) || nested(block).some(([, child]) => hasComputed(child));
}

/** What Terraform proposes: the configuration, and before it what only the provider knows. */
function proposal(block: Block, prior: ValueMap, config: ValueMap): ValueMap {
  const attributes = Object.entries(block.attributes).map(([name, field]) => [
    name,
    config[name] ?? (isComputed(field) ? (prior[name] ?? null) : null),
  ]);
  return { ...config, ...Object.fromEntries(attributes) };
}

describe.each(types)('%s', (type) => {
  const resource = known(type);
  const created = (config: ValueMap): ValueMap => {
    const { state } = plan({ type, resource, prior: null, proposed: config });
    const making = { type, id: '1', digest: () => '0123456789012345678901234567890123456789' };
    return refreshed(resource, settled(type, resource, fill(resource, { ...state, id: '1' }, making)));
  };

  test('whatever is applied, the same configuration then plans nothing', () => {
    fc.assert(
      fc.property(configuration(resource), (config) => {
        const prior = created(config);
        const again = plan({ type, resource, prior, proposed: proposal(resource, prior, config) });
        expect([again.state, again.replace]).toEqual([prior, []]);
      }),
      { seed, numRuns: 60 },
    );
  });

  test('whatever changes, what cannot change in place and did not change is not named', () => {
    fc.assert(
      fc.property(configuration(resource), configuration(resource), (one, two) => {
        const prior = created(one);
        const { replace } = plan({ type, resource, prior, proposed: proposal(resource, prior, two) });
        for (const [name] of replace) expect(JSON.stringify(one[String(name)])).not.toBe(JSON.stringify(two[String(name)]));
      }),
      { seed, numRuns: 60 },
    );
  });
});

test('a value comes back from the wire as it went', () => {
  const leaf = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.constant(unknown),
  );
  const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('tree'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ) as fc.Arbitrary<Value>,
  }));
  fc.assert(
    fc.property(tree, (value) => expect(fromDynamic(toDynamic(value))).toEqual(value)),
    { seed },
  );
});
