import type { Environment } from '../../environments/schema';
import { resources, synthesized } from '../support/project';

const home: Partial<Environment> = {
  tier: 'tier5',
  platform: 'aws',
  region: 'us-east-1',
  regions: ['us-west-2'],
  disposable: undefined,
} as Partial<Environment>;

/** Resources of every layer by address. */
function everything(own: Partial<Environment>): ReadonlyMap<string, Record<string, unknown>> {
  const synthesis = synthesized({ ...home, ...own });
  const { recorded } = synthesis;
  const further = recorded.layers.map(({ id, json }) => [id, { ...synthesis, tiers: [{ ...recorded, json }] }] as const);
  return new Map(
    [[recorded.id, synthesis] as const, ...further].flatMap(([id, each]) =>
      Object.entries(resources(each)).map(([address, body]) => [`${id}: ${address}`, body] as const),
    ),
  );
}

/** Addresses that both have, and that another provider configuration has in the second. */
function elsewhere(one: Partial<Environment>, other: Partial<Environment>): readonly string[] {
  const [before, after] = [everything(one), everything(other)];
  expect([...before.values()].some(({ provider }) => provider === 'aws.us_west_2')).toBe(true);
  return [...before].flatMap(([address, { provider }]) =>
    after.has(address) && after.get(address)?.['provider'] !== provider ? [address] : [],
  );
}

describe('an address belongs to one region: under another provider Terraform would make it anew and forget what it was', () => {
  const six: Partial<Environment> = { tier: 'tier6', gpu: { spot: false, otherwise: 'api' } };
  const shapes: readonly (readonly [string, Partial<Environment>, Partial<Environment>])[] = [
    ['tier 5', { regions: ['us-west-2'] }, { regions: ['eu-central-1'] }],
    ...[
      six,
      { ...six, database: { engine: 'aurora-dsql' } },
      { ...six, database: { engine: 'citus' } },
      { ...six, placements: { cluster: ['aws'] } },
    ]
      .flatMap((own) => [
        [
          { ...own, regions: ['us-west-2', 'eu-west-1'] },
          { ...own, regions: ['eu-central-1', 'eu-west-1'] },
        ] as const,
        [
          { ...own, regions: ['us-west-2', 'eu-west-1'] },
          { ...own, regions: ['eu-west-1', 'us-west-2'] },
        ] as const,
      ])
      .map(([one, other]) => [JSON.stringify(other), one as Partial<Environment>, other as Partial<Environment>] as const),
  ];

  test.each(shapes)('%s', (_, one, other) => expect(elsewhere(one, other)).toEqual([]));
});
