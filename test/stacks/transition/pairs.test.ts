import { soak } from '../../support/soak';
import { goesAgain, goesThrough } from './journey';
import { onStage } from './on-stage';
import { type Row, rowsFrom, table } from './table';

const rows = rowsFrom({ here: 'digitalocean', there: 'digitalocean' });

/** Applied with real Terraform on the stand-in, whose plans follow the provider's own schema. */
for (const [name, row] of rows) onStage(name, (place) => goesThrough(place, row));

/** What a way back leaves standing refuses its names to everybody else. */
const twice: readonly Row['name'][] = ['digitalocean tier1 to digitalocean tier2', 'digitalocean tier2 to digitalocean tier3, data moved'];

for (const [name, row] of rows.filter(([each]) => soak && twice.includes(each)))
  onStage(`${name}: back from a switched state, and there again to the end`, (place) => goesAgain(place, row));

test('all 80 ways are in the table, ten of them with the data moved too, and two are tried on every change', () => {
  expect(table).toHaveLength(80 + 10);
  expect(new Set(table.map(({ name }) => name)).size).toBe(90);
  expect(table.filter(({ rarely }) => rarely !== true)).toHaveLength(2);
});
