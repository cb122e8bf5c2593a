import type { Watch } from '../../../constructs/digitalocean/alerts';
import { component, type Workshop } from './workshop';

/** Share of a limit above which someone is told, where the tier has no monitoring that says so. */
const otherwisePercent = 80;

function thresholdOf({ tier }: Workshop): number {
  return component(tier, 'monitoring')?.thresholdPercent ?? otherwisePercent;
}

type Measure = 'cpu' | 'memory' | 'disk';

/** What DigitalOcean measures of a managed cluster (API, Create Alert Policy, 2026-08-07). */
const clusterAlerts: Readonly<Record<Measure, { readonly type: string; readonly what: string }>> = {
  cpu: { type: 'v1/dbaas/alerts/cpu_alerts', what: 'CPU' },
  memory: { type: 'v1/dbaas/alerts/memory_utilization_alerts', what: 'memory' },
  disk: { type: 'v1/dbaas/alerts/disk_utilization_alerts', what: 'disk' },
};

/** Measures that mean something, by engine: PostgreSQL and Kafka use free memory for pages, and Valkey keeps nothing on a disk. */
const measures = { postgresql: ['cpu', 'disk'], valkey: ['cpu', 'memory'], kafka: ['cpu', 'disk'] } as const satisfies Record<
  string,
  readonly Measure[]
>;

/** Alerts on a managed cluster. @param id its construct's, with the generation: a later one has alerts of its own */
export function watchCluster(shop: Workshop, id: string, engine: keyof typeof measures, entity: string): readonly Watch[] {
  const above = thresholdOf(shop);
  return measures[engine].map((measure) => {
    const { type, what } = clusterAlerts[measure];
    return { id: `${id}_${measure}`, type, entity, above, what: `${what} of ${id} above ${above} % for ten minutes` };
  });
}

/** Failed requests of five minutes that are no accident any more: as many as on AWS. */
const failedRequests = 10;

/** Requests that fail behind a balancer, and how near it is to the connections that its nodes take. */
export function watchBalancer(shop: Workshop, id: string, entity: string): readonly Watch[] {
  const above = thresholdOf(shop);
  return [
    {
      id: `${id}_errors`,
      type: 'v1/insights/lbaas/increase_in_http_error_rate_count_5xx',
      entity,
      above: failedRequests,
      what: `more than ${failedRequests} requests to ${id} failed within five minutes`,
    },
    {
      id: `${id}_connections`,
      type: 'v1/insights/lbaas/connection_utilization_percent',
      entity,
      above,
      what: `connections to ${id} above ${above} % of what it takes, for ten minutes`,
    },
  ];
}
