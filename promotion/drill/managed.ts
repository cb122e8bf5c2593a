import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../analysis/graph';
import { type Listener, type StateResource, Terraform, type Variables, writeProviderLock } from '../../terraform';
import type { ServerSettings } from '../postgres/session';
import type { Beside } from './drill';

/** A managed database as the state knows it. */
export interface ManagedDatabase {
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
}

/** The managed PostgreSQL of a state or a configuration that take writes: one, or one for each shard. */
export function managedDatabasesIn(resources: readonly StateResource[]): readonly ManagedDatabase[] {
  return resources
    .filter(
      ({ type, values }) =>
        (type === 'digitalocean_database_cluster' && values['engine'] === 'pg') ||
        (type === 'aws_db_instance' && !values['replicate_source_db']),
    )
    .map((found) => ({ ...found, values: found.values as JsonObject }));
}

/** Walls of a cluster that are put before the restored one, too. */
export function wallsOf({ type, values }: ManagedDatabase, resources: readonly StateResource[]): JsonValue {
  if (type !== 'digitalocean_database_cluster') return [];
  const wall = resources.find((each) => each.type === 'digitalocean_database_firewall' && each.values['cluster_id'] === values['id']);
  return ((wall?.values['rule'] ?? []) as readonly JsonObject[]).map(({ type: kind, value }) => ({
    type: kind ?? null,
    value: value ?? null,
  }));
}

/** The configuration of a database that the provider restores beside: on DigitalOcean a fork, on AWS the latest restorable moment. */
export function besideConfiguration(
  database: ManagedDatabase,
  walls: JsonValue,
  provider: { readonly name: string; readonly source: string; readonly version: string; readonly region?: string },
): JsonObject {
  const { name, source, version, region } = provider;
  return {
    terraform: { required_version: '>= 1.10', required_providers: { [name]: { source, version } } },
    provider: { [name]: [region === undefined ? {} : { region }] },
    resource: database.type === 'aws_db_instance' ? onAws(database) : onDigitalOcean(database, walls),
  };
}

function onDigitalOcean({ values }: ManagedDatabase, walls: JsonValue): JsonObject {
  const same = picked(values, ['engine', 'version', 'size', 'region', 'private_network_uuid', 'storage_size_mib']);
  const name = beside(values['name']);
  return {
    digitalocean_database_cluster: { drill: { name, node_count: 1, ...same, backup_restore: [{ database_name: values['name'] ?? null }] } },
    ...(Array.isArray(walls) && walls.length > 0
      ? { digitalocean_database_firewall: { drill: { cluster_id: '${digitalocean_database_cluster.drill.id}', rule: walls } } }
      : {}),
  };
}

function onAws({ values }: ManagedDatabase): JsonObject {
  const same = picked(values, [
    'instance_class',
    'db_subnet_group_name',
    'vpc_security_group_ids',
    'parameter_group_name',
    'storage_type',
    'kms_key_id',
  ]);
  const identifier = beside(values['identifier']);
  return {
    aws_db_instance: {
      drill: {
        identifier,
        ...same,
        storage_encrypted: values['storage_encrypted'] ?? null,
        publicly_accessible: false,
        multi_az: false,
        backup_retention_period: 0,
        skip_final_snapshot: true,
        apply_immediately: true,
        restore_to_point_in_time: [{ source_db_instance_identifier: values['identifier'] ?? null, use_latest_restorable_time: true }],
      },
    },
  };
}

/** The name of what is restored: short enough for either provider. */
function beside(name: JsonValue | undefined): string {
  return `${typeof name === 'string' ? name.slice(0, 57) : 'database'}-drill`;
}

function picked(values: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => (values[key] === undefined || values[key] === null || values[key] === '' ? [] : [[key, values[key]]])),
  );
}

export interface ManagedOptions {
  readonly configuration: JsonObject;
  /** A folder of its own, which is removed at the end. */
  readonly folder: string;
  readonly env: Variables;
  readonly listener?: Listener;
  readonly source: ServerSettings;
  /** How the restored database is reached from here, where that is another way than the provider says: a tunnel. */
  readonly reached?: { readonly host: string; readonly port: number };
}

/** Lets the provider restore beside, by Terraform in a stack of its own. */
export async function restoreManaged({ configuration, folder, env, listener, source, reached }: ManagedOptions): Promise<Beside> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration, null, 2));
  writeProviderLock(folder);
  const terraform = await Terraform.in({ directory: folder, env, ...(listener === undefined ? {} : { listener }) });
  await terraform.init();
  const remove = async (): Promise<void> => {
    await terraform.apply(await terraform.plan({ destroy: true }));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await terraform.apply(await terraform.plan());
    const made = (await terraform.state()).resources.find(({ address }) => address.endsWith('.drill') && !address.includes('firewall'));
    return { server: { ...source, ...endpointOf(made?.values ?? {}), ...reached }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function endpointOf({ host, address, port }: Readonly<Record<string, unknown>>): { readonly host: string; readonly port: number } {
  return { host: String(host ?? address), port: Number(port) };
}
