import { closeSync, fstatSync, openSync, readSync, constants } from 'node:fs';
import { unreadableEnvironment } from './errors';

/** Largest file that is read, in bytes: fifty administrators with the longest keys fit into half of it. */
const largestFile = 65_536;

/** The bytes of an ordinary file, at most `largestFile` of them. @throws environments/unreadable */
export function readBounded(path: string, shown: string): Buffer {
  const handle = attempt(shown, () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw unreadableEnvironment(shown, 'it is a folder. Name a file in it.');
    if (!stat.isFile()) throw unreadableEnvironment(shown, 'it is no ordinary file.');
    return firstBytes(handle, stat.size, shown);
  } finally {
    closeSync(handle);
  }
}

/** The text of a file. @throws environments/unreadable when it is no UTF-8 text */
export function decodeText(bytes: Buffer, shown: string): string {
  const wide = bytes[0] === 0xff || bytes[0] === 0xfe;
  if (wide && Math.abs((bytes[0] ?? 0) - (bytes[1] ?? 0)) === 1) throw unreadableEnvironment(shown, 'it is UTF-16 text. Save it as UTF-8.');
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw unreadableEnvironment(shown, `it is no text: byte ${zero + 1} is NUL.`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadableEnvironment(shown, `it is no UTF-8 text: ${firstBadByte(bytes)}. Save it as UTF-8.`);
  }
}

/** Reads one byte more than is allowed, because a file can grow between the look at its size and the read. */
function firstBytes(handle: number, size: number, shown: string): Buffer {
  const buffer = Buffer.alloc(largestFile + 1);
  const length = attempt(shown, () => readSync(handle, buffer, 0, buffer.length, 0));
  if (length > largestFile) throw unreadableEnvironment(shown, `it has ${Math.max(size, length)} bytes; ${largestFile} are the most.`);
  return buffer.subarray(0, length);
}

function attempt<T>(shown: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw unreadableEnvironment(shown, systemReason(error));
  }
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is gone, or it is a link to nothing.',
  EACCES: 'permission denied. Check who may read it.',
  EPERM: 'permission denied. Check who may read it.',
  EISDIR: 'it is a folder. Name a file in it.',
  ENOTDIR: 'a part of its path is a file, not a folder.',
  ELOOP: 'its links lead in a circle.',
  ENAMETOOLONG: 'its path is too long.',
  ENXIO: 'it is no ordinary file.',
};

/** What the operating system said, in words. */
function systemReason(error: unknown): string {
  const code = errorCode(error) ?? 'nothing more';
  return systemReasons[code] ?? `the system says ${code}.`;
}

/** The code of an error of the operating system, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** Where the text stops being UTF-8: a valid prefix survives a round trip unchanged. */
function firstBadByte(bytes: Buffer): string {
  const again = Buffer.from(bytes.toString('utf8'), 'utf8');
  const at = bytes.findIndex((byte, index) => byte !== again[index]);
  return `byte ${at + 1} does not belong`;
}
