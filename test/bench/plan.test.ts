import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childrenTime, multiplied } from '../../bench/plan';
import { scratch } from '../support/scratch';

test.each([
  ['0m0.000000s 0m0.000000s\n0m3.110000s 0m1.150000s\n', 4260],
  ['0m0.00s 0m0.00s\n1m2.50s 0m0.50s', 63_000],
])('what a shell counts for its children', (printed, milliseconds) => {
  expect(childrenTime(printed)).toBeCloseTo(milliseconds, 6);
});

test('a plan several times over has an address for each resource', () => {
  const room = scratch();
  const resources = [{ address: 'a.x[0]' }, { address: 'a.x[1]' }];
  writeFileSync(
    join(room, 'plan.json'),
    JSON.stringify({ format_version: '1.2', planned_values: { root_module: { resources } }, resource_changes: resources }),
  );
  multiplied(join(room, 'plan.json'), 3, join(room, 'large.json'));
  const large = JSON.parse(readFileSync(join(room, 'large.json'), 'utf8')) as {
    planned_values: { root_module: { resources: { address: string }[] } };
    resource_changes: { address: string }[];
  };
  expect(new Set(large.resource_changes.map((one) => one.address))).toEqual(
    new Set(['a.x[0]', 'a.x[1]', 'a.x[2]', 'a.x[3]', 'a.x[4]', 'a.x[5]']),
  );
  expect(large.planned_values.root_module.resources).toHaveLength(6);
});
