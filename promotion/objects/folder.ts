import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, createReadStream, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NOTES, type Store, type StoredObject } from './store';

/** A folder of a server's disk, as if it were a bucket: a file's path is its key. */
export function folderStore(folder: string): Store {
  return {
    name: folder,
    now: () => Promise.resolve(Date.now()),
    list: async () =>
      new Map(
        filesIn(folder)
          .map((file) => keyed(folder, file))
          .filter(({ key }) => !key.startsWith(NOTES))
          .map((object) => [object.key, object]),
      ),
    modified: async (key) => statSync(join(folder, key), { throwIfNoEntry: false })?.mtimeMs,
    read: async (key, file) => {
      copyFileSync(join(folder, key), file);
      return {};
    },
    write: async (key, file) => {
      const [place, half] = [join(folder, key), join(folder, NOTES, randomUUID())];
      for (const name of [place, half]) mkdirSync(dirname(name), { recursive: true });
      copyFileSync(file, half);
      renameSync(half, place);
    },
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function keyed(folder: string, file: string): StoredObject {
  const { size, mtimeMs } = statSync(file);
  return { key: relative(folder, file).split(sep).join('/'), size, modified: mtimeMs };
}

/** Of a file of any size. */
export async function md5Of(file: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
