import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rooms: string[] = [];

/** A new empty folder that is removed when the tests of this file are over. */
export function scratch(prefix = 'terrace-'): string {
  const room = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  rooms.push(room);
  return room;
}

afterAll(() => {
  for (const room of rooms.splice(0)) rmSync(room, { recursive: true, force: true });
});
