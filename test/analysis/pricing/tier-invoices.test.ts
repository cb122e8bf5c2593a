import { loadOf, placesIn, usageOf } from '../../../analysis/capacity';
import { estimate, type Estimate } from '../../../analysis/pricing';
import type { Environment } from '../../../environments/schema';
import { graphOfTier } from '../../../stacks/tier-graph';
import type { TierId } from '../../../tiers/tier';
import { synthesized } from '../../support/project';
import { book } from './support';

/** A tier of DigitalOcean under so many daily users, with the default constants of the load model. */
function invoice(tier: TierId, users: number, where: Partial<Environment> = {}): Estimate {
  const { recorded } = synthesized({ tier, ...where });
  return estimate(graphOfTier(recorded), book, usageOf(loadOf({ users }), placesIn(recorded.tier)));
}

/** Lines that cost something, `low / typical / high`, and the total. */
function amounts(of: Estimate): readonly string[] {
  const lines = of.lines
    .filter((line) => !line.high.isZero())
    .map((line) => `${line.component}: ${line.name} = ${line.low.toFixed(2)} / ${line.monthly.toFixed(2)} / ${line.high.toFixed(2)}`);
  return [...lines, `total = ${of.low.toFixed(2)} / ${of.monthly.toFixed(2)} / ${of.high.toFixed(2)}`];
}

/**
 * Invoices of the tiers, worked out by hand. A month has 365 / 12 = 30.41667 days. A user makes 100 requests a day of 50 KB each,
 * loads 1 MB of frontend, and uploads 2 x 0.5 MB that are kept for 90 days; a quiet month has half of it, a busy one twice.
 * Prices: droplet s-2vcpu-4gb 24, s-4vcpu-8gb 48, c-16 336; volume 0.10 a GB; Spaces 5 with 250 GB and 1,024 GB of transfer, then 0.02
 * and 0.01 a GB; PostgreSQL db-s-1vcpu-2gb 30.45, db-s-4vcpu-8gb 122.10, a standby as much again; Valkey db-s-1vcpu-1gb 15; load balancer 12;
 * transfer beyond the team's pool 0.01 a GB.
 */
describe('invoices of the tiers on DigitalOcean, to the cent', () => {
  test('tier 1 at 10 users: 24 + 10 GB x 0.10 + 5 = 30.00, and all allowances suffice', () => {
    expect(amounts(invoice('tier1', 10))).toEqual([
      'app: droplet s-2vcpu-4gb = 24.00 / 24.00 / 24.00',
      'backup: Spaces subscription = 5.00 / 5.00 / 5.00',
      'database: block storage = 1.00 / 1.00 / 1.00',
      'total = 30.00 / 30.00 / 30.00',
    ]);
  });

  test('tier 1 at 20,000 users', () => {
    expect(amounts(invoice('tier1', 20_000))).toEqual([
      'app: droplet s-2vcpu-4gb = 24.00 / 24.00 / 24.00',
      // 20,000 x 100 x 50 KB = 100 GB a day, 3,041.67 a month, of which 4,000 are included; 6,083.33 in a busy month: 2,083.33 x 0.01.
      'app: outbound transfer beyond the pool = 0.00 / 0.00 / 20.83',
      'backup: Spaces subscription = 5.00 / 5.00 / 5.00',
      'database: block storage = 1.00 / 1.00 / 1.00',
      // 20,000 x 1 MB x 90 days = 1,800 GB: (1,800 - 250) x 0.02 = 31; (900 - 250) x 0.02 = 13; (3,600 - 250) x 0.02 = 67.
      'storage: Spaces storage beyond the subscription = 13.00 / 31.00 / 67.00',
      // 20,000 x 1 MB x 30.41667 = 608.33 GB, of which 1,024 are included; 1,216.67 in a busy month: 192.67 x 0.01.
      'storage: Spaces transfer beyond the subscription = 0.00 / 0.00 / 1.93',
      // 24 + 5 + 1 = 30; + 13 = 43; + 31 = 61; + 20.83 + 67 + 1.93 = 119.76.
      'total = 43.00 / 61.00 / 119.76',
    ]);
  });

  test('tier 2 at 100 users: 48 + 5 + 30.45 = 83.45', () => {
    expect(amounts(invoice('tier2', 100))).toEqual([
      'app: droplet s-4vcpu-8gb = 48.00 / 48.00 / 48.00',
      'backup: Spaces subscription = 5.00 / 5.00 / 5.00',
      'database: managed postgresql db-s-1vcpu-2gb = 30.45 / 30.45 / 30.45',
      'total = 83.45 / 83.45 / 83.45',
    ]);
  });

  test('tier 2 at 20,000 users', () => {
    expect(amounts(invoice('tier2', 20_000))).toEqual([
      'app: droplet s-4vcpu-8gb = 48.00 / 48.00 / 48.00',
      // 6,083.33 GB in a busy month, of which 5,000 are included: 1,083.33 x 0.01.
      'app: outbound transfer beyond the pool = 0.00 / 0.00 / 10.83',
      'backup: Spaces subscription = 5.00 / 5.00 / 5.00',
      'database: managed postgresql db-s-1vcpu-2gb = 30.45 / 30.45 / 30.45',
      'frontend: Spaces storage beyond the subscription = 13.00 / 31.00 / 67.00',
      'frontend: Spaces transfer beyond the subscription = 0.00 / 0.00 / 1.93',
      // 83.45 + 13 = 96.45; + 31 = 114.45; 83.45 + 10.83 + 67 + 1.93 = 163.21.
      'total = 96.45 / 114.45 / 163.21',
    ]);
  });

  test('tier 3 at 1,000 users: 2 x 48 + 5 + 15 + 2 x 122.10 + 336 + 12 = 708.20', () => {
    const total = 2 * 4800 + 500 + 1500 + 2 * 12_210 + 33_600 + 1200;
    expect(total).toBe(70_820);
    expect(amounts(invoice('tier3', 1_000)).at(-1)).toBe('total = 708.20 / 708.20 / 708.20');
  });

  test('tier 3 at 100,000 users', () => {
    const bill = invoice('tier3', 100_000);
    expect(amounts(bill)).toEqual([
      'app: droplet s-4vcpu-8gb = 48.00 / 48.00 / 48.00',
      // 500 GB a day, 15,208.33 a month; the pool has 2 x 5,000 of the app servers (what c-16 brings is not known and counted as none): 5,208.33 x 0.01; 20,416.67 x 0.01.
      'app: outbound transfer beyond the pool = 0.00 / 52.08 / 204.17',
      'app: droplet s-4vcpu-8gb = 48.00 / 48.00 / 48.00',
      'backup: Spaces subscription = 5.00 / 5.00 / 5.00',
      'cache: managed valkey db-s-1vcpu-1gb = 15.00 / 15.00 / 15.00',
      'database: managed postgresql db-s-4vcpu-8gb = 122.10 / 122.10 / 122.10',
      'database: standby db-s-4vcpu-8gb = 122.10 / 122.10 / 122.10',
      // 100,000 x 1 MB x 90 days = 9,000 GB: 8,750 x 0.02 = 175; 4,250 x 0.02 = 85; 17,750 x 0.02 = 355.
      'frontend: Spaces storage beyond the subscription = 85.00 / 175.00 / 355.00',
      // 3,041.67 GB: 2,017.67 x 0.01 = 20.18; 1,520.83: 496.83 x 0.01 = 4.97; 6,083.33: 5,059.33 x 0.01 = 50.59.
      'frontend: Spaces transfer beyond the subscription = 4.97 / 20.18 / 50.59',
      'inference: droplet c-16 = 336.00 / 336.00 / 336.00',
      'load-balancer: load balancer node = 12.00 / 12.00 / 12.00',
      // 708.20 + 0 + 85 + 4.97; 708.20 + 52.08 + 175 + 20.18; 708.20 + 204.17 + 355 + 50.59.
      'total = 798.17 / 955.46 / 1317.96',
    ]);
    expect(bill.unpriced).toEqual([]);
  });

  test('tier 4 at 10,000 users', () => {
    const bill = invoice('tier4', 10_000, { region: 'tor1' });
    // 10,000 x 100 x 50 KB = 50 GB a day, 1,520.83 a month, of which 5 x 6,000 are included.
    expect(amounts(bill)).toEqual([
      // Three servers in a quiet month, five in a typical one, six in a busy one: 3 x 96, 5 x 96, 6 x 96.
      'app: droplets s-8vcpu-16gb = 288.00 / 480.00 / 576.00',
      'backup: Spaces subscription = 5.00 / 5.00 / 5.00',
      // Two nodes of 30.
      'cache: managed valkey db-s-1vcpu-2gb = 60.00 / 60.00 / 60.00',
      'database: managed postgresql db-s-6vcpu-16gb = 244.35 / 244.35 / 244.35',
      'database: standby db-s-6vcpu-16gb = 244.35 / 244.35 / 244.35',
      // 10,000 x 1 MB x 90 days = 900 GB: 650 x 0.02 = 13; 200 x 0.02 = 4; 1,550 x 0.02 = 31.
      'frontend: Spaces storage beyond the subscription = 4.00 / 13.00 / 31.00',
      // 730 hours x 1.57, three times; 19 GB x 0.10 for each one's models; one node of the balancer.
      'inference: droplet gpu-6000adax1-48gb = 1146.10 / 1146.10 / 1146.10',
      'inference: droplet gpu-6000adax1-48gb = 1146.10 / 1146.10 / 1146.10',
      'inference: droplet gpu-6000adax1-48gb = 1146.10 / 1146.10 / 1146.10',
      'inference: load balancer node = 12.00 / 12.00 / 12.00',
      'inference: block storage = 1.90 / 1.90 / 1.90',
      'inference: block storage = 1.90 / 1.90 / 1.90',
      'inference: block storage = 1.90 / 1.90 / 1.90',
      // Two nodes of 12.
      'load-balancer: load balancer node = 24.00 / 24.00 / 24.00',
      'replicas: read replica db-s-6vcpu-16gb = 244.35 / 244.35 / 244.35',
      'replicas: read replica db-s-6vcpu-16gb = 244.35 / 244.35 / 244.35',
      // 480 + 5 + 60 + 4 x 244.35 + 3 x 1,146.10 + 12 + 3 x 1.90 + 24 = 5,002.40; + 13; - 192 + 4; + 96 + 31.
      'total = 4814.40 / 5015.40 / 5129.40',
    ]);
    expect(bill.unpriced).toEqual([]);
  });

  test('tier 5 at 100,000 users: the sum of its parts', () => {
    const bill = invoice('tier5', 100_000, { region: 'tor1', regions: ['ams3'] });
    const parts = {
      // In each region: control plane 40, two small nodes of 24, three to ten nodes of 126, of which seven are typical.
      cluster: 2 * (40 + 2 * 24 + 7 * 126),
      // Four shards with a standby and a copy in the other region each.
      database: 4 * 3 * 244.35,
      cache: 2 * 120,
      // 730 hours: two cards of 1.57 in tor1, one of 4.41 in ams3.
      inference: 730 * (2 * 1.57 + 4.41),
      balancers: 15 + 2 * 12,
      // In each region 50, 50 and 20 GiB for what watches; 20 for the model beside each card.
      volumes: 0.1 * (2 * (50 + 50 + 20) + 3 * 20),
      // 9,000 GB kept: 8,750 x 0.02; 3,041.67 GB loaded: 2,017.67 x 0.01 = 20.18; and the subscription.
      spaces: 175 + 20.18 + 5,
    };
    const sum = Object.values(parts).reduce((total, part) => total + part, 0);
    expect(sum.toFixed(2)).toBe('10892.88');
    expect(bill.monthly.toFixed(2)).toBe('10892.88');
    expect(bill.unpriced).toEqual([]);
  });
});
