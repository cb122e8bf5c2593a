import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './io';
import { unreadableFile } from './planning-errors';

const mostBytes = 16 * 2 ** 20;

/** The text of a file that an option names. @throws `CLI_FILE_UNREADABLE` */
export function givenFile(option: string, file: string, io: Io): string {
  const path = resolve(io.cwd, file);
  try {
    if (statSync(path).size > mostBytes) throw new Error('it is larger');
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadableFile(
      option,
      file,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : String((error as Error).message),
    );
  }
}
