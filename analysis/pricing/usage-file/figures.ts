import type { Decimal } from 'decimal.js';
import type { Problem } from '../../../values/errors';
import { nearest } from '../../../values/nearest';
import { decimal } from '../decimal';
import type { UsageFigure } from '../usage';
import { type UsageKey, usageKeys } from '../usage-keys';
import type { Located, LocatedEntry } from './yaml';

/** Collects what is wrong, so that everything is told at once. */
export type Report = (where: string, message: string) => undefined;

/** A report that fills a list. */
export function reportInto(problems: Problem[]): Report {
  return (where, message) => {
    problems.push({ code: 'PRICING_USAGE_FILE_FIGURE', where, message });
    return undefined;
  };
}

/** More than that a month is a slip of the keyboard: an exabyte in GB, or a million times a billion calls. */
const most = decimal(1e9);

/** Figures with a bound of their own: a function runs for 15 minutes at most, a worker for five. */
const mostOf: Readonly<Partial<Record<UsageKey, number>>> = { lambdaMs: 900_000, workerMs: 300_000, instances: 100_000 };

/** What a figure is multiplied with to become one of ours, and what it then is. */
export interface Target {
  readonly key: UsageKey;
  /** @default 1 */
  readonly factor?: number;
}

/**
 * A figure from the file: a number, or `{low, typical, high, because}`.
 * @returns undefined where it cannot be billed; then it was reported
 */
export function figureOf(entry: LocatedEntry, { key, factor = 1 }: Target, report: Report): UsageFigure | undefined {
  const { value } = entry;
  if (value.kind !== 'map') {
    const number = amountOf(entry.key, value, key, factor, report);
    return number === undefined ? undefined : { low: number, typical: number, high: number, assumption: `given in ${entry.where}` };
  }
  return bandOf(entry, value.entries, key, factor, report);
}

const ends = ['low', 'typical', 'high'] as const;

function bandOf(
  entry: LocatedEntry,
  members: readonly LocatedEntry[],
  key: UsageKey,
  factor: number,
  report: Report,
): UsageFigure | undefined {
  const unknown = members.find((member) => ![...ends, 'because'].includes(member.key));
  if (unknown !== undefined)
    return report(
      unknown.where,
      `${entry.key} has the unknown field "${unknown.key}". Allowed: a number, or low, typical, high and because.`,
    );
  const given = new Map(members.map((member) => [member.key, member.value]));
  const absent = ends.find((end) => !given.has(end));
  if (absent !== undefined) return report(entry.where, `${entry.key} has no ${absent}. Give low, typical and high, or one number.`);
  const [low, typical, high] = ends.map((end) => amountOf(`${entry.key}.${end}`, given.get(end), key, factor, report));
  if (low === undefined || typical === undefined || high === undefined) return undefined;
  if (low.gt(typical) || typical.gt(high))
    return report(entry.value.where, `${entry.key}: low ${low}, typical ${typical}, high ${high} do not ascend.`);
  const because = given.get('because');
  return { low, typical, high, assumption: because?.kind === 'text' && because.text !== '' ? because.text : `given in ${entry.where}` };
}

function amountOf(name: string, value: Located | undefined, key: UsageKey, factor: number, report: Report): Decimal | undefined {
  const where = value?.where ?? '';
  if (value === undefined || value.kind !== 'number') return report(where, `${name} is ${shown(value)}, not a number.`);
  const number = Number(value.text);
  if (!Number.isFinite(number)) return report(where, `${name} is ${value.text}, which cannot be billed. Allowed: a number from 0 on.`);
  if (number < 0) return report(where, `${name} is ${value.text}. No one uses less than nothing: allowed are numbers from 0 on.`);
  const amount = decimal(value.text.startsWith('0o') ? number : value.text)
    .times(factor)
    .plus(0);
  const limit = mostOf[key] ?? most;
  if (amount.gt(limit))
    return report(
      where,
      `${name} is ${value.text}, which is absurd: the most that is believed is ${decimal(limit).div(factor).toFixed()} a month. Is it in another unit? ${key}: ${usageKeys[key]}.`,
    );
  return amount;
}

function shown(value: Located | undefined): string {
  if (value === undefined || value.kind === 'other') return 'nothing that is a number';
  if (value.kind === 'map') return 'a mapping';
  return value.kind === 'list' ? 'a list' : JSON.stringify(value.text);
}

const names = Object.keys(usageKeys);

/** One of our figures by its name. @returns undefined where there is none of this name; then it was reported */
export function keyOf(entry: LocatedEntry, report: Report): UsageKey | undefined {
  if (Object.hasOwn(usageKeys, entry.key)) return entry.key as UsageKey;
  const near = nearest(entry.key, names);
  return report(
    entry.where,
    `there is no usage figure "${entry.key}".${near === undefined ? ' docs/estimate.md lists them all.' : ` Did you mean ${near}?`}`,
  );
}
