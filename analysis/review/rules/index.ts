import type { Rule } from '../types';
import { balancerHttps } from './digitalocean/balancer-https';
import { bucketForceDestroy } from './digitalocean/bucket-force-destroy';
import { bucketVersioning } from './digitalocean/bucket-versioning';
import { clusterAutoUpgrade } from './digitalocean/cluster-auto-upgrade';
import { clusterSurgeUpgrade } from './digitalocean/cluster-surge-upgrade';
import { databaseOpenToWorld } from './digitalocean/database-open-to-world';
import { databaseOutsideVpc } from './digitalocean/database-outside-vpc';
import { databaseTrustedSources } from './digitalocean/database-trusted-sources';
import { directExposure } from './digitalocean/direct-exposure';
import { dropletBackups } from './digitalocean/droplet-backups';
import { dropletMonitoring } from './digitalocean/droplet-monitoring';
import { dropletOutsideVpc } from './digitalocean/droplet-outside-vpc';
import { openAdminPorts } from './digitalocean/open-admin-ports';
import { openDataPorts } from './digitalocean/open-data-ports';
import { openEgress } from './digitalocean/open-egress';
import { openPorts } from './digitalocean/open-ports';
import { publicBucket } from './digitalocean/public-bucket';
import { sshKeys } from './digitalocean/ssh-keys';

/** Everything that is checked, in order of the ids: by platform, then by number. */
export const rules: readonly Rule[] = [
  openPorts,
  directExposure,
  openEgress,
  sshKeys,
  balancerHttps,
  clusterSurgeUpgrade,
  publicBucket,
  bucketVersioning,
  clusterAutoUpgrade,
  bucketForceDestroy,
  databaseTrustedSources,
  databaseOpenToWorld,
  openDataPorts,
  openAdminPorts,
  dropletBackups,
  dropletOutsideVpc,
  dropletMonitoring,
  databaseOutsideVpc,
];
