import { closeSync, existsSync, fchmodSync, fchownSync, fsyncSync, openSync, realpathSync, renameSync, statSync, writeSync } from 'node:fs';

/** A reader sees the old file or the new one, also after a loss of power. A link goes on leading to it, and who may read it goes on to. */
export function replaceFile(file: string, text: string): void {
  const place = existsSync(file) ? realpathSync(file) : file;
  const beside = `${place}.${process.pid}`;
  const handle = openSync(beside, 'w', 0o644);
  if (existsSync(place)) keepReaders(handle, place);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(beside, place);
}

function keepReaders(handle: number, place: string): void {
  const { mode, uid, gid } = statSync(place);
  fchmodSync(handle, mode & 0o777);
  try {
    fchownSync(handle, uid, gid);
  } catch {
    // Only root gives a file to somebody else.
  }
}
