import * as catalog from '../../catalog/digitalocean';

/** What the stand-in's API knows of DigitalOcean: which slugs exist, and what follows from them. */
export interface Facts {
  /** Undefined where there is no such size. */
  readonly dropletSize: (slug: string) => DropletFacts | undefined;
  readonly databaseSize: (slug: string) => DatabaseFacts | undefined;
  /** Engines sold in a region; undefined where there is no such region. */
  readonly enginesIn: (region: string) => readonly string[] | undefined;
  /** Versions of an engine; undefined where nothing is known of it. */
  readonly versionsOf: (engine: string) => readonly string[] | undefined;
  /** Regions where buckets can be made. */
  readonly spacesRegions: readonly string[];
  /** Public images by slug. */
  readonly images: readonly string[];
}

export interface DropletFacts {
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly diskGib: number;
  /** In whole dollars. */
  readonly monthlyUsd: number;
  /** Regions where it is not sold, by what is known. */
  readonly notSoldIn: (region: string) => boolean;
}

export interface DatabaseFacts {
  readonly memoryGib: number;
  readonly standby: boolean;
  readonly storageGib: number;
  readonly engines: readonly string[];
  /** Backend connections that pools share; undefined for engines without pools. */
  readonly connections: number | undefined;
}

/** The facts of `catalog/digitalocean`. */
export const catalogFacts: Facts = {
  dropletSize: (slug) => {
    const size = catalog.dropletSizeList().find((row) => row.slug === slug);
    return size && { ...size, monthlyUsd: size.monthlyUsdRounded, notSoldIn: (region) => catalog.gpuSoldIn(slug, region) === 'not sold' };
  },
  databaseSize: (slug) => {
    const size = (['postgresql', 'valkey', 'kafka'] as const).flatMap(catalog.databaseSizeList).find((row) => row.slug === slug);
    return (
      size && {
        ...size,
        engines: size.engines.map(engineSlug),
        storageGib: size.minimumStorageGib ?? 10 * size.memoryGib,
        connections: size.usableConnections,
      }
    );
  },
  enginesIn: (region) =>
    catalog
      .regions()
      .find((row) => row.slug === region)
      ?.databaseEngines.map(engineSlug),
  versionsOf: (engine) => {
    const known = catalogEngines[engine];
    return known === undefined ? undefined : catalog.engineVersions(known).map((row) => row.version);
  },
  spacesRegions: catalog.spacesRegions(),
  images: catalog.imageList().map((row) => row.slug),
};

const catalogEngines: Readonly<Record<string, catalog.DatabaseEngine | undefined>> = {
  pg: 'postgresql',
  kafka: 'kafka',
  valkey: 'valkey',
  redis: 'valkey',
};

/** The API writes pg where everyone else writes postgresql. */
function engineSlug(engine: string): string {
  return engine === 'postgresql' ? 'pg' : engine;
}
