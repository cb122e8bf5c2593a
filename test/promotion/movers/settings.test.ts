import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMove } from '../../../promotion/movers/settings-file';
import type { TerraceError } from '../../../values/errors';
import { scratch } from '../../support/scratch';

function file(text: string): string {
  const path = join(scratch(), 'promotion.yaml');
  writeFileSync(path, text);
  return path;
}

const server = '{host: a, database: app, user: u}';

test('each kind of data has its settings, with keys from outside and paths beside the file', () => {
  const dump = file(`kind: dump\nid: db\nsource: ${server}\ntargets: [${server}]\nroute: {kind: none}\nwindowSeconds: 3600\n`);
  expect(readMove(dump, { TERRACE_TARGET_PASSWORD: 't' })).toMatchObject({
    kind: 'dump',
    windowSeconds: 3600,
    targets: [{ port: 5432, password: 't' }],
  });
  const cache = file(
    'kind: cache\nid: c\nuse: state\nsource: {host: a}\ntarget: {host: b, port: 6380}\nroute: {kind: file, file: at.json}\n'.replace(
      'id: c',
      'id: cc',
    ),
  );
  expect(readMove(cache, { TERRACE_SOURCE_PASSWORD: 's' })).toMatchObject({
    kind: 'cache',
    source: { host: 'a', port: 6379, password: 's' },
    target: { port: 6380 },
    route: { file: join(cache, '../at.json') },
  });
  const objects = file(
    'kind: objects\nid: up\nsource: {folder: uploads}\ntarget: {endpoint: "https://s3.test", region: r, bucket: new}\nroute: {kind: none}\n',
  );
  expect(readMove(objects, { TERRACE_TARGET_KEY_ID: 'k', TERRACE_TARGET_SECRET_KEY: 'x' })).toMatchObject({
    kind: 'objects',
    source: { folder: join(objects, '../uploads') },
    target: { keyId: 'k', secretKey: 'x' },
  });
  expect(readMove(file(`id: db\nsource: ${server}\ntargets: [${server}]\nroute: {kind: none}\n`), {})).toMatchObject({ kind: 'postgres' });
});

test.each([
  ['kind: carrier-pigeon\n', ['kind']],
  ['kind: cache\nid: cc\nuse: both\nsource: {}\ntarget: {host: b}\nroute: {kind: none}\n', ['use', 'source.host']],
  [
    'kind: objects\nid: up\nsource: {folder: x}\ntarget: {endpoint: "ftp://x", region: r, bucket: b}\nroute: {kind: none}\npassword: p\n',
    ['target.endpoint', 'target.bucket'],
  ],
  [`id: db\nsource: ${server}\ntargets: [${server}]\nroute: {kind: none}\nwindowSeconds: 3600\n`, ['windowSeconds']],
])('what cannot be is refused, all of it: %j', (text, places) => {
  const refusal = ((): unknown => {
    try {
      return readMove(file(text), {});
    } catch (error) {
      return error;
    }
  })() as TerraceError;
  expect(refusal).toMatchObject({ code: 'PROMOTION_SETTINGS', exitCode: 2 });
  expect(refusal.problems.map(({ where }) => where)).toEqual(expect.arrayContaining(places));
});
