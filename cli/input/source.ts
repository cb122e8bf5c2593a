import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { inputOfOtherKind, inputUnreadable } from './errors';
import type { ReadBytes } from './json-stream';

/** What stands for standard input on the command line. */
export const standardInput = '-';

/**
 * Opens a file, or standard input, for reading once.
 * @param use reads through the function that it is given
 * @throws TerraceError CLI_INPUT_UNREADABLE; CLI_INPUT_OF_OTHER_KIND for what is visibly no JSON in UTF-8
 */
export function readingFrom<T>(file: string, shown: string, use: (read: ReadBytes) => T): T {
  if (file === standardInput) return use(guarded(readerOf(0, shown), shown));
  const handle = attempt(shown, () => openSync(file, 'r'));
  try {
    if (fstatSync(handle).isDirectory())
      throw inputUnreadable(shown, 'it is a folder. Name a file in it, or give a folder with a stack as --synth.');
    return use(guarded(readerOf(handle, shown), shown));
  } finally {
    closeSync(handle);
  }
}

/** Up to this size a document is read as a whole, which costs less than reading it as a stream until much of that is compiled. */
const smallSize = 4 * 2 ** 20;

/** The text of a small ordinary file; undefined for everything else. */
export function smallText(file: string): string | undefined {
  const stat = file === standardInput ? undefined : statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > smallSize) return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** A pipe whose writer is slow says "try again": there is nothing else to do than to wait for it. */
function readerOf(handle: number, shown: string): ReadBytes {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const read: ReadBytes = (into, offset, length) => {
    for (;;) {
      try {
        return readSync(handle, into, offset, length, null);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'EOF') return 0;
        if (code !== 'EAGAIN') throw inputUnreadable(shown, reasonOf(code));
        Atomics.wait(pause, 0, 0, 10);
      }
    }
  };
  return read;
}

/** Looks at the first bytes: mistakes that people make with plans are told in their own words. */
function guarded(read: ReadBytes, shown: string): ReadBytes {
  let first = true;
  return (into, offset, length) => {
    let got = read(into, offset, length);
    while (first && got > 0 && got < 4) {
      const next = read(into, offset + got, length - got);
      if (next === 0) break;
      got += next;
    }
    if (first) refuseOthers(into.subarray(offset, offset + got), shown);
    first = false;
    return got;
  };
}

function refuseOthers(head: Uint8Array, shown: string): void {
  const [a, b] = head;
  if (a === undefined)
    throw inputOfOtherKind(shown, 'empty', 'Write it anew with `terraform show -json`, and look whether that command succeeded.');
  if (a === 0x50 && b === 0x4b)
    throw inputOfOtherKind(shown, "a plan in Terraform's own form", `Give it as JSON: terraform show -json ${shown} > plan.json`);
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw inputOfOtherKind(shown, 'UTF-16 text, as some shells write', 'Save it as UTF-8.');
  if (a === 0x1f && b === 0x8b)
    throw inputOfOtherKind(shown, 'compressed', `Unpack it first: gunzip -c ${shown} | terrace estimate --plan -`);
}

function attempt<T>(shown: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw inputUnreadable(shown, reasonOf(codeOf(error)));
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EACCES: 'permission denied.',
  EISDIR: 'it is a folder.',
  ENOTDIR: 'a part of its path is a file, not a folder.',
};

function reasonOf(code: string): string {
  return reasons[code] ?? `the system says ${code}.`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'nothing more';
}
