import type { ProviderMappings } from '../../providers';
import type { Mapping } from '../types';
import { app } from './app';
import { databaseCluster, databaseReplica } from './database';
import { droplet } from './droplet';
import { dropletAutoscale } from './droplet-autoscale';
import { freeTypes } from './free';
import { kubernetesCluster, kubernetesNodePool } from './kubernetes';
import { loadBalancer } from './load-balancer';
import { digitalOceanPools } from './pools';
import { containerRegistries, containerRegistry } from './registry';
import { floatingIp, reservedIp } from './reserved-ip';
import { customImage, dropletSnapshot, spacesBucket, volume, volumeSnapshot } from './storage';
import { unpricedTypes } from './unpriced';
import { uptimeCheck } from './uptime-check';
import { vpcPeering } from './vpc-peering';

/** Every resource type of provider 2.71.0. A test fails when one is missing. */
export const digitalOceanMappings: readonly Mapping[] = [
  app,
  containerRegistries,
  containerRegistry,
  customImage,
  databaseCluster,
  databaseReplica,
  droplet,
  dropletAutoscale,
  dropletSnapshot,
  floatingIp,
  kubernetesCluster,
  kubernetesNodePool,
  loadBalancer,
  reservedIp,
  spacesBucket,
  uptimeCheck,
  volume,
  volumeSnapshot,
  vpcPeering,
  ...freeTypes,
  ...unpricedTypes,
];

/** DigitalOcean, as the estimator loads it. */
export const digitalOcean: ProviderMappings = { mappings: digitalOceanMappings, pools: digitalOceanPools };
