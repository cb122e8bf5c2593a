import { mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { move } from '../../../promotion/movers/move';
import { bucketStore, fine } from '../../../promotion/objects/bucket';
import { ask, type Bucket } from '../../../promotion/objects/curl';
import { contentBlockers, type ObjectSettings, objectMover } from '../../../promotion/objects/mover';
import type { StoredObject } from '../../../promotion/objects/store';
import { scratch } from '../../support/scratch';
import { openStore, settingsFor } from './support/stores';

const awkward = [
  'plain.txt',
  'deep/er/a b+c.txt',
  "quote's (1)*!.txt",
  'ünï/日本.txt',
  'percent%20sign&amp;<tag>.txt',
  'same//slashes',
  'dots/../up',
  'tilde~.txt',
];

const { withStore, bucket, put, get, endpoint, gaps } = openStore();

withStore(
  'objects move to another bucket with what belongs to them, whatever their names are, there and back',
  async () => {
    const source = await bucket(Object.fromEntries(awkward.map((key) => [key, `contents of ${key}`])));
    await put(source, 'styled.css', 'a{}', { 'content-type': 'text/css', 'cache-control': 'max-age=60', 'x-amz-meta-owner': 'user 7' });
    await put(source, 'empty', '');
    const target = await bucket();
    const { settings, place } = settingsFor(source, target);
    const passes: unknown[] = [];
    const mover = objectMover(settings, { progress: ({ objects }) => passes.push(objects) });
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'not begun' });
    expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
    expect(passes).toEqual([10, 0]);
    expect(await mover.standing()).toMatchObject({ open: 'source', state: 'copied' });
    for (const key of awkward) expect([key, await get(target, key)]).toEqual([key, `contents of ${key}`]);
    expect((await ask(target, { method: 'HEAD', key: 'styled.css' })).headers).toMatchObject({
      'content-type': 'text/css',
      'cache-control': 'max-age=60',
      'x-amz-meta-owner': 'user 7',
    });
    await put(source, 'plain.txt', 'changed since');
    await put(source, 'late.txt', 'new since');
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await mover.standing()).toMatchObject({ open: 'target', state: 'moved', reversible: { yes: true } });
    expect([await get(target, 'plain.txt'), await get(target, 'late.txt'), place().database]).toEqual([
      'changed since',
      'new since',
      target.bucket,
    ]);
    // What the app writes to the new bucket is newer, and no difference; it goes back first.
    await put(target, 'plain.txt', 'written by the app on the new side');
    await put(target, 'mine.txt', 'made on the new side');
    await setTimeout(1100);
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    expect([await get(source, 'plain.txt'), await get(source, 'mine.txt'), await get(source, 'late.txt'), place().database]).toEqual([
      'written by the app on the new side',
      'made on the new side',
      'new since',
      source.bucket,
    ]);
    await mover.cleanUp();
    expect([...(await bucketStore(target).list()).keys()]).toHaveLength(12);
    expect(await get(target, '.terrace-promotion/uploads')).toBe(404);
    expect(gaps()).toEqual([]);
  },
  180_000,
);

withStore(
  'a change of sides that is cut off goes on, either way, and what the app wrote on either side is kept',
  async () => {
    const source = await bucket({ 'a.txt': 'old', 'b.txt': 'old' });
    const target = await bucket();
    const { settings } = settingsFor(source, target);
    const mover = objectMover(settings);
    const cutOff = objectMover({ ...settings, route: { kind: 'file', file: join(scratch(), 'no', 'such', 'folder') } });
    await move(mover, { open: 'target', untilReady: true });
    await put(source, 'b.txt', 'late');
    await expect(move(cutOff, { open: 'target' })).rejects.toThrow('ENOENT');
    expect(await mover.standing()).toMatchObject({ open: 'target', state: 'opened', verified: false });
    // The app had been led over already: within the second in which it writes, nothing of the old side comes over it.
    await put(target, 'a.txt', 'new');
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect([await get(target, 'a.txt'), await get(target, 'b.txt')]).toEqual(['new', 'late']);

    await expect(move(cutOff, { open: 'source' })).rejects.toThrow('ENOENT');
    expect(await mover.standing()).toMatchObject({ open: 'target', state: 'reversing', verified: false });
    await put(source, 'b.txt', 'back again');
    await put(target, 'c.txt', 'until the last moment');
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    const contents = { 'a.txt': 'new', 'b.txt': 'back again', 'c.txt': 'until the last moment' };
    for (const [key, text] of Object.entries(contents))
      expect([key, await get(source, key), await get(target, key)]).toEqual([key, text, text]);
  },
  180_000,
);

withStore(
  'files of a disk move to a bucket; what was lost or changed there is found by its bytes',
  async () => {
    const folder = scratch();
    for (const [name, text] of Object.entries({ 'a.txt': 'one', 'deep/b c.txt': 'two', 'x.bin': 'three' })) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const target = await bucket();
    const { settings, place } = settingsFor({ folder }, target);
    const mover = objectMover(settings);
    await move(mover, { open: 'target', untilReady: true });
    expect([await get(target, 'a.txt'), await get(target, 'deep/b c.txt')]).toEqual(['one', 'two']);
    // As long and as old as before, so that only its bytes tell.
    await put(target, 'x.bin', 'thrEe');
    utimesSync(join(folder, 'x.bin'), 1, 1);
    await fine(target, { method: 'DELETE', key: 'a.txt' });
    expect(await mover.verify()).toEqual([
      `a.txt: missing on ${new URL(endpoint()).host}/${target.bucket}`,
      expect.stringContaining('x.bin: 5 bytes') as string,
    ]);
    await put(target, 'x.bin', 'three');
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect([await get(target, 'a.txt'), place().database]).toEqual(['one', target.bucket]);
    await setTimeout(1100);
    await put(target, 'new.txt', 'four');
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    expect([readFileSync(join(folder, 'new.txt'), 'utf8'), place().database]).toEqual(['four', folder]);
  },
  180_000,
);

withStore(
  'a long list is read to its end',
  async () => {
    const target = await bucket();
    for (const key of ['f1', 'f2', 'f3', 'f4', 'f5']) await put(target, key, '');
    expect([...(await bucketStore(target, 2).list()).keys()]).toEqual(['f1', 'f2', 'f3', 'f4', 'f5']);
  },
  180_000,
);

withStore(
  'an object that no request can carry is refused before anything is copied',
  async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'small.txt'), 'one');
    // Sparse: it says its size, and takes no room.
    writeFileSync(join(folder, 'film.mp4'), '');
    truncateSync(join(folder, 'film.mp4'), 5 * 1024 ** 3 + 1);
    const target = await bucket();
    const mover = objectMover(settingsFor({ folder }, target).settings);
    expect(await mover.preflight()).toEqual([
      {
        code: 'PROMOTION_OBJECT_LARGE',
        message:
          'film.mp4 has 5368709121 bytes; one request sends 5368709120 at most. Copy it in parts with a tool that can (rclone), under the same key.',
        remedy: 'Copy it in parts with a tool that can (rclone), under the same key.',
      },
    ]);
    await expect(move(mover, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });
    expect([...(await bucketStore(target).list()).keys()]).toEqual([]);
  },
  180_000,
);

test("an object that a person has carried over is in nobody's way, and does not make its bucket a stranger's", () => {
  const film = { key: 'film.mp4', size: 6 * 1024 ** 3, modified: 1 };
  const codes = (...there: readonly StoredObject[]): readonly string[] =>
    contentBlockers([film, { key: 'a', size: 1, modified: 1 }], there, 'uploads', false).map(({ code }) => code);
  expect(codes()).toEqual(['PROMOTION_OBJECT_LARGE']);
  expect(codes({ ...film, modified: 2 })).toEqual([]);
  expect(codes({ ...film, size: 5 })).toEqual(['PROMOTION_OBJECT_LARGE', 'PROMOTION_OBJECTS_NOT_EMPTY']);
  expect(codes({ ...film, modified: 2 }, { key: 'mine', size: 1, modified: 1 })).toEqual(['PROMOTION_OBJECTS_NOT_EMPTY']);
});

withStore(
  'everything that stands in the way is named at once, and nothing is written',
  async () => {
    const source = await bucket({ a: '1' });
    const target = await bucket({ mine: '1' });
    const codes = async (from: ObjectSettings['source'], to: Bucket) =>
      (await objectMover(settingsFor(from, to).settings).preflight()).map(({ code, remedy }) => [code, remedy !== '']);
    expect(await codes(source, source)).toEqual([['PROMOTION_OBJECTS_SAME', true]]);
    expect(await codes({ ...source, bucket: 'no-such-bucket' }, target)).toEqual([
      ['PROMOTION_OBJECTS_UNREACHABLE', true],
      ['PROMOTION_OBJECTS_NOT_EMPTY', true],
    ]);
    expect(await codes({ folder: join(scratch(), 'none') }, target)).toEqual([
      ['PROMOTION_OBJECTS_UNREACHABLE', true],
      ['PROMOTION_OBJECTS_NOT_EMPTY', true],
    ]);
    await expect(move(objectMover(settingsFor(source, target).settings), { open: 'target' })).rejects.toMatchObject({
      code: 'PROMOTION_BLOCKED',
    });
    expect([...(await bucketStore(target).list()).keys()]).toEqual(['mine']);
    expect(await get(target, '.terrace-promotion/uploads')).toBe(404);
  },
  180_000,
);
