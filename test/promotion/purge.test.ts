import type { JsonObject } from '../../analysis/graph';
import { importIdOf, isByHand } from '../../promotion/purge/imports';
import { dueOf, purgeBlockers, type PurgeAsked } from '../../promotion/purge/blockers';
import { heldConfiguration, placeOf, type SchemaBlock } from '../../promotion/purge/configuration';
import type { Retired } from '../../promotion/retired';

const aws = { name: 'aws', source: 'aws', version: '5.100.0', region: 'eu-central-1' };

function retired(address: string, more: Partial<Retired> = {}): Retired {
  const [type = '', name = ''] = address.split('.');
  return {
    address,
    type,
    id: `id-${name}`,
    name,
    monthly: '10.00',
    since: '2026-11-01',
    keepUntil: '2026-12-01',
    importId: `id-${name}`,
    provider: aws,
    needs: [],
    ...more,
  };
}

const asked: PurgeAsked = {
  environment: 'shop',
  list: [retired('aws_ebs_volume.data')],
  today: '2026-12-01',
  phase: undefined,
  backupDoubts: [],
  confirm: 'shop',
  live: [],
};
const codes = (more: Partial<PurgeAsked>) => purgeBlockers({ ...asked, ...more }).map(({ code }) => code);

test('everything that forbids a purge is told at once', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ confirm: undefined })).toEqual([]);
  // Where there is nothing, nobody is asked for a backup either.
  expect(codes({ list: [], backupDoubts: ['no drill has been recorded'] })).toEqual(['PURGE_NOTHING']);
  expect(codes({ today: '2026-11-30', phase: 'soak', backupDoubts: ['no drill has been recorded'], confirm: 'store' })).toEqual([
    'PURGE_TOO_EARLY',
    'PURGE_UNDER_WAY',
    'PURGE_BACKUP',
    'PURGE_NAME',
  ]);
  expect(
    purgeBlockers({
      ...asked,
      live: [
        { address: 'aws_ebs_volume.new', type: 'aws_ebs_volume', id: 'id-data' },
        { address: 'aws_instance.x', type: 'aws_instance', id: 'id-data' },
      ],
    }),
  ).toEqual([
    {
      code: 'PURGE_IN_USE',
      where: 'aws_ebs_volume.data',
      message: 'aws_ebs_volume.new of the environment is this very object (id-data). Take it out of the list: it is in use.',
    },
  ]);
});

test('only what is due goes', () => {
  const [first, later] = [retired('aws_ebs_volume.a'), retired('aws_ebs_volume.b', { keepUntil: '2026-12-02' })];
  expect(dueOf([first, later], '2026-12-01')).toEqual([first]);
});

test('what an object is imported by', () => {
  expect(importIdOf('digitalocean_spaces_bucket', { region: 'fra1', name: 'assets', id: 'assets' })).toBe('fra1,assets');
  expect(importIdOf('aws_db_instance', { identifier: 'shop', id: 'db-ABC' })).toBe('shop');
  expect(importIdOf('aws_ebs_volume', { id: 'vol-1' })).toBe('vol-1');
  expect([
    importIdOf('aws_s3_bucket_policy', { id: 'x' }),
    importIdOf('digitalocean_spaces_key', { id: 'x' }),
    importIdOf('digitalocean_database_kafka_topic', { id: 'x' }),
    importIdOf('digitalocean_spaces_bucket', { name: 'x' }),
  ]).toEqual([null, null, null, null]);
  expect([isByHand('digitalocean_spaces_key'), isByHand('aws_s3_bucket_policy')]).toEqual([true, false]);
});

test('a protected database is let go of with a last snapshot, and nothing else of it changes', () => {
  const schema: SchemaBlock = {
    attributes: {
      instance_class: { required: true },
      deletion_protection: { optional: true },
      skip_final_snapshot: { optional: true },
      final_snapshot_identifier: { optional: true },
      storage_type: { optional: true },
      arn: {},
    },
    block_types: {
      timeouts: { block: {} },
      restore: { block: { attributes: { name: { required: true }, other: { optional: true } } }, min_items: 1 },
    },
  };
  const [database, group] = [
    retired('aws_db_instance.database_g1', { needs: ['aws_security_group.walls'] }),
    retired('aws_security_group.walls'),
  ];
  const values = new Map([
    ['aws_db_instance.database_g1', { identifier: 'shop', instance_class: 'db.t4g.small', restore: [{ name: 'x', other: 'y' }] }],
  ]);
  const configuration = heldConfiguration({
    list: [database, group],
    all: [database, group],
    values,
    schemaOf: (type) => (type === 'aws_db_instance' ? schema : undefined),
    day: '2026-12-01',
  });
  expect(configuration).toMatchObject({
    provider: { aws: [{ alias: 'in_eu_central_1', region: 'eu-central-1' }] },
    resource: {
      aws_db_instance: {
        database_g1: {
          instance_class: 'db.t4g.small',
          restore: [{ name: 'x' }],
          deletion_protection: false,
          skip_final_snapshot: false,
          final_snapshot_identifier: 'shop-purged-2026-12-01',
          depends_on: ['aws_security_group.walls'],
          lifecycle: { ignore_changes: ['instance_class', 'storage_type', 'restore'] },
          provider: 'aws.in_eu_central_1',
        },
      },
      aws_security_group: { walls: { lifecycle: { ignore_changes: 'all' } } },
    },
  });
});

test('a type that wants one of several arguments is given it, although its schema requires none, and no secret', () => {
  const schemas: Readonly<Record<string, SchemaBlock>> = {
    aws_ebs_volume: { attributes: { availability_zone: { required: true }, size: { optional: true }, snapshot_id: { optional: true } } },
    aws_instance: { attributes: { ami: { optional: true }, instance_type: { optional: true }, key_name: { optional: true } } },
    aws_ssm_parameter: { attributes: { name: { required: true }, value: { optional: true, sensitive: true } } },
  };
  const list = ['aws_ebs_volume.a', 'aws_instance.b', 'aws_ssm_parameter.c'].map((address) => retired(address));
  const values = new Map<string, JsonObject>([
    ['aws_ebs_volume.a', { availability_zone: 'a', size: 30, snapshot_id: '', final_snapshot: true }],
    ['aws_instance.b', { ami: 'ami-1', instance_type: 't4g.small', key_name: 'x' }],
    ['aws_ssm_parameter.c', { name: 'p', value: 'secret' }],
  ]);
  const { resource } = heldConfiguration({ list, all: list, values, schemaOf: (type) => schemas[type], day: '2026-12-01' });
  const same = { lifecycle: { ignore_changes: 'all' }, provider: 'aws.in_eu_central_1' };
  expect(resource).toMatchObject({
    aws_ebs_volume: { a: { ...same, availability_zone: 'a', size: 30 } },
    aws_instance: { b: { ami: 'ami-1', instance_type: 't4g.small', provider: same.provider } },
    aws_ssm_parameter: { c: { ...same, name: 'p', value: 'retired' } },
  });
});

test('a server goes before the disk that is attached to it', () => {
  const [server, disk] = [retired('aws_instance.app'), retired('aws_ebs_volume.data')];
  const attachment = retired('aws_volume_attachment.held', { importId: null, needs: ['aws_instance.app', 'aws_ebs_volume.data'] });
  const { resource } = heldConfiguration({
    list: [server, disk],
    all: [server, disk, attachment],
    values: new Map(),
    schemaOf: () => undefined,
    day: '2026-12-01',
  }) as { readonly resource: Record<string, Record<string, Record<string, unknown>>> };
  expect(resource['aws_instance']?.['app']?.['depends_on']).toEqual(['aws_ebs_volume.data']);
  expect(resource['aws_ebs_volume']?.['data']).not.toHaveProperty('depends_on');
});

test('what two attempts left at one address are two objects, each after what refers to it', () => {
  const [first, second] = [retired('aws_vpc.other', { id: 'vpc-1' }), retired('aws_vpc.other', { id: 'vpc-2' })];
  const subnet = retired('aws_subnet.other_1', { needs: ['aws_vpc.other'] });
  const list = [first, second, subnet];
  expect(list.map((each) => placeOf(each, list))).toEqual(['aws_vpc.other', 'aws_vpc.other_2', 'aws_subnet.other_1']);
  const { resource } = heldConfiguration({ list, all: list, values: new Map(), schemaOf: () => undefined, day: '2026-12-01' }) as {
    readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  expect(Object.keys(resource['aws_vpc'] ?? {})).toEqual(['other', 'other_2']);
  expect(resource['aws_subnet']?.['other_1']?.['depends_on']).toEqual(['aws_vpc.other', 'aws_vpc.other_2']);
});
