import { TerraceError } from '../values/errors';
import { severalWrong, wrongNumber } from './planning-errors';

/** A number given on the command line. @throws `CLI_NOT_A_NUMBER` */
export function numberOption(name: string, given: string): number;
export function numberOption(name: string, given: string | undefined): number | undefined;
export function numberOption(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = parsed(given);
  if (!Number.isFinite(value)) throw wrongNumber(name, given);
  return value;
}

function parsed(given: string): number {
  return /^-?(\d+(\.\d+)?|\.\d+)(e\d+)?$/i.test(given.trim()) ? Number(given) : Number.NaN;
}

/** Runs all of them, so that everything that is wrong is told at once. @throws TerraceError the one error, or one with the problems of all */
export function allAtOnce<T extends readonly unknown[]>(...readers: { readonly [Index in keyof T]: () => T[Index] }): T {
  const errors: TerraceError[] = [];
  const values = readers.map((read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof TerraceError)) throw error;
      errors.push(error);
      return undefined;
    }
  });
  const [first, ...others] = errors;
  if (first !== undefined) throw others.length === 0 ? first : severalWrong(errors);
  return values as unknown as T;
}

/** Whether an option is a number, or is not given. */
export function isNumberOption(given: string | undefined): boolean {
  return given === undefined || Number.isFinite(parsed(given));
}
