import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { BackupRepository } from '../constructs/server/types';
import { restoreArchive } from '../promotion/drill/archive';
import { drill, type DrillOptions, type DrillReport, type Stated } from '../promotion/drill/drill';
import { drillBlocked } from '../promotion/drill/errors';
import { besideConfiguration, managedDatabasesIn, restoreManaged, wallsOf } from '../promotion/drill/managed';
import { type DrillSettings, readDrillSettings } from '../promotion/drill/settings';
import { bodiesOf } from '../stacks/transition';
import { record } from '../terraform/json';
import { duration } from '../promotion/plan/render';
import { counted } from '../values/counted';
import type { TerraceError } from '../values/errors';
import { printJson } from './answer';
import { writeDrill } from './drill-record';
import { pathIn } from './input/path';
import type { Io } from './io';
import { progressFor } from './progress';
import type { OpenProject, Project } from './project';
import { type ServingSide, servingSide } from './serving-side';
import { columns } from './table';
import { withTerraform } from './terraform-command';

/** Options of `terrace drill`. */
export interface DrillFlags {
  readonly environment?: string;
  readonly settings: string;
  readonly json?: boolean;
}

/** Restores the latest backup beside and prints what it measured. @returns 1 when the canary is lost, or a stated objective is missed */
export async function drillCommand(name: string | undefined, options: DrillFlags, io: Io, open: OpenProject): Promise<number> {
  const settings = readDrillSettings(pathIn(io, options.settings), io.env);
  const project = await open(name ?? options.environment, io);
  const side = servingSide(project);
  const objectives = statedFor(project, side);
  refuseShards(project, side);
  const way = isOnServer(side) ? archive(side, settings) : await managed(project, side, settings, io);
  const report = await drill({
    environment: project.environment.name,
    source: settings.source,
    objectives,
    ...way,
    progress: (line) => io.err(`${line}\n`),
  });
  const record = relative(project.folder, writeDrill(project, side, report));
  io.err(`Recorded in ${record}.\n`);
  if (options.json === true) printJson(report, io);
  else io.out(`${page(report).join('\n')}\n`);
  return report.passed ? 0 : 1;
}

/** What the side's own database is held against. @throws `DRILL_BLOCKED` with `DRILL_DATABASE` for one whose restore has no time */
function statedFor({ environment }: Project, { tier: { objectives } }: ServingSide): Stated {
  const { rpoMinutes, rtoMinutes } = objectives;
  if (rtoMinutes !== null) return { rpoMinutes, rtoMinutes };
  throw noManaged(
    `The database of ${environment.name} is distributed SQL, which is restored by its provider's own means: at most ${counted(rpoMinutes, 'minute')} of writes are lost with it, and no time is stated for its restore.`,
  );
}

/** A drill restores one database, and what it finds is taken for all that the side has. @throws `DRILL_BLOCKED` with `DRILL_SHARDS` */
function refuseShards({ environment: { name } }: Project, { json }: ServingSide): void {
  const resources = [...bodiesOf(json)].map(([address, values]) => ({ address, type: address.split('.', 1)[0] ?? '', values }));
  const { length } = managedDatabasesIn(resources);
  if (length > 1)
    throw drillBlocked([
      {
        code: 'DRILL_SHARDS',
        message: `The database of ${name} is ${length} shards, each with a backup of its own: a drill restores one database, and would vouch for the others unseen. Restore each by its provider's own means, look at its rows, and give your word (--backup-verified).`,
      },
    ]);
}

function noManaged(message: string): TerraceError {
  return drillBlocked([{ code: 'DRILL_DATABASE', message }]);
}

type Way = Pick<DrillOptions, 'restore' | 'method'>;

function isOnServer({ tier }: ServingSide): boolean {
  return tier.components.some((each) => each.kind === 'database' && each.hosting.hosting === 'server');
}

function archive(side: ServingSide, { source, repository }: DrillSettings): Way {
  const complete = { ...ownBucket(side), ...repository };
  const missing = (['endpoint', 'region', 'bucket', 'accessKeyId', 'secretKey'] as const).filter((field) => complete[field] === undefined);
  if (missing.length > 0)
    throw drillBlocked(missing.map((field) => ({ code: 'DRILL_REPOSITORY', message: remedies[field], where: `repository.${field}` })));
  return {
    method: 'pgBackRest, into a server of this machine; the time for a new server is not in it',
    restore: () =>
      restoreArchive({ repository: complete as BackupRepository, source, folder: mkdtempSync(join(tmpdir(), 'terrace-drill-')) }),
  };
}

const remedies = {
  endpoint: 'Name the store under repository.endpoint of the settings.',
  region: 'Name the region under repository.region of the settings.',
  bucket: 'Name the bucket under repository.bucket of the settings.',
  accessKeyId: 'Give a key that may read the bucket of backups: TERRACE_BACKUP_KEY_ID.',
  secretKey: 'Give the secret of that key: TERRACE_BACKUP_KEY_SECRET.',
} as const;

/** The bucket of backups, as synthesis names it. */
function ownBucket({ json, environment }: ServingSide): Partial<BackupRepository> {
  const resources = record(json['resource']);
  const [spaces, s3] = [
    record(record(resources['digitalocean_spaces_bucket'])['backup']),
    record(record(resources['aws_s3_bucket'])['backup']),
  ];
  const path = `/database_g${environment.generations['database'] ?? 1}`;
  if (typeof spaces['name'] === 'string')
    return {
      bucket: spaces['name'],
      region: String(spaces['region']),
      endpoint: `${String(spaces['region'])}.digitaloceanspaces.com`,
      path,
    };
  return typeof s3['bucket'] === 'string'
    ? { bucket: s3['bucket'], region: environment.region, endpoint: `s3.${environment.region}.amazonaws.com`, path }
    : {};
}

async function managed(project: Project, side: ServingSide, { source, restored }: DrillSettings, io: Io): Promise<Way> {
  const { resources } = await withTerraform('diff', io, project, project.recorded, async ({ terraform }) => {
    await terraform.init();
    return { resources: (await terraform.state()).resources };
  });
  const [database] = managedDatabasesIn(resources.filter(({ address }) => bodiesOf(side.json).has(address)));
  if (database === undefined) throw noManaged(`The state of ${project.environment.name} holds no managed PostgreSQL. Deploy first.`);
  const configuration = besideConfiguration(database, wallsOf(database, resources), providerOf(database.type, side));
  const folder = join(project.folder, '.terrace', 'drill', project.environment.name);
  return {
    method: `${database.address} restored beside by its provider`,
    restore: () =>
      restoreManaged({
        configuration,
        folder,
        env: io.env,
        listener: progressFor(io),
        source,
        ...(restored === undefined ? {} : { reached: restored }),
      }),
  };
}

function providerOf(type: string, { json, environment }: ServingSide): Parameters<typeof besideConfiguration>[2] {
  const name = type.split('_', 1)[0] ?? '';
  const { source = name, version = '' } = record(record(record(json['terraform'])['required_providers'])[name]) as {
    readonly source?: string;
    readonly version?: string;
  };
  return { name, source, version, ...(name === 'aws' ? { region: environment.region } : {}) };
}

function page({ environment, method, canary, rpo, rto, passed }: DrillReport): readonly string[] {
  const row = (name: string, { measuredSeconds, statedSeconds, met }: DrillReport['rto']): readonly string[] => [
    name,
    duration(measuredSeconds),
    `of ${duration(statedSeconds)} that are stated`,
    met ? 'met' : 'MISSED',
  ];
  return [
    `Restore drill of ${environment}: ${method}`,
    '',
    ...columns([
      row('restored in (RTO)', rto),
      row('archived after (RPO)', rpo),
      ['canary', canary.id, canary.found ? 'found in what was restored' : 'not in what was restored', canary.found ? 'met' : 'LOST'],
    ]),
    '',
    passed ? 'The backup restores, and holds what it should.' : 'The backup does not keep what the tier states. See docs/backups.md.',
  ];
}
