import { type EstimateLine, estimateDocument, listBook, money, spotOffers } from '../../analysis/pricing';
import { ageInDays, isOld, oldAfterDays } from '../../analysis/pricing/age';
import { explainSize, type Explanation } from '../../analysis/pricing/explain';
import { printJson, renderWarnings } from '../answer';
import type { PricesFlags } from '../cost-commands';
import type { Io } from '../io';
import { hanging } from '../table';
import { dayOf } from './today';

/** Shows how the cost of one resource of this type and size comes about. @returns 0, or 1 where the book has no price */
export async function explainPrice(type: string, size: string, flags: PricesFlags, io: Io): Promise<number> {
  const today = dayOf(flags.today);
  const book = listBook();
  const ways = explainSize(type, size, book, flags.region);
  const found = ways.some((way) => !way.estimate.monthly.isZero());
  if (flags.json === true) {
    printJson(
      {
        type,
        size,
        today,
        ways: ways.map(({ variant, region, estimate }) => ({
          variant,
          region,
          estimate: estimateDocument(estimate, { spot: spotOffers(estimate.lines, book) }),
        })),
      },
      io,
    );
    return Promise.resolve(found ? 0 : 1);
  }
  io.out(`${ways.map((way) => section(type, size, way, today)).join('\n')}`);
  renderWarnings(oldOnes(ways, today), io);
  return Promise.resolve(found ? 0 : 1);
}

function section(type: string, size: string, { variant, region, estimate }: Explanation, today: string): string {
  const title = `${type} ${size}${variant === '' ? '' : `, ${variant}`}${region === 'all' ? '' : `, in ${region}`}: ${money(estimate.monthly)} USD a month`;
  return [
    title,
    ...estimate.lines.filter((line) => !line.price.isZero()).flatMap((line) => lineText(line, today)),
    ...estimate.unpriced.map((one) => hanging('  ', `not priced${one.part === undefined ? '' : `, ${one.part}`}: ${one.reason}`)),
    ...estimate.free.map((one) => hanging('  ', `free: ${one.reason}`)),
    '',
  ].join('\n');
}

function lineText(line: EstimateLine, today: string): readonly string[] {
  const days = ageInDays(line.asOf, today);
  const trust = line.confidence === 'verified' ? 'read in a source' : line.confidence;
  return [
    `  ${line.name}: ${line.quantity.toFixed()} ${line.unit} x ${line.price.toFixed()} = ${money(line.monthly)}`,
    `    ${line.product}, ${trust}, price of ${line.asOf} (${days} days old)`,
    hanging('    source: ', line.source),
    ...(line.assumption === undefined ? [] : [hanging('    ', line.assumption)]),
    ...(line.committed === undefined
      ? []
      : [
          `    committed for a year: ${line.committed.price.toFixed()}, ${money(line.committed.typical)} a month (${line.committed.product}, ${line.committed.asOf})`,
        ]),
  ];
}

function oldOnes(ways: readonly Explanation[], today: string): readonly string[] {
  const old = ways.flatMap(({ estimate }) => estimate.lines).filter((line) => isOld(line.asOf, today));
  return old.length === 0 ? [] : [`${old.length} of these prices are older than ${oldAfterDays} days on ${today}.`];
}
