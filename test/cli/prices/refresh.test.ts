import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RefreshFlags } from '../../../cli/cost-commands';
import { refreshPrices } from '../../../cli/prices/refresh';
import { renderError, TerraceError } from '../../../values/errors';
import { scratch } from '../../support/scratch';
import { json, priceServer } from './server';

const header = 'provider,service,sku,region,unit,usd,source,as_of,confidence';
const tiered = 'provider,service,sku,region,unit,from,usd,source,as_of,confidence';

const digitalocean = `${header}
digitalocean,droplet,backups-weekly,all,percent-of-resource,20,a page,2021,verified
digitalocean,droplet,s-1vcpu-1gb,all,month,6,"an old, quoted source",2025-09-30,verified
digitalocean,droplet,s-9vcpu-gone,all,month,7,an old source,2025-09-30,verified
digitalocean,gpu-droplet,gpu-h100x1-80gb,all,hour,3.39,an old source,2025-09-30,verified
digitalocean,gpu-droplet,gpu-h100x1-80gb,all,month,2522,an old source,2025-09-30,verified
`;
const compute = `${tiered}
aws,ec2,m6i.large,eu-west-1,hour,,0.107,computed,2023-08-06,computed
aws,ec2,m6i.xlarge,eu-west-1,hour,,0.3,an old source,2023-08-06,verified
aws,ec2,t3.micro,us-east-1,hour,,0.0104,an old source,2026-07-20,verified
aws,lambda,requests,eu-west-1,million-requests,,0.2,a page,2024,verified
`;
const databases = `${tiered}
aws,rds-mysql,db.t3.large/multi-az,eu-west-1,hour,,0.3,an old source,2023,recalled
aws,rds-mysql,db.t3.large/single-az,eu-west-1,hour,,0.15,an old source,2023,recalled
aws,rds-storage,gp3/single-az,eu-west-1,GB-month,,0.127,a page,2024,verified
`;

/** A book of a few rows, in a folder of its own. */
function book(): string {
  const folder = scratch();
  mkdirSync(join(folder, 'digitalocean'));
  mkdirSync(join(folder, 'aws'));
  writeFileSync(join(folder, 'digitalocean/prices.csv'), digitalocean);
  writeFileSync(join(folder, 'aws/prices-compute.csv'), compute);
  writeFileSync(join(folder, 'aws/prices-databases.csv'), databases);
  return folder;
}

function texts(folder: string): readonly string[] {
  return ['digitalocean/prices.csv', 'aws/prices-compute.csv', 'aws/prices-databases.csv'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
}

interface Refreshing {
  readonly code?: number;
  readonly out: string;
  readonly error?: TerraceError;
  readonly waits: readonly number[];
}

async function refresh(
  flags: RefreshFlags,
  env: Readonly<Record<string, string>> = { DIGITALOCEAN_TOKEN: 'token-of-a-test' },
): Promise<Refreshing> {
  const out: string[] = [];
  const waits: number[] = [];
  const io = {
    env,
    cwd: scratch(),
    out: (text: string) => void out.push(text),
    err: () => undefined,
    terminal: { input: false, output: false, errors: false },
    columns: () => 100,
    ask: () => Promise.resolve(''),
  };
  const patience = { idle: 300, wait: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds)) };
  try {
    return { code: await refreshPrices({ today: '2026-11-21', ...flags }, io, patience), out: out.join(''), waits };
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error;
    return { error, out: out.join(''), waits };
  }
}

const sizes = [
  {
    slug: 's-1vcpu-1gb',
    memory: 1024,
    vcpus: 1,
    disk: 25,
    transfer: 1,
    price_monthly: 6,
    price_hourly: 0.00893,
    regions: ['fra1'],
    available: true,
    description: 'Basic',
  },
  {
    slug: 's-2vcpu-new',
    memory: 2048,
    vcpus: 2,
    disk: 60,
    transfer: 3,
    price_monthly: 18.5,
    price_hourly: 0.02753,
    regions: ['fra1'],
    available: true,
    description: 'Basic',
  },
  {
    slug: 'gpu-h100x1-80gb',
    memory: 245760,
    vcpus: 20,
    disk: 720,
    transfer: 15,
    price_monthly: 3281.04,
    price_hourly: 4.41,
    regions: ['nyc2'],
    available: true,
    description: 'H100',
  },
];
const sizesPath = '/v2/sizes?per_page=200&page=1';
const answerOf = (list: readonly unknown[], total = list.length): unknown => ({ sizes: list, links: {}, meta: { total } });

describe('DigitalOcean', () => {
  test('sizes are fetched with the token and written as a difference that can be read', async () => {
    const server = await priceServer({ [sizesPath]: json(answerOf(sizes)) });
    const folder = book();
    const outcome = await refresh({ provider: 'digitalocean', from: server.url, book: folder });
    expect(outcome).toMatchObject({ code: 0, waits: [] });
    expect(server.seen).toEqual([{ url: sizesPath, authorization: 'Bearer token-of-a-test' }]);
    const source = 'api.digitalocean.com GET /v2/sizes,2026-11-21,verified';
    expect(texts(folder)[0]).toBe(`${header}
digitalocean,droplet,backups-weekly,all,percent-of-resource,20,a page,2021,verified
digitalocean,droplet,s-1vcpu-1gb,all,month,6,${source}
digitalocean,droplet,s-2vcpu-new,all,month,18.5,${source}
digitalocean,droplet,s-9vcpu-gone,all,month,7,an old source,2025-09-30,verified
digitalocean,gpu-droplet,gpu-h100x1-80gb,all,hour,4.41,${source}
digitalocean,gpu-droplet,gpu-h100x1-80gb,all,month,3281.04,${source}
`);
    expect(outcome.out).toContain('2 prices changed, 1 are new, 1 are as they were and have a newer date now.');
    expect(outcome.out).toContain('1 rows are published no more and stay as they are: digitalocean/droplet/s-9vcpu-gone@all');
    expect(texts(folder).slice(1)).toEqual([compute, databases]);
    expect(readdirSync(folder).sort()).toEqual(['aws', 'digitalocean']);
  });

  test('several pages are read to the end', async () => {
    const server = await priceServer({
      [sizesPath]: json(answerOf(sizes.slice(0, 2), 3)),
      '/v2/sizes?per_page=200&page=2': json(answerOf(sizes.slice(2), 3)),
    });
    expect(await refresh({ provider: 'digitalocean', from: server.url, book: book(), json: true })).toMatchObject({ code: 0 });
    expect(server.seen).toHaveLength(2);
  });

  test('--dry-run writes nothing', async () => {
    const server = await priceServer({ [sizesPath]: json(answerOf(sizes)) });
    const folder = book();
    expect((await refresh({ provider: 'digitalocean', from: server.url, book: folder, dryRun: true })).out).toContain(
      'Nothing was written.',
    );
    expect(texts(folder)).toEqual([digitalocean, compute, databases]);
  });

  test('without a token nothing is asked', async () => {
    expect((await refresh({ provider: 'digitalocean', book: book() }, {})).error).toMatchObject({
      code: 'CLI_PRICES_TOKEN_MISSING',
      exitCode: 2,
    });
  });

  test.each(['http://prices.example.com', 'file:///etc/passwd', 'nonsense'])('%s is no address to fetch from', async (from) => {
    expect((await refresh({ provider: 'digitalocean', from, book: book() })).error).toMatchObject({ code: 'CLI_PRICES_URL', exitCode: 2 });
  });

  test.each<[string, Parameters<typeof priceServer>[0], string]>([
    ['truncated JSON', { [sizesPath]: json(JSON.stringify(answerOf(sizes)).slice(0, -20)) }, 'it is not JSON, or was cut off'],
    ['HTML', { [sizesPath]: json('<html>maintenance</html>') }, 'it is not JSON'],
    [
      'another shape',
      { [sizesPath]: json({ sizes: [{ slug: 's-1vcpu-1gb', price_monthly: '6' }], meta: { total: 1 } }) },
      'sizes.0.price_monthly',
    ],
    ['a price of 0', { [sizesPath]: json(answerOf([{ ...sizes[0], price_monthly: 0 }])) }, 'its price is 0 a month'],
    ['a negative price', { [sizesPath]: json(answerOf([{ ...sizes[0], price_monthly: -6 }])) }, 'its price is -6 a month'],
    [
      'fewer sizes than there are',
      { [sizesPath]: json(answerOf(sizes.slice(0, 1), 3)), '/v2/sizes?per_page=200&page=2': json(answerOf([], 3)) },
      'it names 1 sizes and says that there are 3.',
    ],
    ['a price ten times as high', { [sizesPath]: json(answerOf([{ ...sizes[0], price_monthly: 600 }])) }, '6 would become 600.'],
    ['401', { [sizesPath]: (_, response) => void response.writeHead(401).end() }, 'it answered 401, the token is not accepted.'],
    [
      'a redirect',
      { [sizesPath]: (_, response) => void response.writeHead(302, { location: 'https://elsewhere.example.com/' }).end() },
      'it answered 302, it has moved.',
    ],
    [
      '500, again and again',
      { [sizesPath]: (_, response) => void response.writeHead(500).end('no') },
      'it answered 500, after 4 attempts.',
    ],
    [
      '429, and a wait longer than anyone waits',
      { [sizesPath]: (_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end() },
      'it answered 429, too many requests, and asked to wait for 3600 seconds.',
    ],
    [
      'a body shorter than announced',
      {
        [sizesPath]: (_, response) => {
          response.writeHead(200, { 'content-length': '5000' });
          response.write('{"sizes":[');
          setTimeout(() => response.destroy(), 20);
        },
      },
      'after 4 attempts.',
    ],
    [
      'a connection that breaks before the answer',
      { [sizesPath]: (request) => void request.socket.destroy() },
      'the connection broke, after 4 attempts.',
    ],
    ['a server that never answers', { [sizesPath]: () => undefined }, 'no answer for 0.3 seconds, after 4 attempts.'],
    [
      'a server that stops in the middle',
      { [sizesPath]: (_, response) => void response.writeHead(200).write('{"sizes":[') },
      'after 4 attempts.',
    ],
    [
      'broken compression',
      { [sizesPath]: (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip') },
      'the answer is not what it says it is',
    ],
  ])('%s: the book on disk is untouched', async (_, answers, expected) => {
    const server = await priceServer(answers);
    const folder = book();
    const { error } = await refresh({ provider: 'digitalocean', from: server.url, book: folder });
    const message = error === undefined ? 'no error' : renderError(error);
    expect(message).toContain(expected);
    expect(message).toContain('The price book on disk is as it was.');
    expect(message).not.toContain('token-of-a-test');
    expect(texts(folder)).toEqual([digitalocean, compute, databases]);
    expect(readdirSync(join(folder, 'digitalocean'))).toEqual(['prices.csv']);
  });

  test('429 waits as long as the server asks for, 500 a little longer each time, and then goes on', async () => {
    const server = await priceServer({
      [sizesPath]: (request, response, times) => {
        if (times === 0) response.writeHead(429, { 'retry-after': '7' }).end();
        else if (times < 3) response.writeHead(503).end();
        else json(answerOf(sizes))(request, response, times);
      },
    });
    expect(await refresh({ provider: 'digitalocean', from: server.url, book: book() })).toMatchObject({
      code: 0,
      waits: [7000, 2000, 4000],
    });
  });

  test('nothing listens there', async () => {
    const { error } = await refresh({ provider: 'digitalocean', from: 'http://127.0.0.1:1', book: book() });
    expect(error?.message).toContain('nothing listens there, after 4 attempts.');
  });
});

const plain = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  licenseModel: 'No License required',
  locationType: 'AWS Region',
};

interface Dimension {
  readonly unit: string;
  readonly usd: string;
}

/** A term as AWS writes it: one offer with price dimensions. */
function term(sku: string, dimensions: readonly Dimension[], attributes: Readonly<Record<string, string>> = {}): object {
  const offer = `${sku}.${Object.values(attributes).join('') || 'JRTCKXETXF'}`;
  const priceDimensions = Object.fromEntries(
    dimensions.map(({ unit, usd }, index) => [
      `${offer}.${index}`,
      { rateCode: `${offer}.${index}`, unit, beginRange: '0', endRange: 'Inf', pricePerUnit: { USD: usd }, appliesTo: [] },
    ]),
  );
  return { [offer]: { offerTermCode: offer, sku, effectiveDate: '2026-11-01T00:00:00Z', priceDimensions, termAttributes: attributes } };
}

const noUpfront = { LeaseContractLength: '1yr', OfferingClass: 'standard', PurchaseOption: 'No Upfront' };
const allUpfront = { ...noUpfront, PurchaseOption: 'All Upfront' };

const ec2List = {
  formatVersion: 'v1.0',
  disclaimer: 'x',
  offerCode: 'AmazonEC2',
  version: '20261120',
  publicationDate: '2026-11-20T18:01:02Z',
  products: {
    LARGE: { sku: 'LARGE', productFamily: 'Compute Instance', attributes: { ...plain, instanceType: 'm6i.large' } },
    XLARGE: { sku: 'XLARGE', productFamily: 'Compute Instance', attributes: { ...plain, instanceType: 'm6i.xlarge' } },
    WINDOWS: {
      sku: 'WINDOWS',
      productFamily: 'Compute Instance',
      attributes: { ...plain, operatingSystem: 'Windows', instanceType: 'm6i.large' },
    },
    DEDICATED: {
      sku: 'DEDICATED',
      productFamily: 'Compute Instance',
      attributes: { ...plain, tenancy: 'Dedicated', instanceType: 'm6i.large' },
    },
    ZONE: {
      sku: 'ZONE',
      productFamily: 'Compute Instance',
      attributes: { ...plain, locationType: 'AWS Local Zone', instanceType: 'm6i.large' },
    },
    UNKEPT: { sku: 'UNKEPT', productFamily: 'Compute Instance', attributes: { ...plain, instanceType: 'x9.huge' } },
    UNUSED: {
      sku: 'UNUSED',
      productFamily: 'Compute Instance',
      attributes: { ...plain, capacitystatus: 'AllocatedCapacityReservation', instanceType: 'm6i.large' },
    },
  },
  terms: {
    OnDemand: {
      LARGE: term('LARGE', [{ unit: 'Hrs', usd: '0.1070000000' }]),
      XLARGE: term('XLARGE', [{ unit: 'Hrs', usd: '0.2140000000' }]),
      WINDOWS: term('WINDOWS', [{ unit: 'Hrs', usd: '0.1990000000' }]),
      DEDICATED: term('DEDICATED', [{ unit: 'Hrs', usd: '0.1100000000' }]),
      ZONE: term('ZONE', [{ unit: 'Hrs', usd: '0.1400000000' }]),
      UNKEPT: term('UNKEPT', [{ unit: 'Hrs', usd: '9.9900000000' }]),
      UNUSED: term('UNUSED', [{ unit: 'Hrs', usd: '0.0000000000' }]),
    },
    Reserved: {
      LARGE: {
        ...term('LARGE', [{ unit: 'Hrs', usd: '0.0674000000' }], noUpfront),
        ...term(
          'LARGE',
          [
            { unit: 'Quantity', usd: '578' },
            { unit: 'Hrs', usd: '0.0000000000' },
          ],
          allUpfront,
        ),
        ...term('LARGE', [{ unit: 'Hrs', usd: '0.0462000000' }], { ...noUpfront, LeaseContractLength: '3yr' }),
        ...term('LARGE', [{ unit: 'Hrs', usd: '0.0775000000' }], { ...noUpfront, OfferingClass: 'convertible' }),
      },
      UNKEPT: term('UNKEPT', [{ unit: 'Hrs', usd: '5' }], noUpfront),
    },
  },
};

const mysql = { databaseEngine: 'MySQL', instanceType: 'db.t3.large', locationType: 'AWS Region', licenseModel: 'No license required' };

/** In the other order, with terms before products. */
const rdsList = {
  formatVersion: 'v1.0',
  offerCode: 'AmazonRDS',
  publicationDate: '2026-11-19T00:00:00Z',
  terms: {
    OnDemand: {
      ONE: term('ONE', [{ unit: 'Hrs', usd: '0.1520000000' }]),
      TWO: term('TWO', [{ unit: 'Hrs', usd: '0.3040000000' }]),
      EXTENDED: term('EXTENDED', [{ unit: 'Hrs', usd: '0.2' }]),
      THREE: term('THREE', [{ unit: 'Hrs', usd: '0.4' }]),
    },
    Reserved: {
      ONE: term('ONE', [{ unit: 'Hrs', usd: '0.1064' }], noUpfront),
      TWO: term('TWO', [{ unit: 'Hrs', usd: '0.2128' }], noUpfront),
    },
  },
  products: {
    ONE: { sku: 'ONE', attributes: { ...mysql, deploymentOption: 'Single-AZ', usagetype: 'EU-InstanceUsage:db.t3.large' } },
    TWO: { sku: 'TWO', attributes: { ...mysql, deploymentOption: 'Multi-AZ', usagetype: 'EU-Multi-AZUsage:db.t3.large' } },
    THREE: { sku: 'THREE', attributes: { ...mysql, deploymentOption: 'Multi-AZ (readable standbys)' } },
    EXTENDED: { sku: 'EXTENDED', attributes: { ...mysql, deploymentOption: 'Single-AZ', usagetype: 'EU-ExtendedSupport:Yr1' } },
  },
};

const ec2Path = '/offers/v1.0/aws/AmazonEC2/current/eu-west-1/index.json';
const rdsPath = '/offers/v1.0/aws/AmazonRDS/current/eu-west-1/index.json';

describe('AWS', () => {
  test('list and committed prices of what the book keeps are taken, everything else is left', async () => {
    const server = await priceServer({
      [ec2Path]: (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(ec2List))),
      [rdsPath]: json(rdsList),
    });
    const folder = book();
    const outcome = await refresh({ provider: 'aws', region: 'eu-west-1', from: server.url, book: folder });
    expect(outcome).toMatchObject({ code: 0 });
    expect(server.seen.map((one) => one.authorization)).toEqual([undefined, undefined]);
    const [ec2, rds] = ['AWS Price List Bulk API AmazonEC2,2026-11-20,verified', 'AWS Price List Bulk API AmazonRDS,2026-11-19,verified'];
    expect(texts(folder)[1]).toBe(`${tiered}
aws,ec2,m6i.large,eu-west-1,hour,,0.107,${ec2}
aws,ec2,m6i.xlarge,eu-west-1,hour,,0.214,${ec2}
aws,ec2,t3.micro,us-east-1,hour,,0.0104,an old source,2026-07-20,verified
aws,ec2-reserved,m6i.large/standard-1yr-all-upfront,eu-west-1,hour,,0.065982,${ec2}
aws,ec2-reserved,m6i.large/standard-1yr-no-upfront,eu-west-1,hour,,0.0674,${ec2}
aws,lambda,requests,eu-west-1,million-requests,,0.2,a page,2024,verified
`);
    expect(texts(folder)[2]).toBe(`${tiered}
aws,rds-mysql,db.t3.large/multi-az,eu-west-1,hour,,0.304,${rds}
aws,rds-mysql,db.t3.large/single-az,eu-west-1,hour,,0.152,${rds}
aws,rds-reserved,db.t3.large/mysql/1yr-no-upfront,eu-west-1,hour,,0.1064,${rds}
aws,rds-storage,gp3/single-az,eu-west-1,GB-month,,0.127,a page,2024,verified
`);
    expect(outcome.out).toContain('3 prices changed, 3 are new, 1 are as they were');
    expect(outcome.out).toContain('2 published prices are of products that the book does not keep.');
    expect(texts(folder)[0]).toBe(digitalocean);
  });

  test('every region of the book is asked where none is named', async () => {
    const server = await priceServer({});
    await refresh({ provider: 'aws', from: server.url, book: book() });
    expect(server.seen.map((one) => one.url)).toEqual([ec2Path]);
    expect((await refresh({ provider: 'aws', from: server.url, book: book() })).error?.message).toContain(
      'it answered 404, there is no such list.',
    );
  });

  test.each<[string, Parameters<typeof priceServer>[0], string]>([
    ['a truncated list', { [ec2Path]: json(JSON.stringify(ec2List).slice(0, -400)) }, 'it ends in the middle: it was cut off'],
    ['a malformed list', { [ec2Path]: json('{"products": {"A": }}') }, 'a value is missing'],
    [
      'a list without products',
      { [ec2Path]: json({ publicationDate: '2026-11-20', products: {}, terms: {} }) },
      'it holds none of the products that were asked for.',
    ],
    ['a list without prices', { [ec2Path]: json({ ...ec2List, terms: {} }) }, 'it holds no price of the products that were asked for.'],
    ['a list without a date', { [ec2Path]: json({ ...ec2List, publicationDate: undefined }) }, 'publicationDate  it is no date.'],
    [
      'the second of two lists missing',
      { [ec2Path]: json(ec2List) },
      'AmazonRDS/current/eu-west-1/index.json could not be fetched: it answered 404',
    ],
    [
      'a price a hundred times as high',
      {
        [ec2Path]: json({ ...ec2List, terms: { OnDemand: { LARGE: term('LARGE', [{ unit: 'Hrs', usd: '10.7' }]) } } }),
        [rdsPath]: json(rdsList),
      },
      '0.107 would become 10.7.',
    ],
  ])('%s: the book on disk is untouched', async (_, answers, expected) => {
    const server = await priceServer(answers);
    const folder = book();
    const { error } = await refresh({ provider: 'aws', region: 'eu-west-1', from: server.url, book: folder });
    expect(error === undefined ? 'no error' : renderError(error)).toContain(expected);
    expect(texts(folder)).toEqual([digitalocean, compute, databases]);
  });

  test('where AWS fails, what DigitalOcean answered is not written either', async () => {
    const server = await priceServer({ [sizesPath]: json(answerOf(sizes)) });
    const folder = book();
    expect((await refresh({ from: server.url, book: folder })).error).toMatchObject({ code: 'CLI_PRICES_FETCH_FAILED' });
    expect(texts(folder)).toEqual([digitalocean, compute, databases]);
  });
});
