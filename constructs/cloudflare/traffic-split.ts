import { LoadBalancer } from '@cdktf/provider-cloudflare/lib/load-balancer';
import { LoadBalancerMonitor } from '@cdktf/provider-cloudflare/lib/load-balancer-monitor';
import { LoadBalancerPool } from '@cdktf/provider-cloudflare/lib/load-balancer-pool';
import { Construct } from 'constructs';

/** What answers in one cloud. */
export interface CloudEntry {
  /** Name of the cloud; part of the pool's address. */
  readonly cloud: string;
  /** Host or address that takes requests. */
  readonly address: string;
  /**
   * Share of the requests beside those of the other clouds, from 0 to 1. Hundredths are taken: the provider's schema asks of
   * `pool_weights` for numbers and no more (terraform-provider-cloudflare v5, `internal/services/load_balancer/schema.go`), as does
   * Cloudflare's own (`api-schemas`, `load-balancing_random_steering`), and people run it with 0.98 and 0.02 (the provider's pull
   * request 2403); all read 2026-11-22.
   */
  readonly weight: number;
  /** Whether it takes requests. One that takes none is watched all the same, so that it is known to be well before it does. */
  readonly open: boolean;
}

export interface TrafficSplitProps {
  /** Beginning of the pools' names in the account. */
  readonly name: string;
  readonly accountId: string;
  readonly zoneId: string;
  readonly domain: string;
  readonly healthPath: string;
  /** The first is asked last when nothing is healthy. */
  readonly entries: readonly [CloudEntry, ...CloudEntry[]];
  readonly alertEmail?: string;
}

/** Requests over several clouds: by weight while all are healthy, to the others when one is not. */
export class TrafficSplit extends Construct {
  constructor(scope: Construct, id: string, { name, accountId, zoneId, domain, healthPath, entries, alertEmail }: TrafficSplitProps) {
    super(scope, id);
    const monitor = new LoadBalancerMonitor(this, 'monitor', {
      accountId,
      type: 'https',
      method: 'GET',
      path: healthPath,
      port: 443,
      expectedCodes: '200',
      header: { Host: [domain] },
      interval: 60,
      timeout: 5,
      retries: 2,
      consecutiveDown: 2,
      consecutiveUp: 2,
    });
    const pools = entries.map(({ cloud, address }) => {
      const origins = [{ name: cloud, address, enabled: true, weight: 1, header: { host: [domain] } }];
      return new LoadBalancerPool(this, cloud, {
        accountId,
        name: `${name}-${cloud}`,
        monitor: monitor.id,
        minimumOrigins: 1,
        origins,
        ...(alertEmail === undefined ? {} : { notificationEmail: alertEmail }),
      });
    });
    const [first] = pools as [LoadBalancerPool, ...LoadBalancerPool[]];
    new LoadBalancer(this, 'Resource', {
      zoneId,
      name: domain,
      proxied: true,
      defaultPools: pools.filter((_, index) => entries[index]?.open === true).map((pool) => pool.id),
      fallbackPool: first.id,
      steeringPolicy: 'random',
      randomSteering: {
        // Of a pool without a weight, which there is none of. The one weight that has to be a whole number of tenths (`multipleOf: 0.1`, the same schema).
        defaultWeight: 0.5,
        poolWeights: Object.fromEntries(pools.map((pool, index) => [pool.id, entries[index]?.weight ?? 0.5])),
      },
    });
  }
}
