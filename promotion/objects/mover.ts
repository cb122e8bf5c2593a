import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { notYet } from '../engine/errors';
import type { PromoteOptions } from '../engine/promote';
import type { RouteSettings, SideName } from '../engine/settings';
import { type Act, acting } from '../engine/step';
import { refuseBlocked } from '../movers/move';
import { routeOf } from '../poolers/route';
import { blocker } from '../postgres/blocker';
import { withTemporary } from '../temporary';
import { counted } from '../../values/counted';
import type { Blocker, Mover, MoveStanding } from '../types';
import { accepted, bucketStore, fine } from './bucket';
import { ask, type Bucket } from './curl';
import { folderStore, md5Of } from './folder';
import { NOTES, type Store, type StoredObject } from './store';
import { messageOf } from '../../values/errors';

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

/** A copy is being filled, and the app does not write there. */
const FILLING: ReadonlySet<Note['state']> = new Set(['not begun', 'begun', 'copied']);

/** Milliseconds by which the clocks of two stores may differ, and for which a server may go on by its old release: it looks every half minute. */
const CLOCKS = 90_000;

/** Differences that one last pass carries in a moment. */
const FEW = 20;

/**
 * Moves objects from a disk or a bucket to a bucket: all of them, then again what has changed, then writes go to the new side, then what came
 * in between. Nothing is deleted on either side: what the app deletes meanwhile stays on the other.
 */
export function objectMover(
  settings: ObjectSettings,
  { progress = () => undefined, reach }: Pick<PromoteOptions, 'progress' | 'reach'> = {},
): Mover {
  const act = acting(reach);
  const source = written('folder' in settings.source ? folderStore(settings.source.folder) : bucketStore(settings.source), act);
  const target = written(bucketStore(settings.target), act);
  const route = routeOf(settings.route, { source: [placeOf(settings.source)], target: [placeOf(settings.target)] });
  const point = (side: SideName): Promise<unknown> => act('routed', () => route.point(side));
  const note = notesIn(settings, act);
  const pass = async (from: Store, to: Store, span: Span = {}): Promise<number> => {
    const count = await copyChanged(from, to, settings.atOnce ?? 8, span);
    progress({ step: 'pass', what: `${count} objects copied to ${to.name}`, objects: count });
    return count;
  };
  /** Once more until nothing was found: what was on its way when the app was led elsewhere arrives a moment later. */
  const lastPasses = async (from: Store, to: Store, span: Span): Promise<void> => {
    while ((await pass(from, to, span)) > 0);
  };
  const filling = async (): Promise<boolean> => FILLING.has((await note.read()).state);
  const later = settings.route.kind === 'deploy';
  /** What the app wrote to the new side until a deploy led it back. */
  const fetchBack = async (): Promise<void> => {
    const { state, opened, reversing } = await note.read();
    if (state !== 'back') return;
    await pass(target, source, { after: opened, before: reversing });
    await note.write('copied');
  };
  /** What servers wrote to the old side until they had fetched what leads them to the new one. */
  const fetchLate = async (): Promise<void> => {
    const { state, opened } = await note.read();
    if (later && state === 'moved' && opened !== undefined) await pass(source, target, { after: opened - CLOCKS, before: opened });
  };
  const mover: Mover = {
    id: settings.id,
    method: 'object-copy',
    preflight: () => blockers(settings, source, target, note),
    copy: async () => {
      await refuseBlocked(mover);
      await fetchBack();
      if (!(await filling())) return;
      if ((await note.read()).state === 'not begun') await note.write('begun');
      await pass(source, target);
      await note.write('copied');
    },
    catchUp: async () => {
      if (!(await filling())) return;
      for (let round = 0; round < PASSES && (await pass(source, target)) > FEW;) round += 1;
    },
    cutOver: async () => {
      const { state } = await note.read();
      if (state === 'moved') return;
      if (state === 'not begun') throw notYet('cut over', 'nothing has been copied yet');
      // Somebody turned round half-way: what the app wrote to the new side goes back first, and the change begins anew.
      if (state === 'reversing') await mover.reverse();
      await fetchBack();
      const opened = await firstOnly(note, 'opened', target);
      await point('target');
      // The app writes on where it did until the deploy, after which this is asked again: what was carried before would look like the app's.
      if (later && state !== 'opened') return;
      await lastPasses(source, target, { before: opened });
      await note.write('moved', opened);
    },
    verify: async () => {
      const { state, opened } = await note.read();
      if (later && state === 'opened') return [];
      await fetchLate();
      return await apart(source, target, opened, later ? (await source.now()) - CLOCKS : undefined);
    },
    reverse: async () => {
      const { state, opened, reversing: noted } = await note.read();
      if (opened === undefined || state === 'back') return void (await point('source'));
      // Not once the moment is noted: what is carried from then on looks like the app's, and would stay when the app writes it again.
      if (noted === undefined) await pass(target, source, { after: opened });
      const reversing = await firstOnly(note, 'reversing', source);
      await point('source');
      if (later) return await note.write('back', opened, reversing);
      await lastPasses(target, source, { after: opened, before: reversing });
      await note.write('copied');
    },
    cleanUp: async () => {
      await fetchBack();
      await fetchLate();
      // What runs that died had only half written.
      if ('folder' in settings.source) rmSync(join(settings.source.folder, NOTES), { recursive: true, force: true });
      await note.remove();
    },
    standing: async () => standingOf(await note.read()),
  };
  return mover;
}

/** Around every object that is written. */
function written(store: Store, act: Act): Store {
  return { ...store, write: (...given) => act('written', () => store.write(...given)) };
}

function placeOf(place: ObjectSettings['source']): { readonly host: string; readonly port: number; readonly database: string } {
  if ('folder' in place) return { host: 'localhost', port: 0, database: place.folder };
  const { hostname, port, protocol } = new URL(place.endpoint);
  return { host: hostname, port: Number(port === '' ? (protocol === 'http:' ? 80 : 443) : port), database: place.bucket };
}

/** What a note tells. */
interface Note {
  /** `back`: led back, and what is written to the new side until the deploy is not fetched yet. */
  readonly state: 'not begun' | 'begun' | 'copied' | 'opened' | 'moved' | 'reversing' | 'back';
  /** From when on writes went to the new side, by its clock: what is newer there is the app's. Milliseconds since 1970. */
  readonly opened?: number;
  /** From when on they went back to the old side, by the old side's clock. */
  readonly reversing?: number;
}

interface Notes {
  readonly read: () => Promise<Note>;
  readonly write: (state: Note['state'], ...times: readonly number[]) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** How far a move stands in its target, as an object of its own. */
function notesIn({ target, id }: ObjectSettings, act: Act): Notes {
  const key = `${NOTES}${id}`;
  return {
    read: async () => {
      const found = await ask(target, { method: 'GET', key });
      // Only what is not there has not begun: taken for that, a move that has ended would be filled from its old side again.
      return found.status === 404 ? { state: 'not begun' } : noteOf(accepted(target, { method: 'GET', key }, found).text);
    },
    write: (state, ...times) =>
      withTemporary(async (folder) => {
        writeFileSync(join(folder, 'note'), [state, ...times].join(' '));
        const upload = { method: 'PUT', key, upload: join(folder, 'note'), headers: { 'content-type': 'text/plain' } } as const;
        await act(`noted-${state}`, () => fine(target, upload));
      }),
    remove: async () => void (await act('note-removed', () => fine(target, { method: 'DELETE', key }))),
  };
}

function noteOf(text: string): Note {
  const [state, opened, reversing] = text.split(' ');
  return {
    state: state as Note['state'],
    ...(opened === undefined ? {} : { opened: Number(opened) }),
    ...(reversing === undefined ? {} : { reversing: Number(reversing) }),
  };
}

/**
 * Notes, before the app is led to a side, from when on it may have written there; who goes on reads it. Stores tell whole seconds: the next one
 * begins first, so that nothing that was copied before is as new as what the app writes.
 */
async function firstOnly(note: Notes, state: 'opened' | 'reversing', side: Store): Promise<number> {
  const told = await note.read();
  const noted = told[state];
  if (noted !== undefined) return noted;
  const begins = Math.floor((await side.now()) / 1000) * 1000 + 1000;
  while ((await side.now()) < begins) await setTimeout(50);
  await note.write(state, ...(told.opened === undefined ? [] : [told.opened]), begins);
  return begins;
}

function standingOf({ state, opened }: Note): MoveStanding {
  return {
    open: opened === undefined || state === 'back' ? 'source' : 'target',
    state,
    verified: state === 'moved',
    reversible: { yes: true, because: 'what the new side has taken in is copied back first' },
  };
}

async function blockers(settings: ObjectSettings, source: Store, target: Store, note: Notes): Promise<readonly Blocker[]> {
  const [from, to] = [placeOf(settings.source), placeOf(settings.target)];
  if (from.host === to.host && from.port === to.port && from.database === to.database)
    return [blocker('OBJECTS_SAME', 'The old and the new bucket are the same.', 'Give the bucket of the new tier.')];
  const [here, there] = await Promise.all([reached(source, 'old'), reached(target, 'new')]);
  const begun = there.objects.length > 0 && (await note.read()).state !== 'not begun';
  return [...here.found, ...there.found, ...contentBlockers(here.objects, there.objects, target.name, begun)];
}

/**
 * What a listing of both sides says against a move. One object that no request can carry is a person's to copy: there already, it is in nobody's way.
 * @param begun whether it was this promotion that has put objects there
 */
export function contentBlockers(
  here: readonly StoredObject[],
  there: readonly StoredObject[],
  target: string,
  begun: boolean,
): readonly Blocker[] {
  const large = new Map(here.filter(({ size }) => size > LARGEST).map(({ key, size }) => [key, size]));
  const carried = new Set(there.filter(({ key, size }) => large.get(key) === size).map(({ key }) => key));
  const others = there.filter(({ key }) => !carried.has(key));
  return [
    ...[...large]
      .filter(([key]) => !carried.has(key))
      .map(([key, size]) =>
        blocker(
          'OBJECT_LARGE',
          `${key} has ${size} bytes; one request sends ${LARGEST} at most.`,
          'Copy it in parts with a tool that can (rclone), under the same key.',
        ),
      ),
    ...(others.length > 0 && !begun
      ? [
          blocker(
            'OBJECTS_NOT_EMPTY',
            `${target} already holds ${counted(others.length, 'object')}, which this promotion did not put there.`,
            'Give an empty bucket; nothing is ever overwritten.',
          ),
        ]
      : []),
  ];
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
          `The ${side} side, ${store.name}, cannot be listed: ${messageOf(error)}`,
          'Correct its endpoint, name or key, and let this machine reach it.',
        ),
      ],
    };
  }
}

/** Of which writes a pass takes account; milliseconds since 1970. */
interface Span {
  /** Only what was written from then on, by the clock of the side that is read. */
  readonly after?: number | undefined;
  /** What was written from then on to the side that is filled is the app's, and stays; by that side's clock. */
  readonly before?: number | undefined;
}

/** Copies what the other side lacks, or has with other contents. */
async function copyChanged(from: Store, to: Store, atOnce: number, { after = 0, before = Infinity }: Span): Promise<number> {
  const [here, there] = await Promise.all([from.list(), to.list()]);
  const changed = [...here.values()].filter((object) => {
    const other = there.get(object.key);
    return object.modified >= after && (other === undefined || (other.modified < before && differs(other, object)));
  });
  const left = [...changed];
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await carry(from, to, next.key, before);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return changed.length;
}

/** By checksum where both stores tell it, by age where one tells something else. */
function differs(there: StoredObject, here: StoredObject): boolean {
  if (there.size !== here.size) return true;
  if (there.md5 !== undefined && here.md5 !== undefined) return there.md5 !== here.md5;
  // Stores tell whole seconds.
  return here.modified >= Math.floor(there.modified / 1000) * 1000;
}

/** An object that is deleted meanwhile is gone, on both sides; one that the app has written meanwhile where this would go stays. */
async function carry(from: Store, to: Store, key: string, before: number): Promise<void> {
  await withTemporary(async (folder) => {
    const file = join(folder, 'object');
    try {
      const headers = await from.read(key, file);
      // The listing may be minutes old.
      if (before < Infinity && ((await to.modified(key)) ?? 0) >= before) return;
      await to.write(key, file, headers);
    } catch (error) {
      if ((await from.list()).has(key)) throw error;
    }
  });
}

/**
 * Every object of the old side is on the new one with the same bytes; what the app has written there since is newer.
 * @param late what was written to the old side from then on follows later; milliseconds since 1970, by its clock
 */
async function apart(source: Store, target: Store, opened = Infinity, late = Infinity): Promise<readonly string[]> {
  const [here, there] = await Promise.all([source.list(), target.list()]);
  const found: string[] = [];
  for (const object of here.values()) {
    const other = there.get(object.key);
    if (object.modified >= late) continue;
    if (other === undefined) found.push(`${object.key}: missing on ${target.name}`);
    else if (!(await isSame(source, target, object, other)) && !(other.modified >= opened && other.modified + 1000 > object.modified))
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
  return await withTemporary(async (folder) => {
    await store.read(key, join(folder, 'object'));
    return await md5Of(join(folder, 'object'));
  });
}
