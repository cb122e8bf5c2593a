import { resolve } from 'node:path';
import type { Io } from '../io';
import { standardInput } from './source';

/** A path as the person meant it: relative to where the command was typed. Standard input stays what it is. */
export function pathIn(io: Io, given: string): string {
  return given === standardInput ? given : resolve(io.cwd, given);
}
