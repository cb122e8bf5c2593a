import type { TierId } from '../../tiers/tier';
import { resources, synthesized } from '../support/project';

/** Kind and bound of each alert on something that is named by its id, by what it is called. */
function alerts(tier: TierId, emails: readonly string[] = ['ops@example.com']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(resources(synthesized({ tier, alerts: { emails: [...emails] } }))).flatMap(([address, { type, value, entities }]) =>
      address.startsWith('digitalocean_monitor_alert.') && Array.isArray(entities)
        ? [[address.replace('digitalocean_monitor_alert.monitoring_', ''), `${String(type)} > ${String(value)} ${entities.join()}`]]
        : [],
    ),
  );
}

const database = (measure: string, cluster: string): string =>
  `v1/dbaas/alerts/${measure} > 75 \${digitalocean_database_cluster.${cluster}.id}`;
const balancer = (measure: string, bound: number, id: string): string =>
  `v1/insights/lbaas/${measure} > ${bound} \${digitalocean_loadbalancer.${id}.id}`;

test('the database, the cache and the balancer of tier 4 tell when they are full, busy or failing', () => {
  expect(alerts('tier4')).toEqual({
    database_g1_cpu: database('cpu_alerts', 'database_g1'),
    database_g1_disk: database('disk_utilization_alerts', 'database_g1'),
    cache_g1_cpu: database('cpu_alerts', 'cache_g1'),
    cache_g1_memory: database('memory_utilization_alerts', 'cache_g1'),
    'load-balancer_errors': balancer('increase_in_http_error_rate_count_5xx', 10, 'load-balancer'),
    'load-balancer_connections': balancer('connection_utilization_percent', 75, 'load-balancer'),
  });
});

test('every shard of tier 5 tells for itself, and the balancer of each region', () => {
  const found = alerts('tier5');
  for (const shard of [1, 2, 3, 4])
    expect(found[`database_g1_shard-${shard}_disk`]).toBe(database('disk_utilization_alerts', `database_g1_shard-${shard}`));
  const regions = Object.keys(found).filter((name) => name.endsWith('_errors'));
  expect(regions).toHaveLength(2);
  for (const name of regions) expect(found[name]).toBe(balancer('increase_in_http_error_rate_count_5xx', 10, name.replace(/_errors$/, '')));
});

test('a database beside the app has none of its own, and without anyone to tell there are none', () => {
  expect(alerts('tier1')).toEqual({});
  expect(alerts('tier5', [])).toEqual({});
});
