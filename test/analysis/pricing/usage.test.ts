import type { JsonObject } from '../../../analysis/graph';
import { TerraceError } from '../../../values/errors';
import { renderError } from '../../../values/errors';
import { usageFigure, usageFromLoad } from '../../../analysis/pricing';
import type { Usage } from '../../../analysis/pricing';
import { bill } from './support';

const image = { 'digitalocean_custom_image.a': {}, 'digitalocean_custom_image.b': {}, 'digitalocean_custom_image.c': {} };

/** GB of each image: low/typical/high. */
function shares(resources: Readonly<Record<string, JsonObject>>, usage: Usage): readonly string[] {
  return bill(resources, usage).lines.map((line) => `${line.component} ${line.quantities.low.toFixed()}/${line.quantity.toFixed()}/${line.quantities.high.toFixed()}`);
}

const gb = (typical: number): { snapshotGb: ReturnType<typeof usageFigure> } => ({ snapshotGb: usageFigure(typical / 2, typical, typical * 2, 'given') });

describe('usage finds the resources that take it', () => {
  test.each<[string, Usage, readonly string[]]>([
    ['none: 0', {}, ['a 0/0/0', 'b 0/0/0', 'c 0/0/0']],
    ['in all: shared evenly', { total: gb(30) }, ['a 5/10/20', 'b 5/10/20', 'c 5/10/20']],
    ['by component: the rest of the total is for the others', { components: { a: gb(4) }, total: gb(30) }, ['a 2/4/8', 'b 7.5/15/30', 'c 7.5/15/30']],
    ['by resource wins over its component', { resources: { 'digitalocean_custom_image.a': gb(2) }, components: { a: gb(4) }, total: gb(30) }, ['a 1/2/4', 'b 7.5/15/30', 'c 7.5/15/30']],
  ])('%s', (_, usage, expected) => expect(shares(image, usage)).toEqual(expected));

  test('what has no figure says so', () => {
    expect(bill(image).lines.map((line) => line.assumption)).toEqual(Array.from({ length: 3 }, () => 'depends on usage, of which no figure was given: taken as 0'));
  });

  test('a figure that nothing takes is named, not dropped', () => {
    const notes = bill({ 'digitalocean_vpc.a': {} }, { components: { web: gb(1) }, total: { egressGb: usageFigure(1, 1, 1, 'given') } }).notes;
    expect(notes.slice(-2)).toEqual(['The usage figure snapshotGb of web is taken by no resource and adds nothing.', 'The usage figure egressGb of the total is taken by no resource and adds nothing.']);
  });

  test('figures that cannot be billed are refused, all together', () => {
    const usage: Usage = { total: { egressGb: usageFigure(-1, 1, 1, '') }, components: { a: { snapshotGb: usageFigure(3, 2, 1, '') } }, resources: { x: { registryGb: usageFigure(1, Number.POSITIVE_INFINITY, 1, '') } } };
    let text = '';
    try {
      bill(image, usage);
    } catch (error) {
      text = error instanceof TerraceError ? renderError(error) : String(error);
    }
    expect(text).toBe([
      'The usage figures cannot be billed:',
      '  x.registryGb  Infinity is no quantity; allowed are numbers from 0 on.',
      '  a.snapshotGb  low 3, typical 2, high 1 do not ascend.',
      '  total.egressGb  -1 is no quantity; allowed are numbers from 0 on.',
    ].join('\n'));
  });
});

describe('usage that follows from the load', () => {
  const at = (dailyUsers: number): readonly string[] => {
    const total = usageFromLoad({ dailyUsers }).total ?? {};
    return [total.egressGb, total.objectEgressGb, total.objectStorageGb].map((figure) => `${figure?.low.toDecimalPlaces(3).toFixed()}/${figure?.typical.toDecimalPlaces(3).toFixed()}/${figure?.high.toDecimalPlaces(3).toFixed()}`);
  };

  // 1,000 users x 365/12 days x 100 requests x 50 KB; x 1 MB; x 2 uploads x 0.5 MB x 90 days.
  test('1,000 daily users', () => expect(at(1000)).toEqual(['76.042/152.083/304.167', '15.208/30.417/60.833', '45/90/180']));
  test('nobody', () => expect(at(0)).toEqual(['0/0/0', '0/0/0', '0/0/0']));

  test('goes to the components that are named', () => {
    const usage = usageFromLoad({ dailyUsers: 10, requestsPerUser: 1 }, { servers: 'app', objects: 'storage' });
    expect(Object.entries(usage.components ?? {}).map(([component, figures]) => [component, Object.keys(figures)])).toEqual([['app', ['egressGb']], ['storage', ['objectEgressGb', 'objectStorageGb']]]);
    expect(usage.total).toEqual({});
    expect(usage.components?.['app']?.egressGb?.assumption).toBe('10 daily users x 1 requests x 50 KB');
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e11])('%p users are refused', (dailyUsers) => {
    expect(() => usageFromLoad({ dailyUsers })).toThrow(`dailyUsers is ${dailyUsers}; allowed is a number of people from 0 to 10000000000.`);
  });
});
