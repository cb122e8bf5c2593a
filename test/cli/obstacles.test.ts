import { obstaclesToDestroy, renderObstacles } from '../../cli/obstacles';
import type { StateResource } from '../../terraform';

const inState = (address: string, values: Readonly<Record<string, unknown>> = {}): StateResource => ({
  address,
  type: address.split('.')[0] ?? '',
  values,
});

const json = {
  resource: {
    digitalocean_database_cluster: { database_g1: { lifecycle: { prevent_destroy: true } } },
    digitalocean_spaces_bucket: {
      backups: { force_destroy: true },
      config: { force_destroy: true },
      open: { force_destroy: true },
      plain: {},
    },
    digitalocean_volume: { data: { lifecycle: [{ prevent_destroy: true }], count: 2 } },
    aws_db_instance: { main: { deletion_protection: false, skip_final_snapshot: true } },
    digitalocean_droplet: { app_1: { lifecycle: { ignore_changes: ['image'] } } },
  },
};

test('what the configuration protects and the state holds', () => {
  const state = {
    resources: [
      inState('digitalocean_database_cluster.database_g1'),
      inState('digitalocean_volume.data[0]'),
      inState('digitalocean_volume.data[1]'),
      inState('digitalocean_droplet.app_1'),
    ],
  };
  expect(obstaclesToDestroy(json, state)).toEqual({
    protected: ['digitalocean_database_cluster.database_g1', 'digitalocean_volume.data[0]', 'digitalocean_volume.data[1]'],
    notYetOpen: [],
  });
});

test('what is not deployed protects nothing', () => {
  expect(obstaclesToDestroy(json, { resources: [] })).toEqual({ protected: [], notYetOpen: [] });
  expect(obstaclesToDestroy({}, { resources: [inState('digitalocean_volume.old')] })).toEqual({ protected: [], notYetOpen: [] });
});

test('a protection that is given up in the file and still stands in the state', () => {
  const state = {
    resources: [
      inState('digitalocean_spaces_bucket.backups', { force_destroy: false }),
      inState('digitalocean_spaces_bucket.config', {}),
      inState('digitalocean_spaces_bucket.open', { force_destroy: true }),
      inState('digitalocean_spaces_bucket.plain', { force_destroy: false }),
      inState('aws_db_instance.main', { deletion_protection: true, skip_final_snapshot: false }),
    ],
  };
  expect(obstaclesToDestroy(json, state).notYetOpen.map(({ address, setting }) => [address, setting])).toEqual([
    ['digitalocean_spaces_bucket.backups', 'force_destroy'],
    ['digitalocean_spaces_bucket.config', 'force_destroy'],
    ['aws_db_instance.main', 'deletion_protection'],
    ['aws_db_instance.main', 'skip_final_snapshot'],
  ]);
});

test('nothing in the way is nothing to say', () => {
  expect(renderObstacles({ protected: [], notYetOpen: [] }, 'staging', true)).toEqual([]);
  expect(renderObstacles({ protected: ['a.b'], notYetOpen: [] }, 'staging', true)[0]).toBe(
    'This will be refused: the configuration protects it. Protected from being destroyed (prevent_destroy):',
  );
});
