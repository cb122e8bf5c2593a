import type { Decimal } from 'decimal.js';
import { compareText } from '../../graph/order';
import { append } from '../../graph/addresses';
import { sum } from '../arithmetic';
import type { EstimateLine } from '../estimate-types';

/** What lines are summed up by. */
export const groupings = ['component', 'resource', 'service'] as const;

export type Grouping = (typeof groupings)[number];

/** Lines that belong together, with their sums. */
export interface Group {
  readonly name: string;
  readonly lines: readonly EstimateLine[];
  readonly low: Decimal;
  readonly monthly: Decimal;
  readonly high: Decimal;
  /** Under a commitment of one year where it is sold. */
  readonly committed: Decimal;
}

const keys: Readonly<Record<Grouping, (line: EstimateLine) => string>> = {
  component: (line) => line.component,
  resource: (line) => line.address,
  service: serviceOf,
};

/** The lines in groups, sorted by name. */
export function groupsOf(lines: readonly EstimateLine[], by: Grouping): readonly Group[] {
  const groups = new Map<string, EstimateLine[]>();
  for (const line of lines) append(groups, keys[by](line), line);
  return [...groups].map(([name, members]) => ({ name, lines: members, ...totals(members) })).sort((a, b) => compareText(a.name, b.name));
}

/** Sums of some lines. */
export function totals(lines: readonly EstimateLine[]): Omit<Group, 'name' | 'lines'> {
  return {
    low: sum(lines.map((line) => line.low)),
    monthly: sum(lines.map((line) => line.monthly)),
    high: sum(lines.map((line) => line.high)),
    committed: sum(lines.map((line) => line.committed?.typical ?? line.monthly)),
  };
}

/** Provider and service that a line is paid to: `digitalocean/droplet`. */
export function serviceOf(line: Pick<EstimateLine, 'product'>): string {
  return line.product.split('/', 2).join('/');
}
