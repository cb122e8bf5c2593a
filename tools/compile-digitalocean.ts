import { banner, type Compiler } from './compiler';
import { parseCsv } from './csv';
import { listLiteral, type Plain } from './typescript-literal';

type Row = Record<string, string>;

const folder = 'catalog/digitalocean';

/** A compiler from a CSV file of the DigitalOcean catalog to one typed constant. */
function table(file: string, constant: string, type: string, toFact: (row: Row) => Plain): Compiler {
  const source = `${folder}/${file}.csv`;
  const head = `${banner(source)}import type { ${type} } from './types';\n\nexport const ${constant}: readonly ${type}[] = `;
  return { source, target: `${folder}/${file}.generated.ts`, compile: (text) => `${head}${listLiteral(parseCsv(text).map(toFact))};\n` };
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
  return ['postgresql', 'valkey'].filter((engine) => yes(row, engine));
}

function dated(row: Row): { source: string; asOf: string } {
  return { source: text(row, 'source'), asOf: text(row, 'as_of') };
}

function text(row: Row, column: string): string {
  const value = row[column] ?? '';
  if (value === '') throw new Error(`${row['slug'] ?? 'a row'} has no ${column}`);
  return value;
}

function number(row: Row, column: string): number {
  const value = Number(text(row, column));
  if (!Number.isFinite(value)) throw new Error(`${row['slug'] ?? 'a row'}: ${column} "${row[column]}" is not a number`);
  return value;
}

function optionalNumber(row: Row, column: string): number | undefined {
  return row[column] === '' ? undefined : number(row, column);
}

function yes(row: Row, column: string): boolean {
  const value = text(row, column);
  if (value !== 'yes' && value !== 'no') throw new Error(`${row['slug'] ?? 'a row'}: ${column} "${value}" is neither yes nor no`);
  return value === 'yes';
}

/** All compilers of catalog/digitalocean, but for the price book's. */
export const digitalOceanCompilers: readonly Compiler[] = [
  table('droplet-sizes', 'dropletSizes', 'DropletSize', dropletSize),
  table('regions', 'regionList', 'Region', region),
  table('database-sizes', 'databaseSizes', 'DatabaseSize', databaseSize),
];
