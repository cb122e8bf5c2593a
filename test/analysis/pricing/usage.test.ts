import type { JsonObject } from '../../../analysis/graph';
import { TerraceError } from '../../../values/errors';
import { renderError } from '../../../values/errors';
import { usageFigure } from '../../../analysis/pricing';
import type { Usage } from '../../../analysis/pricing';
import { bill } from './support';

const image = { 'digitalocean_custom_image.a': {}, 'digitalocean_custom_image.b': {}, 'digitalocean_custom_image.c': {} };

/** GB of each image: low/typical/high. */
function shares(resources: Readonly<Record<string, JsonObject>>, usage: Usage): readonly string[] {
  return bill(resources, usage).lines.map(
    (line) => `${line.component} ${line.quantities.low.toFixed()}/${line.quantity.toFixed()}/${line.quantities.high.toFixed()}`,
  );
}

const gb = (typical: number): { snapshotGb: ReturnType<typeof usageFigure> } => ({
  snapshotGb: usageFigure(typical / 2, typical, typical * 2, 'given'),
});

describe('usage finds the resources that take it', () => {
  test.each<[string, Usage, readonly string[]]>([
    ['none: 0', {}, ['a 0/0/0', 'b 0/0/0', 'c 0/0/0']],
    ['in all: shared evenly', { total: gb(30) }, ['a 5/10/20', 'b 5/10/20', 'c 5/10/20']],
    [
      'by component: the rest of the total is for the others',
      { components: { a: gb(4) }, total: gb(30) },
      ['a 2/4/8', 'b 7.5/15/30', 'c 7.5/15/30'],
    ],
    [
      'by resource wins over its component',
      { resources: { 'digitalocean_custom_image.a': gb(2) }, components: { a: gb(4) }, total: gb(30) },
      ['a 1/2/4', 'b 7.5/15/30', 'c 7.5/15/30'],
    ],
  ])('%s', (_, usage, expected) => expect(shares(image, usage)).toEqual(expected));

  test('what has no figure says so', () => {
    expect(bill(image).lines.map((line) => line.assumption)).toEqual(
      Array.from({ length: 3 }, () => 'depends on usage, of which no figure was given: taken as 0'),
    );
  });

  test('a figure that nothing takes is named, not dropped', () => {
    const notes = bill(
      { 'digitalocean_vpc.a': {} },
      { components: { web: gb(1) }, total: { egressGb: usageFigure(1, 1, 1, 'given') } },
    ).notes;
    expect(notes.slice(-2)).toEqual([
      'The usage figure snapshotGb of web is taken by no resource and adds nothing.',
      'The usage figure egressGb of the total is taken by no resource and adds nothing.',
    ]);
  });

  test('figures that cannot be billed are refused, all together', () => {
    const usage: Usage = {
      total: { egressGb: usageFigure(-1, 1, 1, '') },
      components: { a: { snapshotGb: usageFigure(3, 2, 1, '') } },
      resources: { x: { registryGb: usageFigure(1, Number.POSITIVE_INFINITY, 1, '') } },
    };
    let text = '';
    try {
      bill(image, usage);
    } catch (error) {
      text = error instanceof TerraceError ? renderError(error) : String(error);
    }
    expect(text).toBe(
      [
        'The usage figures cannot be billed:',
        '  x.registryGb  Infinity is no quantity; allowed are numbers from 0 on.',
        '  a.snapshotGb  low 3, typical 2, high 1 do not ascend.',
        '  total.egressGb  -1 is no quantity; allowed are numbers from 0 on.',
      ].join('\n'),
    );
  });
});
