import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digitalOceanBook, priceBook } from '../../../analysis/pricing';
import { digitalOceanPools } from '../../../analysis/pricing/mapping/digitalocean/pools';
import { dropletSizeList } from '../../../catalog/digitalocean/droplets';
import { isStale } from '../../../tools/compile';
import { compilePrices, priceCompilers } from '../../../tools/compile-prices';

const book = digitalOceanBook();
const root = join(__dirname, '..', '..', '..');

const product = (service: string, sku: string) => ({ provider: 'digitalocean', service, sku });

describe('the book of DigitalOcean', () => {
  test('is compiled from its source', () => {
    expect(priceCompilers.filter((compiler) => isStale(compiler, root))).toEqual([]);
    expect(readFileSync(join(root, 'catalog/digitalocean/prices.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(book.rows.length + 1);
  });

  test('gives a price with its unit, source, date and confidence', () => {
    const price = book.find(product('managed-postgresql', 'db-s-4vcpu-8gb'), 'month');
    expect(price === undefined ? '' : [price.amount.toFixed(), price.unit, price.source, price.asOf, price.confidence]).toEqual([
      '122.1',
      'month',
      'recalled (plan price with minimum storage)',
      '2025',
      'recalled',
    ]);
  });

  test('has no price for what it does not have', () => {
    expect(book.find(product('droplet', 's-4vcpu-8gb'), 'hour')).toBeUndefined();
    expect(book.find({ ...product('droplet', 's-4vcpu-8gb'), provider: 'aws' }, 'month')).toBeUndefined();
  });

  test('gives the price of all regions where it has none of its own', () => {
    expect(book.find({ ...product('droplet', 's-4vcpu-8gb'), region: 'fra1' }, 'month')?.amount.toFixed()).toBe('48');
  });

  test.each(book.rows.map((row) => [`${row.product.service}/${row.product.sku} per ${row.unit}`, row] as const))(
    '%s has a source and a date',
    (_, row) => {
      expect(row.source.length).toBeGreaterThan(3);
      expect(row.asOf).toMatch(/^20\d\d(-\d\d-\d\d)?$/);
      expect(row.amount.isNegative()).toBe(false);
    },
  );

  test('has every size of the catalog', () => {
    const without = dropletSizeList().filter(
      (size) => book.find(product(size.slug.startsWith('gpu-') ? 'gpu-droplet' : 'droplet', size.slug), 'month') === undefined,
    );
    expect(without.map((size) => size.slug)).toEqual([]);
  });

  test('has what pools are paid by and what they include', () => {
    const missing = digitalOceanPools.filter(
      ({ rule, unit }) =>
        book.find(rule.product, unit) === undefined ||
        (rule.kind === 'beyond' && rule.included !== undefined && book.find(rule.included, `${unit}-included`) === undefined),
    );
    expect(missing.map((pool) => pool.id)).toEqual([]);
  });
});

test('a row of a region wins over the row of all regions', () => {
  const tariff = priceBook([
    {
      provider: 'p',
      sources: ['s'],
      rows: [
        ['v', 'k', 'all', 'month', '1', 0, '2026', 'verified'],
        ['v', 'k', 'eu', 'month', '2', 0, '2026', 'verified'],
      ],
    },
  ]);
  const at = (region: string): string | undefined =>
    tariff.find({ provider: 'p', service: 'v', sku: 'k', region }, 'month')?.amount.toFixed();
  expect([at('eu'), at('us')]).toEqual(['2', '1']);
});

describe('the compiler', () => {
  const header = 'provider,service,sku,region,unit,usd,source,as_of,confidence\n';

  test('writes one line per price', () => {
    expect(compilePrices(`${header}p,droplet,s-1,all,month,0.10,"a page, quoted",2026-01-02,verified\n`, 'p', 'p.csv')).toBe(
      [
        '// Generated from p.csv by `npm run compile`. Do not edit.',
        "import type { PriceTable } from '../prices';",
        '',
        '/** List prices of p: 1 rows. */',
        'export const pPrices: PriceTable = {',
        "provider: 'p',",
        'sources: [',
        "  'a page, quoted',",
        '],',
        'rows: [',
        "  ['droplet', 's-1', 'all', 'month', '0.10', 0, '2026-01-02', 'verified'],",
        '],',
        '};',
        '',
      ].join('\n'),
    );
  });

  const tiered = 'provider,service,sku,region,unit,from,usd,source,as_of,confidence\n';

  test('keeps tiers, which stand together and ascend', () => {
    const rows = ['p,out,gb,all,GB,,0.09,s,2026,verified', 'p,out,gb,all,GB,10240,0.085,s,2026,verified'];
    expect(compilePrices(tiered + rows.join('\n'), 'p', 'p.csv')).toContain(
      "  ['out', 'gb', 'all', 'GB', '0.09', 0, '2026', 'verified'],\n  ['out', 'gb', 'all', 'GB', '0.085', 0, '2026', 'verified', '10240'],\n",
    );
    const tariff = priceBook([
      {
        provider: 'p',
        sources: ['s'],
        rows: [
          ['out', 'gb', 'all', 'GB', '0.09', 0, '2026', 'verified'],
          ['out', 'gb', 'all', 'GB', '0.085', 0, '2026', 'verified', '10240'],
        ],
      },
    ]);
    expect(
      tariff.steps({ provider: 'p', service: 'out', sku: 'gb' }, 'GB').map((tier) => `${tier.from.toFixed()} ${tier.amount.toFixed()}`),
    ).toEqual(['0 0.09', '10240 0.085']);
  });

  test('refuses tiers that do not', () => {
    const rows = [
      'p,a,b,all,GB,10,1,s,2026,verified',
      'p,c,d,all,GB,,1,s,2026,verified',
      'p,c,d,all,GB,20,1,s,2026,verified',
      'p,c,d,all,GB,15,1,s,2026,verified',
      'p,c,d,all,GB,x,1,s,2026,verified',
    ];
    expect(() => compilePrices(tiered + rows.join('\n'), 'p', 'p.csv')).toThrow(
      [
        'the price list cannot be compiled',
        'p.csv:6  from is "x", not a plain decimal number',
        'p.csv:2  the tier from 10 does not follow a lower one',
        'p.csv:5  the tier from 15 does not follow a lower one',
        'p.csv:6  the tier from x does not follow a lower one',
      ].join('\n'),
    );
  });

  test('refuses every row that could put a wrong figure on a bill, all together', () => {
    const rows = [
      'p,a,b,all,month,1,s,2026,verified',
      'p,a,b,all,month,2,s,2026,verified',
      'q,a,c,all,month,-1,s,26,sure',
      'p,,d,all,month,1e3,,2026-1,recalled',
    ];
    expect(() => compilePrices(header + rows.join('\n'), 'p', 'p.csv')).toThrow(
      [
        'the price list cannot be compiled',
        'p.csv:4  provider is "q", this list is of p',
        'p.csv:4  usd is "-1", not a plain decimal number',
        'p.csv:4  as_of is "26", not a date',
        'p.csv:4  confidence is "sure", allowed: verified, computed, recalled',
        'p.csv:5  service is empty',
        'p.csv:5  source is empty',
        'p.csv:5  usd is "1e3", not a plain decimal number',
        'p.csv:5  as_of is "2026-1", not a date',
        'p.csv:3  a b all month stands there twice',
      ].join('\n'),
    );
  });
});
