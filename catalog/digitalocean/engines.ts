import { lookup } from '../lookup';
import { databaseEngineVersions } from './database-engines.generated';
import type { DatabaseEngine, EngineVersion } from './types';

/** Versions of an engine, oldest first, those no longer offered included. */
export function engineVersions(engine: DatabaseEngine): readonly EngineVersion[] {
  return databaseEngineVersions.filter((row) => row.engine === engine);
}

/** Versions of an engine that a new cluster could still take on a day (ISO date); those without an end date are open. */
export function engineVersionsOn(engine: DatabaseEngine, day: string): readonly EngineVersion[] {
  return engineVersions(engine).filter((row) => row.endOfAvailability === undefined || day < row.endOfAvailability);
}

/** One version of an engine. @throws `CATALOG_NAME_UNKNOWN` with the nearest version */
export function engineVersion(engine: DatabaseEngine, version: string): EngineVersion {
  return lookup(`${engine} version`, engineVersions(engine), (row) => row.version)(version);
}

/** The version DigitalOcean itself proposes for a new cluster of an engine. */
export const defaultEngineVersion: (engine: DatabaseEngine) => EngineVersion = lookup(
  'database engine',
  databaseEngineVersions.filter((row) => row.isDefault),
  (row) => row.engine,
);
