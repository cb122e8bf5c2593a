import { graphFromSynthesis } from '../../../analysis/graph';
import type { JsonObject } from '../../../analysis/graph';
import { estimate } from '../../../analysis/pricing';
import { book } from './support';

const priced = (resource: Record<string, Record<string, JsonObject>>) => {
  const { lines, monthly, unpriced } = estimate(graphFromSynthesis({ resource }), book);
  const paid = lines.filter((line) => !line.monthly.isZero()).map((line) => `${line.name} = ${line.monthly.toFixed(2)}`);
  return { lines: [...paid].sort(), total: monthly.toFixed(2), unpriced };
};

/** Terraform that Terrace did not write. Prices are the book's, worked out by hand. */
describe('invoices of foreign DigitalOcean Terraform, to the cent', () => {
  // Control plane with high availability 40; worker nodes g-4vcpu-16gb 126 each, billed like droplets at most 672 hours:
  // 3 x 126 = 378; two balancer nodes 2 x 12 = 24; PostgreSQL 4 GB 60.90 and as much for its standby; registry basic 5.
  // 40 + 378 + 24 + 121.80 + 5 = 568.80.
  test('a Kubernetes cluster with a database pair, a balancer and a registry: 568.80', () => {
    expect(
      priced({
        digitalocean_kubernetes_cluster: {
          main: {
            name: 'k',
            region: 'fra1',
            version: '1.33.1-do.0',
            ha: true,
            node_pool: [{ name: 'default', size: 'g-4vcpu-16gb', node_count: 3 }],
          },
        },
        digitalocean_loadbalancer: {
          main: {
            name: 'lb',
            region: 'fra1',
            size_unit: 2,
            forwarding_rule: [{ entry_port: 80, entry_protocol: 'http', target_port: 80, target_protocol: 'http' }],
          },
        },
        digitalocean_database_cluster: {
          main: { name: 'pg', engine: 'pg', version: '17', size: 'db-s-2vcpu-4gb', node_count: 2, region: 'fra1' },
        },
        digitalocean_container_registry: { main: { name: 'r', subscription_tier_slug: 'basic' } },
      }),
    ).toMatchObject({ total: '568.80', unpriced: [] });
  });

  // Two droplets s-2vcpu-4gb 2 x 24 = 48 with weekly backups, a fifth of it: 9.60; a volume of 100 GB 10;
  // a second uptime check 1 (the first is free). 48 + 9.60 + 10 + 1 = 68.60.
  test('two droplets with weekly backups, a volume and two checks: 68.60', () => {
    const droplet = { name: 'web', region: 'fra1', size: 's-2vcpu-4gb', image: 'ubuntu-24-04-x64', backups: true };
    expect(
      priced({
        digitalocean_droplet: { web: { ...droplet, count: 2 } },
        digitalocean_volume: { data: { name: 'data', region: 'fra1', size: 100 } },
        digitalocean_uptime_check: { site: { name: 'a', target: 'https://a.example' }, api: { name: 'b', target: 'https://b.example' } },
      }),
    ).toMatchObject({ total: '68.60', unpriced: [] });
  });
});
