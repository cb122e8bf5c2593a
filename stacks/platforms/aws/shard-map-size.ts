import type { ComponentOf } from '../../../components/component';
import { shardRanges } from '../../../components/shard-map';
import type { Environment } from '../../../environments/schema';
import type { Problem } from '../../../values/errors';
import { accountName } from '../naming';
import { shardMapTooLong } from './errors';

/** Bytes that a standard parameter holds, and an advanced one, the largest there is (Systems Manager user guide, "Managing parameter tiers", recalled 2026-11-22). */
export const standardBytes = 4096;
const mostBytes = 8192;

/** What RDS puts behind an identifier, `.c0ffee123456.us-east-1.rds.amazonaws.com`, less the region (recalled 2026-11-22). */
const endpointBytes = '.c0ffee123456..rds.amazonaws.com'.length;

type Database = ComponentOf<'sharded-database'>;

/** What is wrong with a map as a parameter has to hold it. */
export function mapProblems(database: Database, environment: Environment): readonly Problem[] {
  const [ranges, bytes] = [shardRanges(database).length, mapBytes(database, environment)];
  return bytes <= mostBytes ? [] : [shardMapTooLong(ranges, bytes, mostBytes)];
}

/** Length of the map in the parameter, once every address in it is known. */
export function mapBytes(database: Database, environment: Environment): number {
  const { namePrefix, name: own, region, regions: [second = region] = [] } = environment;
  const base = accountName(`${namePrefix}-${own}`, environment, database);
  const endpoint = (identifier: string, place: string): string => 'x'.repeat(identifier.length + endpointBytes + place.length);
  const told = shardRanges(database).map(({ name, from, to }) => ({
    shard: name,
    from,
    to,
    host: endpoint(`${base}-${name}`, region),
    replica: endpoint(`${base}-${name}-replica`, second),
  }));
  return JSON.stringify(told).length;
}
