import type { Decimal } from 'decimal.js';
import type { Problem } from '../../values/errors';
import { append } from '../graph/addresses';
import { mapBand } from './arithmetic';
import { decimal } from './decimal';
import { usageNotValid } from './errors';
import type { Usage, UsageFigure, UsageKey, UsageQuantities } from './usage';
import { undividedKeys } from './usage-keys';

/** A resource that takes a quantity which no resource states. */
export interface Taker {
  readonly address: string;
  readonly component: string;
  readonly key: UsageKey;
}

/** Finds the figure of a resource; undefined where usage has none for it. */
export type UsageOf = (address: string, key: UsageKey) => UsageFigure | undefined;

/** What a line or a share takes from usage. */
export interface Dependence {
  readonly dependsOn?: UsageKey;
  readonly times?: UsageKey;
  readonly factor?: Decimal;
}

/** The usage figure of a resource in units of the price; undefined where one that is needed was not given. */
export function scaledFigure(address: string, { dependsOn, times, factor }: Dependence, usageOf: UsageOf): UsageFigure | undefined {
  const figure = dependsOn === undefined ? undefined : usageOf(address, dependsOn);
  const other = times === undefined ? undefined : usageOf(address, times);
  if (figure === undefined || (times !== undefined && other === undefined)) return undefined;
  const scaled = mapBand(figure, (value, end) =>
    decimal(value)
      .times(factor ?? 1)
      .times(other?.[end] ?? 1),
  );
  return { ...scaled, assumption: other === undefined ? figure.assumption : `${figure.assumption}; ${other.assumption}` };
}

/** Usage divided among the resources that take it. */
export interface UsageShares {
  readonly of: UsageOf;
  /** Figures that no resource takes, in words. */
  readonly untaken: readonly string[];
}

/**
 * Divides usage among the resources that take it. A resource's own figure wins; that of its component is shared by those
 * of the component without one; the total by all that have neither.
 * @throws TerraceError `pricing-usage-not-valid` naming every figure that is negative, not finite or out of order
 */
export function divideUsage(usage: Usage, takers: readonly Taker[]): UsageShares {
  assertUsage(usage);
  const shares = new Map<string, UsageFigure>();
  const claimed = claims(usage, takers);
  for (const { scope, key, figure, entitled } of claimed) {
    const divisor = undividedKeys.has(key) ? 1 : entitled.length;
    for (const taker of entitled) shares.set(shareKey(taker.address, key), divided(figure, divisor, scope));
  }
  const untaken = claimed.filter(({ entitled }) => entitled.length === 0);
  return {
    of: (address, key) => shares.get(shareKey(address, key)),
    untaken: untaken.map(({ scope, key }) => `The usage figure ${key} of ${scope} is taken by no resource and adds nothing.`),
  };
}

function shareKey(address: string, key: UsageKey): string {
  return `${key} ${address}`;
}

function divided(figure: UsageFigure, divisor: number, scope: string): UsageFigure {
  if (divisor === 1) return figure;
  return {
    ...mapBand(figure, (value) => value.div(divisor)),
    assumption: `${figure.assumption}; an equal share of ${divisor} in ${scope}`,
  };
}

interface Claim {
  readonly scope: string;
  readonly key: UsageKey;
  readonly figure: UsageFigure;
  readonly entitled: readonly Taker[];
}

function claims(usage: Usage, takers: readonly Taker[]): readonly Claim[] {
  const owns = (taker: Taker): boolean => usage.resources?.[taker.address]?.[taker.key] !== undefined;
  const shared = (taker: Taker): boolean => usage.components?.[taker.component]?.[taker.key] !== undefined;
  const others = takers.filter((taker) => !owns(taker));
  // Looked up and not searched for: a usage file may have a figure for each of ten thousand resources.
  const own = takersBy(takers, (taker) => shareKey(taker.address, taker.key));
  const ofComponent = takersBy(others, (taker) => shareKey(taker.component, taker.key));
  const rest = takersBy(
    others.filter((taker) => !shared(taker)),
    (taker) => taker.key,
  );
  return [
    ...scoped(usage.resources, (scope, key) => own.get(shareKey(scope, key)) ?? []),
    ...scoped(usage.components, (scope, key) => ofComponent.get(shareKey(scope, key)) ?? []),
    ...scoped({ 'the total': usage.total ?? {} }, (_, key) => rest.get(key) ?? []),
  ];
}

function takersBy(takers: readonly Taker[], key: (taker: Taker) => string): ReadonlyMap<string, readonly Taker[]> {
  const index = new Map<string, Taker[]>();
  for (const taker of takers) append(index, key(taker), taker);
  return index;
}

function scoped(
  figures: Readonly<Record<string, UsageQuantities>> | undefined,
  entitled: (scope: string, key: UsageKey) => readonly Taker[],
): readonly Claim[] {
  return Object.entries(figures ?? {}).flatMap(([scope, quantities]) =>
    entriesOf(quantities).map(([key, figure]) => ({ scope, key, figure, entitled: entitled(scope, key) })),
  );
}

function entriesOf(quantities: UsageQuantities): readonly (readonly [UsageKey, UsageFigure])[] {
  return (Object.entries(quantities) as [UsageKey, UsageFigure | undefined][]).flatMap(([key, figure]) =>
    figure === undefined ? [] : [[key, figure] as const],
  );
}

function assertUsage(usage: Usage): void {
  const scopes = [
    ...Object.entries(usage.resources ?? {}),
    ...Object.entries(usage.components ?? {}),
    ['total', usage.total ?? {}] as const,
  ];
  const problems = scopes.flatMap(([scope, quantities]) =>
    entriesOf(quantities).flatMap(([key, figure]) => figureProblems(`${scope}.${key}`, figure)),
  );
  if (problems.length > 0) throw usageNotValid(problems);
}

function figureProblems(where: string, figure: UsageFigure): readonly Problem[] {
  const code = 'PRICING_USAGE_FIGURE';
  const ends = [figure.low, figure.typical, figure.high];
  const wrong = ends.find((end: Decimal) => !end.isFinite() || end.isNegative());
  if (wrong !== undefined) return [{ code, where, message: `${wrong} is no quantity; allowed are numbers from 0 on.` }];
  const ordered = figure.low.lte(figure.typical) && figure.typical.lte(figure.high);
  return ordered ? [] : [{ code, where, message: `low ${figure.low}, typical ${figure.typical}, high ${figure.high} do not ascend.` }];
}
