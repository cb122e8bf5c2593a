import { AlloydbCluster } from '@cdktf/provider-google/lib/alloydb-cluster';
import { AlloydbInstance } from '@cdktf/provider-google/lib/alloydb-instance';
import { AlloydbUser } from '@cdktf/provider-google/lib/alloydb-user';
import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceNetworkingConnection } from '@cdktf/provider-google/lib/service-networking-connection';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { keep } from '../keep';
import type { SqlEndpoint } from './sql-endpoint';

export interface AlloyDbProps {
  readonly name: string;
  readonly project: string;
  readonly region: string;
  readonly networkId: string;
  /** Range of addresses that Google's services take in the network: first address and length. */
  readonly range: { readonly address: string; readonly length: number };
  /** vCPUs of each server: 2, 4, 8, 16, 32, 64, 96 or 128. */
  readonly vcpus: number;
  /** Servers that answer reads. */
  readonly readers: number;
  /** Days for which every moment can be gone back to, and backups are kept. */
  readonly backupDays: number;
  /** Who signs in. */
  readonly client: string;
  /** Whether a destroy is let through. */
  readonly disposable: boolean;
}

/** What a client must be let to do beside signing in to the database (AlloyDB, "Manage IAM authentication", recalled 2026-11-22). */
const clientRoles = ['roles/alloydb.databaseUser', 'roles/serviceusage.serviceUsageConsumer'];

const week = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/**
 * PostgreSQL by Google: a primary with a standby in another zone over storage of the region, and a pool of readers. It has addresses
 * of its network only. Its one client shows a token of its own account, and no password is anywhere.
 */
export class AlloyDb extends Construct implements SqlEndpoint {
  readonly host: string;
  readonly port = '5432';
  readonly database = 'postgres';
  readonly user: string;

  constructor(scope: Construct, id: string, props: AlloyDbProps) {
    super(scope, id);
    const cluster = storage(this, props);
    const primary = servers(this, props, cluster);
    for (const [index, role] of clientRoles.entries())
      new ProjectIamMember(this, `client_role_${index + 1}`, {
        project: props.project,
        role,
        member: `serviceAccount:${props.client}`,
      });
    const user = new AlloydbUser(this, 'client', {
      cluster: cluster.name,
      // Without the ending that PostgreSQL's names have no room for.
      userId: Fn.trimsuffix(props.client, '.gserviceaccount.com'),
      userType: 'ALLOYDB_IAM_USER',
      databaseRoles: ['alloydbsuperuser'],
      dependsOn: [primary],
    });
    this.host = primary.ipAddress;
    this.user = user.userId;
  }
}

/** Services of Google have addresses in a network that is joined to ours. */
function joined(scope: Construct, { name, networkId, range }: AlloyDbProps): ServiceNetworkingConnection {
  const reserved = new ComputeGlobalAddress(scope, 'range', {
    name,
    purpose: 'VPC_PEERING',
    addressType: 'INTERNAL',
    address: range.address,
    prefixLength: range.length,
    network: networkId,
  });
  return new ServiceNetworkingConnection(scope, 'join', {
    network: networkId,
    service: 'servicenetworking.googleapis.com',
    reservedPeeringRanges: [reserved.name],
  });
}

function storage(scope: Construct, props: AlloyDbProps): AlloydbCluster {
  const { name, region, networkId, backupDays, disposable } = props;
  return new AlloydbCluster(scope, 'Resource', {
    clusterId: name,
    location: region,
    networkConfig: { network: networkId },
    continuousBackupConfig: { enabled: true, recoveryWindowDays: backupDays },
    automatedBackupPolicy: {
      enabled: true,
      weeklySchedule: { daysOfWeek: week, startTimes: [{ hours: 2, minutes: 0, seconds: 0, nanos: 0 }] },
      timeBasedRetention: { retentionPeriod: `${backupDays * 86_400}s` },
    },
    deletionPolicy: disposable ? 'FORCE' : 'DEFAULT',
    dependsOn: [joined(scope, props)],
    ...keep({ disposable }),
  });
}

function servers(scope: Construct, { name, vcpus, readers, disposable }: AlloyDbProps, cluster: AlloydbCluster): AlloydbInstance {
  const common = {
    cluster: cluster.name,
    machineConfig: { cpuCount: vcpus },
    databaseFlags: { 'alloydb.iam_authentication': 'on' },
    clientConnectionConfig: { sslConfig: { sslMode: 'ENCRYPTED_ONLY' } },
  };
  const primary = new AlloydbInstance(scope, 'primary', {
    ...common,
    instanceId: `${name}-primary`,
    instanceType: 'PRIMARY',
    availabilityType: 'REGIONAL',
    ...keep({ disposable }),
  });
  if (readers > 0)
    new AlloydbInstance(scope, 'readers', {
      ...common,
      instanceId: `${name}-readers`,
      instanceType: 'READ_POOL',
      readPoolConfig: { nodeCount: readers },
      dependsOn: [primary],
    });
  return primary;
}
