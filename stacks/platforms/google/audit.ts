import type { DistributedEngine } from '../../../components/distributed-database';
import { AuditLog, type AuditedService } from '../../../constructs/google/audit-log';
import { component, prefixOf } from '../naming';
import type { Ground, ToldEndpoint } from './distributed-sql';

/** Services that run the engines. */
const engineServices: { readonly [Engine in DistributedEngine]?: string } = {
  alloydb: 'alloydb.googleapis.com',
  spanner: 'spanner.googleapis.com',
};

/** Records of the services that the tier uses here. @param database where it stands here, with the app's account @param protectedHere whether nothing may be destroyed */
export function buildAuditLog(
  { stack, environment, tier, project, region }: Ground,
  database: ToldEndpoint | undefined,
  protectedHere: boolean,
): void {
  const log = component(tier, 'audit-log');
  if (log === undefined) return;
  new AuditLog(stack, log.id, {
    name: `${prefixOf(environment, log)}-${log.id}`,
    project,
    region,
    days: log.retentionDays,
    services: {
      cluster: { service: 'container.googleapis.com' },
      ...databaseService(component(tier, 'distributed-database')?.engine, database),
    },
    disposable: !protectedHere,
  });
}

function databaseService(engine: DistributedEngine | undefined, database: ToldEndpoint | undefined): Record<string, AuditedService> {
  const service = engine === undefined ? undefined : engineServices[engine];
  return service === undefined || database === undefined ? {} : { database: { service, without: database.account } };
}
