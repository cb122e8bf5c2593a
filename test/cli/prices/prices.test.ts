import { terrace } from '../estimate/documents';

const today = ['--today', '2026-11-21'];

describe('terrace prices', () => {
  test('filters by text, provider and service; marks what is old and what was not read', async () => {
    const { code, out, err } = await terrace([
      'prices',
      'db-s-4vcpu-8gb',
      '--provider',
      'digitalocean',
      '--service',
      'managed-postgresql',
      ...today,
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^digitalocean\/managed-postgresql\/db-s-4vcpu-8gb +122\.1 +month +2025 +\*! +recalled/m);
    expect(out).toContain(
      '1 prices. 1 marked * were recalled or computed, not read in a source. 1 marked ! are older than 90 days on 2026-11-21.',
    );
    expect(err).toContain('1 of these prices are older than 90 days.');
  });

  test('--json', async () => {
    const { out, err } = await terrace(['prices', 's-4vcpu-8gb', '--provider', 'digitalocean', '--service', 'droplet', '--json', ...today]);
    expect(err).toBe('');
    expect((JSON.parse(out) as { rows: readonly unknown[] }).rows).toContainEqual({
      provider: 'digitalocean',
      service: 'droplet',
      sku: 's-4vcpu-8gb',
      region: 'all',
      unit: 'month',
      from: '0',
      price: '48',
      source: expect.any(String) as string,
      asOf: '2026-08-15',
      ageInDays: 98,
      old: true,
      confidence: 'verified',
    });
  });

  test.each([
    [['--provider', 'digitalocan'], 'Did you mean digitalocean?'],
    [['--provider', 'digitalocean', '--service', 'droplets'], 'Did you mean droplet?'],
    [['--today', 'yesterday'], '--today is "yesterday".'],
  ])('%s is refused', async (flags, message) => {
    const outcome = await terrace(['prices', ...flags]);
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain(message);
  });
});

describe('terrace prices explain', () => {
  test('a database of DigitalOcean, by engine', async () => {
    const { code, out } = await terrace(['prices', 'explain', 'digitalocean_database_cluster', 'db-s-4vcpu-8gb', ...today]);
    expect(code).toBe(0);
    expect(out).toContain(
      'digitalocean_database_cluster db-s-4vcpu-8gb, pg: 122.10 USD a month\n  managed postgresql db-s-4vcpu-8gb: 1 month x 122.1 = 122.10\n    digitalocean/managed-postgresql/db-s-4vcpu-8gb, recalled, price of 2025 (689 days old)\n',
    );
  });

  test('a GPU droplet runs 730 hours, a server of AWS has a region and a commitment', async () => {
    expect((await terrace(['prices', 'explain', 'digitalocean_droplet', 'gpu-l40sx1-48gb', ...today])).out).toContain(
      '730 hour x 1.57 = 1146.10',
    );
    const { out } = await terrace(['prices', 'explain', 'aws_instance', 'm7g.large', '--region', 'us-east-1', ...today]);
    expect(out).toContain('aws_instance m7g.large, in us-east-1:');
    expect(out).toMatch(/committed for a year: 0\.05/);
  });

  test('--json is one document', async () => {
    const { out, err } = await terrace(['prices', 'explain', 'digitalocean_droplet', 's-4vcpu-8gb', '--json', ...today]);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      type: 'digitalocean_droplet',
      size: 's-4vcpu-8gb',
      ways: [{ region: 'all', estimate: { monthly: { typical: '48.00' } } }],
    });
  });

  test('what the book does not have, and what has no size', async () => {
    const unknown = await terrace(['prices', 'explain', 'digitalocean_droplet', 's-5vcpu-8gb', ...today]);
    expect(unknown.code).toBe(1);
    expect(unknown.out.replace(/\s+/g, ' ')).toContain('the nearest it has is s-');
    const typo = await terrace(['prices', 'explain', 'digitalocean_dropet', 's-4vcpu-8gb']);
    expect(typo.code).toBe(2);
    expect(typo.err).toContain('Did you mean digitalocean_droplet?');
  });
});
