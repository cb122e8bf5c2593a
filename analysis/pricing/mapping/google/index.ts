import type { ProviderMappings } from '../../providers';
import type { Pool } from '../pools';
import type { Mapping } from '../types';
import { addresses, computeInstance, disks, forwardingRules, groupManagers, routerNat, snapshots, vpnTunnel } from './compute';
import { cloudRunServices, containerCluster, nodePool } from './container';
import { alloyCluster, alloyInstance, redisCluster, redisInstance, sqlInstance } from './data';
import { freeTypes, unpricedTypes } from './lists';
import {
  cdnBucket,
  cryptoKey,
  dnsZone,
  functions,
  logBuckets,
  pubsub,
  registries,
  secretVersion,
  securityPolicy,
  storageBucket,
} from './services';

/** Resource types of provider 6.50.0 that the estimator knows. */
export const googleMappings: readonly Mapping[] = [
  alloyCluster,
  alloyInstance,
  cdnBucket,
  computeInstance,
  containerCluster,
  cryptoKey,
  dnsZone,
  nodePool,
  redisCluster,
  redisInstance,
  routerNat,
  secretVersion,
  securityPolicy,
  sqlInstance,
  storageBucket,
  vpnTunnel,
  ...addresses,
  ...cloudRunServices,
  ...disks,
  ...forwardingRules,
  ...functions,
  ...groupManagers,
  ...logBuckets,
  ...pubsub,
  ...registries,
  ...snapshots,
  ...freeTypes,
  ...unpricedTypes,
];

/** What Google bills for all resources of a project together. */
export const googlePools: readonly Pool[] = [
  {
    id: 'google/internet-egress',
    name: 'traffic to the internet',
    unit: 'GB',
    rule: { kind: 'beyond', stepsOnly: true, product: { provider: 'google', service: 'network', sku: 'internet-egress-premium' } },
  },
  {
    id: 'google/forwarding-rules',
    name: 'forwarding rules',
    unit: 'hour',
    rule: {
      kind: 'bundle',
      size: 5,
      product: { provider: 'google', service: 'load-balancing', sku: 'forwarding-rules/first-5-bundle' },
      additional: { provider: 'google', service: 'load-balancing', sku: 'forwarding-rule/additional' },
      reason: 'the first five forwarding rules are paid together',
    },
  },
];

/** Google Cloud, as the estimator loads it. */
export const google: ProviderMappings = {
  mappings: googleMappings,
  pools: googlePools,
  notes: ['Google: external addresses are charged; what a project has free each month, and discounts for commitments, are not deducted.'],
};
