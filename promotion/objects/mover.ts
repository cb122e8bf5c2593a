import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notYet } from '../engine/errors';
import type { RouteSettings } from '../engine/settings';
import type { Progress } from '../engine/work';
import { refuseBlocked } from '../movers/move';
import { routeOf } from '../poolers/route';
import { blocker } from '../postgres/blocker';
import type { Blocker, Mover, MoveStanding, SideName } from '../types';
import { bucketStore, fine } from './bucket';
import { ask, type Bucket } from './curl';
import { folderStore, md5Of } from './folder';
import { NOTES, type Store, type StoredObject } from './store';

/** What must be known to move objects. */
export interface ObjectSettings {
  readonly id: string;
  readonly source: Bucket | { readonly folder: string };
  readonly target: Bucket;
  readonly route: RouteSettings;
  /** Objects that travel at once. @default 8 */
  readonly atOnce?: number;
}

/** The most that one request may send. Source: Amazon S3 User Guide, "Uploading objects", read 2026-11. */
const LARGEST = 5 * 1024 ** 3;

/** How often changes are looked for before a cutover. */
const PASSES = 5;

/** Differences that one last pass carries in a moment. */
const FEW = 20;

/**
 * Moves objects from a disk or a bucket to a bucket: all of them, then again what has changed, then writes go to the new side, then what came
 * in between. Nothing is deleted on either side: what the app deletes meanwhile stays on the other.
 */
export function objectMover(
  settings: ObjectSettings,
  { progress = () => undefined }: { readonly progress?: (progress: Progress) => void } = {},
): Mover {
  const source = 'folder' in settings.source ? folderStore(settings.source.folder) : bucketStore(settings.source);
  const target = bucketStore(settings.target);
  const route = routeOf(settings.route, { source: [placeOf(settings.source)], target: [placeOf(settings.target)] });
  const note = notesIn(settings);
  const pass = async (from: Store, to: Store, after = 0): Promise<number> => {
    const count = await copyChanged(from, to, settings.atOnce ?? 8, after);
    progress({ step: 'pass', what: `${count} objects copied to ${to.name}`, objects: count });
    return count;
  };
  const mover: Mover = {
    id: settings.id,
    method: 'object-copy',
    preflight: () => blockers(settings, source, target, note),
    copy: async () => {
      await refuseBlocked(mover);
      if (state(await note.read()) === 'opened') return;
      if ((await note.read()) === undefined) await note.write('begun');
      await pass(source, target);
      await note.write('copied');
    },
    catchUp: async () => {
      if (state(await note.read()) === 'opened') return;
      for (let round = 0; round < PASSES && (await pass(source, target)) > FEW;) round += 1;
    },
    cutOver: async () => {
      if ((await note.read()) === undefined) throw notYet('cut over', 'nothing has been copied yet');
      const since = await note.write('switching');
      await route.point('target');
      await pass(source, target);
      await note.write(`opened ${since}`);
    },
    verify: async () => apart(source, target, since(await note.read())),
    reverse: async () => {
      const told = await note.read();
      if (state(told) === 'opened') await pass(target, source, since(told));
      await route.point('source');
      if (state(told) !== 'opened') return;
      await pass(target, source, since(told));
      await note.write('copied');
    },
    cleanUp: () => note.remove(),
    standing: async () => standingOf(await note.read()),
  };
  return mover;
}

function placeOf(place: ObjectSettings['source']): { readonly host: string; readonly port: number; readonly database: string } {
  if ('folder' in place) return { host: 'localhost', port: 0, database: place.folder };
  const { hostname, port, protocol } = new URL(place.endpoint);
  return { host: hostname, port: Number(port === '' ? (protocol === 'http:' ? 80 : 443) : port), database: place.bucket };
}

interface Notes {
  readonly read: () => Promise<string | undefined>;
  /** Says when it was written, by the store's clock; milliseconds since 1970. */
  readonly write: (text: string) => Promise<number>;
  readonly remove: () => Promise<void>;
}

/** How far a move is stands in its target, as an object of its own. */
function notesIn({ target, id }: ObjectSettings): Notes {
  const key = `${NOTES}${id}`;
  return {
    read: async () => {
      const { status, text } = await ask(target, { method: 'GET', key });
      return status === 200 ? text : undefined;
    },
    write: (text) =>
      withFolder(async (folder) => {
        writeFileSync(join(folder, 'note'), text);
        await fine(target, { method: 'PUT', key, upload: join(folder, 'note'), headers: { 'content-type': 'text/plain' } });
        return Date.parse((await fine(target, { method: 'HEAD', key })).headers['last-modified'] ?? '');
      }),
    remove: async () => void (await fine(target, { method: 'DELETE', key })),
  };
}

/** `begun`, `copied`, `switching`, `opened`. */
function state(note: string | undefined): string {
  return note?.split(' ')[0] ?? 'not begun';
}

/** When writes went to the new side: what is newer there is the app's. */
function since(note: string | undefined): number {
  return state(note) === 'opened' ? Number(note?.split(' ')[1]) : Number.POSITIVE_INFINITY;
}

function standingOf(note: string | undefined): MoveStanding {
  const open: SideName = state(note) === 'opened' ? 'target' : 'source';
  return {
    open,
    state: state(note),
    verified: open === 'target',
    reversible: { yes: true, because: 'what the new side has taken in is copied back first' },
  };
}

async function withFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-objects-'));
  return await act(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

async function blockers(settings: ObjectSettings, source: Store, target: Store, note: Notes): Promise<readonly Blocker[]> {
  const [from, to] = [placeOf(settings.source), placeOf(settings.target)];
  if (from.host === to.host && from.port === to.port && from.database === to.database)
    return [blocker('OBJECTS_SAME', 'The old and the new bucket are the same.', 'Give the bucket of the new tier.')];
  const [here, there] = await Promise.all([reached(source, 'old'), reached(target, 'new')]);
  const large = here.objects
    .filter(({ size }) => size > LARGEST)
    .map(({ key, size }) =>
      blocker(
        'OBJECT_LARGE',
        `${key} has ${size} bytes; one request sends ${LARGEST} at most.`,
        'Copy it in parts with a tool that can (rclone), under the same key.',
      ),
    );
  const filled =
    there.objects.length > 0 && (await note.read()) === undefined
      ? [
          blocker(
            'OBJECTS_NOT_EMPTY',
            `${target.name} already holds ${there.objects.length} objects, which this promotion did not put there.`,
            'Give an empty bucket; nothing is ever overwritten.',
          ),
        ]
      : [];
  return [...here.found, ...there.found, ...large, ...filled];
}

/** A listing shows at once whether a place is there and the key opens it. */
async function reached(
  store: Store,
  side: string,
): Promise<{ readonly objects: readonly StoredObject[]; readonly found: readonly Blocker[] }> {
  try {
    return { objects: [...(await store.list()).values()], found: [] };
  } catch (error) {
    return {
      objects: [],
      found: [
        blocker(
          'OBJECTS_UNREACHABLE',
          `The ${side} side, ${store.name}, cannot be listed: ${error instanceof Error ? error.message : String(error)}`,
          'Correct its endpoint, name or key, and let this machine reach it.',
        ),
      ],
    };
  }
}

/** Copies what the other side lacks, or has older. What was written there later is newer, and stays. @param after only what was written from then on */
async function copyChanged(from: Store, to: Store, atOnce: number, after: number): Promise<number> {
  const [here, there] = await Promise.all([from.list(), to.list()]);
  const changed = [...here.values()].filter((object) => object.modified >= after && isOlder(there.get(object.key), object));
  const left = [...changed];
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await carry(from, to, next.key);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return changed.length;
}

function isOlder(there: StoredObject | undefined, here: StoredObject): boolean {
  if (there === undefined) return true;
  if (there.size === here.size && there.md5 !== undefined && there.md5 === here.md5) return false;
  // Stores tell whole seconds.
  return here.modified >= Math.floor(there.modified / 1000) * 1000 && !(there.size === here.size && here.modified < there.modified);
}

/** An object that is deleted meanwhile is gone, on both sides. */
async function carry(from: Store, to: Store, key: string): Promise<void> {
  await withFolder(async (folder) => {
    const file = join(folder, 'object');
    try {
      const headers = await from.read(key, file);
      await to.write(key, file, headers);
    } catch (error) {
      if ((await from.list()).has(key)) throw error;
    }
  });
}

/** Every object of the old side is on the new one with the same bytes; what the app has written there since is newer. */
async function apart(source: Store, target: Store, since: number): Promise<readonly string[]> {
  const [here, there] = await Promise.all([source.list(), target.list()]);
  const found: string[] = [];
  for (const object of here.values()) {
    const other = there.get(object.key);
    if (other === undefined) found.push(`${object.key}: missing on ${target.name}`);
    else if (!(await isSame(source, target, object, other)) && !(other.modified >= since && other.modified + 1000 > object.modified))
      found.push(`${object.key}: ${object.size} bytes on ${source.name}, ${other.size} on ${target.name}, with other contents`);
  }
  return found;
}

/** By checksum where both stores tell it; where one tells something else, both are read. */
async function isSame(source: Store, target: Store, here: StoredObject, there: StoredObject): Promise<boolean> {
  if (here.size !== there.size) return false;
  if (here.md5 !== undefined && here.md5 === there.md5) return true;
  return (await readMd5(source, here.key)) === (await readMd5(target, there.key));
}

async function readMd5(store: Store, key: string): Promise<string> {
  return await withFolder(async (folder) => {
    await store.read(key, join(folder, 'object'));
    return await md5Of(join(folder, 'object'));
  });
}
