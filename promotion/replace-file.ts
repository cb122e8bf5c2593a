import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** A reader sees the old file or the new one, also after a loss of power. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  const handle = openSync(beside, 'w', 0o644);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(beside, file);
}
