import { wrongNumber } from './planning-errors';

/** A number given on the command line. @throws `CLI_NOT_A_NUMBER` */
export function numberOption(name: string, given: string): number;
export function numberOption(name: string, given: string | undefined): number | undefined;
export function numberOption(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = /^-?(\d+(\.\d+)?|\.\d+)(e\d+)?$/i.test(given.trim()) ? Number(given) : Number.NaN;
  if (!Number.isFinite(value)) throw wrongNumber(name, given);
  return value;
}
