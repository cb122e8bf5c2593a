import { parse } from 'yaml';
import { dated, number, optionalNumber, optionalText, text, yes, type Row } from './cells';
import { banner, type Compiler } from './compiler';
import { parseCsv } from './csv';
import { keyedLiteral, listLiteral, type Plain } from './typescript-literal';

const folder = 'catalog/digitalocean';

/** A compiler from a CSV file of the DigitalOcean catalog to one typed constant. */
function table(file: string, constant: string, type: string, toFact: (row: Row) => Plain): Compiler {
  const source = `${folder}/${file}.csv`;
  const head = `${banner(source)}import type { ${type} } from './types';\n\nexport const ${constant}: readonly ${type}[] = `;
  return { source, target: `${folder}/${file}.generated.ts`, compile: (csv) => `${head}${listLiteral(parseCsv(csv).map(toFact))};\n` };
}

function dropletSize(row: Row): Plain {
  const gpus = number(row, 'gpus');
  return {
    slug: text(row, 'slug'),
    family: text(row, 'family'),
    vcpus: number(row, 'vcpus'),
    memoryGib: number(row, 'memory_gib'),
    diskGib: number(row, 'disk_gib'),
    monthlyUsdRounded: number(row, 'monthly_usd_rounded'),
    transfer: row['transfer_tb'] === '' ? undefined : { tb: number(row, 'transfer_tb'), source: text(row, 'transfer_source') },
    gpu: gpus === 0 ? undefined : { count: gpus, memoryGib: number(row, 'gpu_memory_gib') },
    ...dated(row),
  };
}

function region(row: Row): Plain {
  return {
    slug: text(row, 'slug'),
    name: text(row, 'name'),
    closed: yes(row, 'new_environments') ? undefined : text(row, 'why_not'),
    spaces: yes(row, 'spaces'),
    nearestSpaces: text(row, 'nearest_spaces'),
    databaseEngines: engines(row),
    ...dated(row),
  };
}

function databaseSize(row: Row): Plain {
  return {
    slug: text(row, 'slug'),
    family: text(row, 'family'),
    vcpus: number(row, 'vcpus'),
    memoryGib: number(row, 'memory_gib'),
    minimumStorageGib: optionalNumber(row, 'minimum_storage_gib'),
    standby: yes(row, 'standby'),
    usableConnections: optionalNumber(row, 'usable_connections'),
    engines: engines(row),
    ...dated(row),
  };
}

function engines(row: Row): readonly string[] {
  return ['postgresql', 'valkey', 'kafka'].filter((engine) => yes(row, engine));
}

function engineVersion(row: Row): Plain {
  return {
    engine: text(row, 'engine'),
    slug: text(row, 'slug'),
    version: text(row, 'version'),
    isDefault: yes(row, 'default'),
    endOfAvailability: optionalText(row, 'end_of_availability'),
    endOfLife: optionalText(row, 'end_of_life'),
    ...dated(row),
  };
}

function image(row: Row): Plain {
  return {
    slug: text(row, 'slug'),
    distribution: text(row, 'distribution'),
    release: text(row, 'release'),
    kind: text(row, 'kind'),
    ...dated(row),
  };
}

function gpuRegions(row: Row): Plain {
  const regions = text(row, 'regions');
  return { slug: text(row, 'slug'), regions: regions === 'none' ? [] : regions.split(' '), ...dated(row) };
}

interface ReplacementSource {
  readonly forces: Record<string, readonly string[]>;
  readonly keeps: Record<string, readonly string[]>;
  readonly sometimes: readonly Record<string, string>[];
  readonly effects: readonly Record<string, string>[];
}

const replacement: Compiler = {
  source: `${folder}/replacement.yaml`,
  target: `${folder}/replacement.generated.ts`,
  compile: (yaml) => replacementText(parse(yaml) as ReplacementSource),
};

function replacementText({ forces, keeps, sometimes, effects }: ReplacementSource): string {
  return [
    `${banner(replacement.source)}import type { ChangeEffect, ConditionalReplacement } from './types';\n`,
    `export const forcesReplacement: Readonly<Record<string, readonly string[]>> = ${keyedLiteral(forces)};\n`,
    `export const keptWhenLeftOut: Readonly<Record<string, readonly string[]>> = ${keyedLiteral(keeps)};\n`,
    `export const sometimesReplaced: readonly ConditionalReplacement[] = ${listLiteral(sometimes)};\n`,
    `export const changeEffects: readonly ChangeEffect[] = ${listLiteral(effects)};\n`,
  ].join('\n');
}

/** All compilers of catalog/digitalocean, but for the price book's. */
export const digitalOceanCompilers: readonly Compiler[] = [
  table('droplet-sizes', 'dropletSizes', 'DropletSize', dropletSize),
  table('regions', 'regionList', 'Region', region),
  table('database-sizes', 'databaseSizes', 'DatabaseSize', databaseSize),
  table('database-engines', 'databaseEngineVersions', 'EngineVersion', engineVersion),
  table('images', 'images', 'Image', image),
  table('gpu-regions', 'gpuRegions', 'GpuRegions', gpuRegions),
  replacement,
];
