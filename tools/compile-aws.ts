import { dated, number, text, yes, type Row } from './cells';
import { banner, type Compiler } from './compiler';
import { parseCsv } from './csv';
import { listLiteral, type Plain } from './typescript-literal';

const folder = 'catalog/aws';

/** A compiler from a CSV file of the AWS catalog to one typed constant. */
function table(file: string, constant: string, type: string, toFact: (row: Row) => Plain): Compiler {
  const source = `${folder}/${file}.csv`;
  const head = `${banner(source)}import type { ${type} } from './types';\n\nexport const ${constant}: readonly ${type}[] = `;
  return { source, target: `${folder}/${file}.generated.ts`, compile: (csv) => `${head}${listLiteral(parseCsv(csv).map(toFact))};\n` };
}

function region(row: Row): Plain {
  return { slug: text(row, 'slug'), name: text(row, 'name'), zones: words(row, 'zones'), network: text(row, 'network'), ...dated(row) };
}

function instanceType(row: Row): Plain {
  const gpus = number(row, 'gpus');
  return {
    type: text(row, 'type'),
    family: text(row, 'family'),
    architecture: text(row, 'architecture'),
    vcpus: number(row, 'vcpus'),
    memoryGib: number(row, 'memory_gib'),
    networkGbit: number(row, 'network_gbit'),
    monthlyUsdRounded: number(row, 'monthly_usd_rounded'),
    regions: words(row, 'regions'),
    gpu: gpus === 0 ? undefined : { count: gpus, memoryGb: number(row, 'gpu_memory_gib'), model: text(row, 'gpu_model') },
    ...dated(row),
  };
}

function nodeClass(row: Row): Plain {
  return {
    class: text(row, 'class'),
    family: text(row, 'family'),
    vcpus: number(row, 'vcpus'),
    memoryGib: number(row, 'memory_gib'),
    monthlyUsdRounded: number(row, 'monthly_usd_rounded'),
    regions: words(row, 'regions'),
    ...dated(row),
  };
}

function engineVersion(row: Row): Plain {
  return {
    engine: text(row, 'engine'),
    major: text(row, 'major'),
    engineVersion: text(row, 'engine_version'),
    family: text(row, 'family'),
    isDefault: yes(row, 'default'),
    ...dated(row),
  };
}

function words(row: Row, column: string): readonly string[] {
  return text(row, column).split(' ');
}

/** All compilers of catalog/aws, but for the price book's. */
export const awsCompilers: readonly Compiler[] = [
  table('regions', 'awsRegionList', 'AwsRegion', region),
  table('instance-types', 'instanceTypes', 'InstanceType', instanceType),
  table('database-classes', 'databaseClasses', 'NodeClass', nodeClass),
  table('cache-classes', 'cacheClasses', 'NodeClass', nodeClass),
  table('engines', 'awsEngineVersions', 'AwsEngineVersion', engineVersion),
];
