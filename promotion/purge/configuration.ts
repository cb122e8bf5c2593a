import type { JsonObject, JsonValue } from '../../analysis/graph';
import { isRecord } from '../../values/record';
import { nameOf, typeOf } from '../../stacks/transition/documents';
import type { Retired, RetiredProvider } from '../retired';

/** A block of a provider's schema, as `terraform providers schema -json` prints it. */
export interface SchemaBlock {
  readonly attributes?: Readonly<
    Record<string, { readonly required?: boolean; readonly optional?: boolean; readonly sensitive?: boolean }>
  >;
  readonly block_types?: Readonly<
    Record<string, { readonly block: SchemaBlock; readonly min_items?: number; readonly nesting_mode?: string }>
  >;
}

/** Schema of a resource type; undefined where no provider has it. */
export type SchemaOf = (type: string) => SchemaBlock | undefined;

/** What an object refuses to be deleted with, and what it is told instead, by type. */
const releases: Readonly<Record<string, (values: JsonObject, day: string) => JsonObject>> = {
  digitalocean_spaces_bucket: () => ({ force_destroy: true }),
  aws_s3_bucket: () => ({ force_destroy: true }),
  aws_lb: () => ({ enable_deletion_protection: false }),
  aws_instance: () => ({ disable_api_termination: false }),
  aws_dsql_cluster: () => ({ deletion_protection_enabled: false }),
  aws_db_instance: (values, day) => ({
    deletion_protection: false,
    ...(values['replicate_source_db'] ? { skip_final_snapshot: true } : lastSnapshot(values['identifier'], day)),
  }),
  // Its name would not be free for as long as it could be taken back.
  aws_secretsmanager_secret: () => ({ recovery_window_in_days: 0 }),
  aws_rds_cluster: (values, day) => ({ deletion_protection: false, ...lastSnapshot(values['cluster_identifier'], day) }),
};

/**
 * What a provider reads out of Terraform's state alone when it deletes, and cannot be told by a change: one of `final_snapshot` ends in a request
 * that changes nothing, which AWS refuses (hashicorp/terraform-provider-aws, issue 31044).
 */
export const noted: Readonly<Record<string, JsonObject>> = { aws_ebs_volume: { final_snapshot: true } };

/** Deleting for good keeps one copy more, where the provider makes one. */
function lastSnapshot(identifier: JsonValue | undefined, day: string): JsonObject {
  return {
    skip_final_snapshot: false,
    final_snapshot_identifier: `${typeof identifier === 'string' ? identifier : 'database'}-purged-${day}`,
  };
}

/** Arguments that a type wants one of, beyond those that its schema requires. */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  aws_ebs_volume: ['size'],
  aws_ssm_parameter: ['value'],
  aws_instance: ['ami', 'instance_type'],
  aws_route53_record: ['records', 'ttl', 'alias'],
};

/**
 * Where an object stands in a purge: an instance of a resource is one of its own, and so is each of several attempts.
 * @param all the whole list
 */
export function placeOf(one: Retired, all: readonly Retired[]): string {
  const place = plainPlaceOf(one);
  const earlier = all.filter((each) => plainPlaceOf(each) === place).indexOf(one);
  return earlier < 1 ? place : `${place}_${earlier + 1}`;
}

function plainPlaceOf({ address }: Retired): string {
  return `${typeOf(address)}.${nameOf(address).replaceAll(/[^A-Za-z0-9_-]+/g, '_')}`;
}

/** Blocks without content: what an import needs to know. */
export function emptyConfiguration(list: readonly Retired[], all: readonly Retired[]): JsonObject {
  return document(list, all, () => ({}));
}

/** What was imported, and what is known of it. */
export interface Held {
  readonly list: readonly Retired[];
  /** With what goes with it. */
  readonly all: readonly Retired[];
  /** By where it stands in the purge. */
  readonly values: ReadonlyMap<string, JsonObject>;
  readonly schemaOf: SchemaOf;
  /** `YYYY-MM-DD`, part of the names of last snapshots. */
  readonly day: string;
}

/**
 * What was imported, as it is: nothing of it changes but what it refuses to be deleted with, and each waits for those that refer
 * to it. Terraform notes the order in its state, and deletes in it.
 */
export function heldConfiguration({ list, all, values, schemaOf, day }: Held): JsonObject {
  return document(list, all, (one) => {
    const [own, schema] = [values.get(placeOf(one, all)) ?? {}, schemaOf(one.type) ?? {}];
    const release = releases[one.type]?.(own, day) ?? {};
    const others = list.filter((each) => each !== one && before(one, each, all)).map((each) => placeOf(each, all));
    return {
      ...needed(schema, own, alternatives[one.type]),
      ...release,
      ...(others.length === 0 ? {} : { depends_on: others }),
      lifecycle: { ignore_changes: ignored(schema, Object.keys(release)) },
    };
  });
}

/** What is released may change; everything else stays as it is. */
function ignored({ attributes = {}, block_types = {} }: SchemaBlock, released: readonly string[]): JsonValue {
  if (released.length === 0) return 'all';
  const own = Object.entries(attributes).flatMap(([name, { required, optional }]) =>
    required === true || optional === true ? [name] : [],
  );
  return [...own, ...Object.keys(block_types)].filter((name) => name !== 'timeouts' && !released.includes(name));
}

/** The required part of a block, filled with what the object has. */
function needed({ attributes = {}, block_types = {} }: SchemaBlock, values: JsonObject, also: readonly string[] = []): JsonObject {
  const filled = Object.entries(attributes).flatMap(([name, { required, sensitive }]) =>
    required === true || also.includes(name) ? entry(name, sensitive === true ? 'retired' : values[name]) : [],
  );
  const inner = Object.entries(block_types).flatMap(([name, { block, min_items: least = 0 }]) =>
    least > 0 || also.includes(name)
      ? entry(
          name,
          listOf(values[name]).map((each) => needed(block, each)),
        )
      : [],
  );
  return Object.fromEntries([...filled, ...inner]);
}

function entry(name: string, value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0) ? [] : [[name, value]];
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).flatMap((each) => (isRecord(each) ? [each as JsonObject] : []));
}

function document(list: readonly Retired[], all: readonly Retired[], bodyOf: (each: Retired) => JsonObject): JsonObject {
  const providers = unique(list.map(({ provider }) => provider));
  const types = [...new Set(list.map(({ type }) => type))].sort();
  const named = (type: string) =>
    list
      .filter((each) => each.type === type)
      .map(
        (each) =>
          [
            nameOf(placeOf(each, all)),
            {
              ...bodyOf(each),
              ...(each.provider.region === undefined ? {} : { provider: `${each.provider.name}.${aliasOf(each.provider)}` }),
            },
          ] as const,
      );
  return {
    terraform: {
      required_version: '>= 1.10',
      required_providers: Object.fromEntries(providers.map(({ name, source, version }) => [name, { source, version }])),
    },
    provider: Object.fromEntries(
      providers.map(({ name }) => [
        name,
        providers
          .filter((each) => each.name === name)
          .map((each) => (each.region === undefined ? {} : { alias: aliasOf(each), region: each.region })),
      ]),
    ),
    resource: Object.fromEntries(types.map((type) => [type, Object.fromEntries(named(type))])),
  };
}

const servers: ReadonlySet<string> = new Set(['digitalocean_droplet', 'aws_instance']);

/** Whether one goes before another: it refers to it, itself or by what goes with it; and a server before the disk that is attached to it. */
function before(one: Retired, other: Retired, all: readonly Retired[]): boolean {
  const refers = (each: Retired, to: Retired): boolean => each.needs.includes(withoutKey(to.address));
  const between = all.filter(({ importId }) => importId === null);
  return (
    refers(one, other) ||
    between.some(
      (each) => refers(each, other) && (refers(one, each) || (servers.has(one.type) && refers(each, one) && !servers.has(other.type))),
    )
  );
}

function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

function unique(providers: readonly RetiredProvider[]): readonly RetiredProvider[] {
  return [...new Map(providers.map((each) => [`${each.name} ${each.region ?? ''}`, each])).values()];
}

function aliasOf({ region = '' }: RetiredProvider): string {
  return `in_${region.replaceAll('-', '_')}`;
}
