import * as fc from 'fast-check';
import { compare, renderComparison, renderEstimate, usageFigure } from '../../../analysis/pricing';
import { paragraph, table } from '../../../values/text-table';
import { bill } from './support';

const resources = {
  'terraform_data.recorded_tier': {},
  'digitalocean_droplet.app_1': { size: 's-4vcpu-8gb', backups: true },
  'digitalocean_droplet.app_2': { size: 's-4vcpu-9gb' },
  'digitalocean_loadbalancer.load-balancer': {},
  'digitalocean_spaces_bucket.storage': {},
};

const priced = bill(resources, { components: { storage: { objectStorageGb: usageFigure(100, 300, 900, '900 users') } } });

test('an estimate', () => {
  expect(`\n${renderEstimate(priced)}\n`).toBe(`
component      what                                         quantity  price    low  typical   high
-------------  ----------------------------------------  -----------  -----  -----  -------  -----
app            droplet s-4vcpu-8gb                           1 month  48.00  48.00    48.00  48.00
app            weekly backups                                1 month   9.60   9.60     9.60   9.60
load-balancer  load balancer node *                          1 month  12.00  12.00    12.00  12.00
storage        Spaces storage beyond the subscription *  50 GB-month   0.02   0.00     1.00  13.00
storage        Spaces subscription                           1 month   5.00   5.00     5.00   5.00
total                                                                        74.60    75.60  87.60

Nothing at these figures:
  outbound transfer beyond the pool (app): depends on usage, of which no figure was given: taken as
  0; 5000 GB included
  Spaces transfer beyond the subscription (storage): depends on usage, of which no figure was given:
  taken as 0; 1024 GB included

Not priced, and not in the total:
  digitalocean_droplet.app_2: the price book has no price for digitalocean/droplet/s-4vcpu-9gb; the
  nearest it has is s-4vcpu-8gb

Free:
  1 terraform_data

* 17 % of the typical month rests on prices that were recalled or computed, not read in a source.
The oldest price is of 2021.
List prices before tax. A month has 730 hours; DigitalOcean's CPU droplets and nodes are billed at
most 672 of them, which is their monthly price.
Everything that exists after the change is priced, not only what changes. Each line is rounded to
cents; totals are sums of lines.
Allowances that an account has once (transfer, Spaces, the first uptime check) are taken as if these
were the account's only resources.
The transfer included with s-4vcpu-9gb is not in the catalog and is counted as none.
`);
});

test('an estimate without a range has one column of money', () => {
  expect(
    renderEstimate(bill({ 'digitalocean_volume.v': { size: 10 } }))
      .split('\n')
      .slice(0, 4),
  ).toEqual([
    'component  what                quantity  price  USD/month',
    '---------  ---------------  -----------  -----  ---------',
    'v          block storage *  10 GB-month   0.10       1.00',
    'total                                                1.00',
  ]);
});

test('list and stated side by side', () => {
  const comparison = compare(
    priced,
    [
      { component: 'app', label: 'App servers', amount: 48 },
      { component: 'load-balancer', label: 'Load balancer', amount: '12' },
      { component: 'cdn', label: 'CDN', amount: 5 },
    ],
    [
      { component: 'app', reason: 'Weekly backups cost 20 % of the droplet.' },
      { component: 'load-balancer', reason: 'Never shown, because there is nothing to explain.' },
    ],
  );
  expect(comparison.unexplained).toEqual(['cdn', 'storage']);
  expect(`\n${renderComparison(comparison)}\n`).toBe(`
component      the document calls it   list  stated  difference
-------------  ---------------------  -----  ------  ----------
app            App servers            57.60   48.00       +9.60
load-balancer  Load balancer          12.00   12.00        0.00
cdn            CDN                     0.00    5.00       -5.00
storage                                6.00    0.00       +6.00
total                                 75.60   65.00      +10.60

Why they differ:
  app (+9.60): Weekly backups cost 20 % of the droplet.
  cdn (-5.00): not explained
  storage (+6.00): not explained
`);
});

test('several cost lines of one component add up', () => {
  const { rows } = compare(
    priced,
    [
      { component: 'app', label: 'Server', amount: '24.10' },
      { component: 'app', label: 'Backup', amount: '3.20' },
    ],
    [],
  );
  expect(rows[0]).toMatchObject({ component: 'app', label: 'Server, Backup', explained: false });
  expect(rows[0]?.stated.toFixed(2)).toBe('27.30');
});

describe('a table', () => {
  test('gives way where it may, and marks it', () => {
    expect(
      table(
        [
          { title: 'name', shrinkTo: 5 },
          { title: 'n', align: 'right' },
        ],
        [
          ['a long name indeed', '1'],
          ['b', '22'],
        ],
        12,
      ),
    ).toEqual(['name       n', '--------  --', 'a long…    1', 'b         22']);
  });

  test('of an estimate is never wider than asked, down to 80', () => {
    for (const width of [80, 90, 100, 200]) {
      for (const line of renderEstimate(priced, { width }).split('\n')) expect(line.length).toBeLessThanOrEqual(Math.min(width, 100));
    }
  });

  test('a paragraph keeps every word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.integer({ min: 30, max: 100 }), (words, width) => {
        const lines = paragraph('  ', words.join(' '), width);
        expect(lines.map((line) => line.trim()).join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
      { seed: 20261121 },
    );
  });
});
