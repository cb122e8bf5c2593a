import { databaseSizeFor, dropletSizeFor } from '../../../catalog/digitalocean';
import type { AppServers } from '../../../components/app-servers';
import type { OwnServers } from '../../../components/inference';

/** The basic droplet that carries an app server. */
export function appServerSize({ vcpus, memoryGib }: Pick<AppServers, 'vcpus' | 'memoryGib'>): string {
  return dropletSizeFor({ vcpus, memoryGib }).slug;
}

/** The droplet that carries a model: with CPUs of its own, because inference uses them without a pause. */
export function inferenceServerSize({ vcpus, memoryGib }: Pick<OwnServers, 'vcpus' | 'memoryGib'>): string {
  return dropletSizeFor({ vcpus, memoryGib, family: 'cpu-optimized' }).slug;
}

/** A node of a cluster: with CPUs of its own, because what runs on it is scheduled by their number. */
export function clusterNodeSize({ vcpus, memoryGib }: Pick<AppServers, 'vcpus' | 'memoryGib'>): string {
  return dropletSizeFor({ vcpus, memoryGib, family: 'general-purpose' }).slug;
}

/** The managed PostgreSQL node. */
export function postgresSize(memoryGib: number, nodes: number, vcpus = 1): string {
  return databaseSizeFor({ memoryGib, vcpus, engine: 'postgresql', standby: nodes > 1 }).slug;
}

/** A Kafka broker, as large as one on AWS: with CPUs of its own, because more than three are sold no other way. */
export function brokerSize(): string {
  return databaseSizeFor({ vcpus: 2, memoryGib: 8, engine: 'kafka', family: 'general-purpose' }).slug;
}

/** The managed Valkey node. */
export function valkeySize(memoryGib: number, nodes: number): string {
  return databaseSizeFor({ memoryGib, engine: 'valkey', standby: nodes > 1 }).slug;
}
