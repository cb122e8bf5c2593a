import type { KubernetesCluster } from '../../../components/kubernetes-cluster';
import { cacheClassFor, databaseClassFor, instanceTypeFor, type InstanceType } from '../../../catalog/aws';
import type { AppServers } from '../../../components/app-servers';
import type { OwnServers } from '../../../components/inference';

/** The cheapest instance that carries an app server, burstable ones included: what it does comes in bursts. */
export function appServerType(region: string, { vcpus, memoryGib }: Pick<AppServers, 'vcpus' | 'memoryGib'>): InstanceType {
  return instanceTypeFor({ region, vcpus, memoryGib });
}

/**
 * The instance of a pool that grows and shrinks by its CPUs: they are its own, because one that has spent its credits is slow at a load
 * at which the pool sees no reason to grow.
 */
export function poolServerType(region: string, { vcpus, memoryGib }: Pick<AppServers, 'vcpus' | 'memoryGib'>): InstanceType {
  return instanceTypeFor({ region, vcpus, memoryGib, families: ['compute', 'general', 'memory'] });
}

/** The instance that carries a model: with CPUs of its own, because inference uses them without a pause. */
export function inferenceServerType(region: string, { vcpus, memoryGib }: Pick<OwnServers, 'vcpus' | 'memoryGib'>): InstanceType {
  return instanceTypeFor({ region, vcpus, memoryGib, families: ['compute', 'general', 'memory'] });
}

/** The instance that is a node of a cluster: pods are dealt out by CPU and memory alike. */
export function clusterNodeType(
  region: string,
  { nodeVcpus, nodeMemoryGib }: Pick<KubernetesCluster, 'nodeVcpus' | 'nodeMemoryGib'>,
): InstanceType {
  return instanceTypeFor({ region, vcpus: nodeVcpus, memoryGib: nodeMemoryGib, families: ['general'] });
}

/** The class of a managed PostgreSQL node. */
export function postgresClass(region: string, memoryGib: number, vcpus?: number): string {
  return databaseClassFor(memoryGib, region, vcpus).class;
}

/** The type of a managed Valkey node. */
export function valkeyClass(region: string, memoryGib: number): string {
  return cacheClassFor(memoryGib, region).class;
}

/** Disk of a server without a model, in GiB: Ubuntu, the images of three releases, their logs. An assumption. */
const systemGib = 20;

/** Disk of a server with one: the file and the next one beside it. */
const modelGib = 20;

/** The system's disk, in GiB. What holds data has a volume of its own. */
export function diskGib(hasModel: boolean): number {
  return hasModel ? systemGib + modelGib : systemGib;
}
