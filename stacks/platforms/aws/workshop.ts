import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { AppSecrets } from '../../../constructs/aws/app-secrets';
import type { Bucket } from '../../../constructs/aws/bucket';
import type { StaticFrontend } from '../../../constructs/aws/frontend';
import type { Balancer } from '../../../constructs/aws/balancer';
import type { ClusterIssuer } from '../../../constructs/aws/cluster-issuer';
import type { ConfigurationChannel } from '../../../constructs/aws/configuration-channel';
import type { EksCluster } from '../../../constructs/aws/eks-cluster';
import type { EventStream } from '../../../constructs/aws/event-stream';
import type { DataVolume } from '../../../constructs/aws/data-volume';
import type { ManagedPostgres } from '../../../constructs/aws/managed-postgres';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import type { ServerGroup } from '../../../constructs/aws/server-group';
import type { Site } from '../../../constructs/aws/site';
import type { Valkey } from '../../../constructs/aws/valkey';
import type { Target, Zone } from '../../../constructs/aws/zone';
import type { ICache } from '../../../constructs/cache';
import type { DatabaseConnection, DatabaseReaders } from '../../../constructs/database';
import type { IInference } from '../../../constructs/inference';
import type { IBucketAccess } from '../../../constructs/object-storage';
import type { BackupRepository, ManagedSecrets } from '../../../constructs/server';
import type { Watch } from '../../../constructs/aws/alerts';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { lastingPrefix } from '../naming';
import type { Region } from './regions';

/** What is known while a tier is being built: the plan, and the parts that are there already. */
export interface Workshop {
  readonly stack: TierStack;
  readonly environment: Environment;
  readonly tier: Tier;
  readonly site: Site;
  /** Ids of the zones that the site lies in, in their order. */
  readonly zoneIds: readonly string[];
  /** Every region that the tier stands in, home first. */
  readonly regions: readonly Region[];
  readonly zone: Zone;
  readonly channel: ConfigurationChannel;
  readonly parts: Parts;
}

/** A shard as pods reach it. */
export interface ShardAccess {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly replicaHost: string;
}

/** Parts by role, filled in as they are built. */
export interface Parts {
  database?: DatabaseConnection;
  /** The managed instance, for its replicas. */
  managedPostgres?: ManagedPostgres;
  readers?: DatabaseReaders;
  /** One name for all readers. */
  readerEndpoint?: string;
  dataVolume?: DataVolume;
  backups?: BackupRepository;
  /** For a database that is not this layer's. */
  backupBucket?: Bucket;
  cache?: ICache;
  valkey?: Valkey;
  inference?: IInference;
  storage?: IBucketAccess;
  /** The app's bucket. */
  storageBucket?: Bucket;
  frontend?: StaticFrontend;
  /** Places for the app's secrets, where its values do not come from the pipeline. */
  appSecrets?: AppSecrets;
  managedSecrets?: ManagedSecrets;
  entry?: Target;
  balancer?: Balancer;
  /** Kubernetes clusters, the home region's first. */
  readonly clusters: { readonly region: Region; readonly cluster: EksCluster }[];
  /** Shards by name, as pods reach them. */
  shards?: readonly ShardAccess[];
  /** ARNs of the secrets that pods may fetch, by what they are for. */
  readonly secrets: Map<string, string>;
  edgeFunctionArn?: string;
  /** The endpoint of distributed SQL, whose clients have no password. */
  distributedSql?: {
    readonly host: string;
    readonly port: string;
    readonly database: string;
    readonly user: string;
    /** By region, where it has an endpoint in several. */
    readonly hosts?: Readonly<Record<string, string>>;
  };
  eventStream?: EventStream;
  /** What the app's pods are at AWS, once something is granted to them. */
  appRole?: IamRole;
  /** Its ARN, where pods in another cloud take it too. */
  appRoleAbroad?: string;
  /** ARN of the role that fetches secrets for pods in another cloud. */
  secretReaderAbroad?: string;
  /** The cluster at Google, once one of its pods is trusted. */
  googleIssuer?: ClusterIssuer;
  readonly servers: Map<string, ServerGroup>;
  readonly firewalls: Map<string, SecurityGroup>;
  /** What monitoring raises alarms on, by the component that it belongs to. */
  readonly watches: Watch[];
}

/**
 * Security group of a component's servers, made when it is first asked for. It names the role, not the generation: whoever is
 * admitted stays admitted when servers move.
 */
export function firewallOf(shop: Workshop, id: string): SecurityGroup {
  const firewall =
    shop.parts.firewalls.get(id) ??
    new SecurityGroup(shop.stack, `${id}_firewall`, {
      site: shop.site,
      name: `${lastingPrefix(shop.environment, shop.tier)}-${id}`,
      description: `Servers of ${id}.`,
      reachesOut: true,
    });
  shop.parts.firewalls.set(id, firewall);
  return firewall;
}
