import type { PriceBook } from '../pricing';
import { checkLoad } from '../capacity';
import { offerOf } from './offer';
import { select } from './select';
import { storedTiers, type StoredTier } from './stored';

/** What the ladder costs and carries at one load. */
export interface CurvePoint {
  readonly users: number;
  /** The cheapest that carries it; undefined where none does. */
  readonly tier: string | undefined;
  /** US dollars a month. */
  readonly monthly: number | undefined;
  readonly headroom: number | undefined;
}

/** Loads that are evenly apart on a logarithmic scale, as whole users. */
export function loads(from: number, to: number, count: number): readonly number[] {
  const step = (Math.log(to) - Math.log(from)) / (count - 1);
  return [...new Set(Array.from({ length: count }, (_, index) => Math.round(Math.exp(Math.log(from) + step * index))))];
}

/** The ladder over a range of daily users. */
export function growthCurve(book: PriceBook, users: readonly number[] = loads(10, 3000, 60)): readonly CurvePoint[] {
  return users.map((count) => {
    const { chosen } = select({ load: { users: count } }, book);
    return { users: count, tier: chosen?.stored.tier.id, monthly: chosen?.monthly.toNumber(), headroom: chosen?.report.headroom };
  });
}

/** One tier over a range of daily users: cost whether it carries them or not, and headroom. */
export function tierCurve(stored: StoredTier, book: PriceBook, users: readonly number[]): readonly CurvePoint[] {
  return users.map((count) => {
    const { monthly, report } = offerOf(stored, { checked: checkLoad({ users: count }) }, book);
    return { users: count, tier: stored.tier.id, monthly: monthly.toNumber(), headroom: report.headroom };
  });
}

const bars = '▁▂▃▄▅▆▇█';

/** Values as bars in one line of a terminal; what is not known is a blank. */
export function sparkline(values: readonly (number | undefined)[]): string {
  const known = values.filter((value): value is number => value !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const bar = (value: number): string => bars[high === low ? 0 : Math.round(((value - low) / (high - low)) * (bars.length - 1))] ?? '';
  return values.map((value) => (value === undefined ? ' ' : bar(value))).join('');
}

const width = 720;
const height = 300;
const left = 56;
const right = 20;
const top = 28;
const bottom = 40;
const colours = ['#1b5e4b', '#3f7fbf', '#b3622b', '#7a4fa3', '#8a6d1b', '#2b7a8a'];
const grey = '#737c87';

/** One platform: the same tiers on another would lie over them. */
const pictured = storedTiers.filter(({ platform }) => platform === 'digitalocean');

/** Headroom of every tier stored for the platform that the ladder begins on over daily users, both logarithmic, with the line below which a tier is too small, and what each costs. */
export function curveSvg(book: PriceBook, users: readonly number[] = loads(10, 3000, 60)): string {
  const curves = pictured.map((stored) => tierCurve(stored, book, users));
  const x = logScale(users[0] ?? 1, users.at(-1) ?? 10, left, width - right);
  const y = logScale(0.05, 50_000, height - bottom, top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Headroom of each tier over daily users">`,
    `  <style>text { font: 12px system-ui, sans-serif; fill: ${grey}; }</style>`,
    ...[0.1, 1, 10, 100, 1000, 10_000].map((value) => gridLine(y(value), `${value} x`)),
    ...[10, 30, 100, 300, 1000, 3000].map(
      (value) => `  <text x="${place(x(value))}" y="${height - 22}" text-anchor="middle">${value}</text>`,
    ),
    `  <text x="${width / 2}" y="${height - 6}" text-anchor="middle">daily users</text>`,
    `  <text x="${left}" y="16">headroom: how many times the load each tier carries; 1.25 is required</text>`,
    `  <line x1="${left}" x2="${width - right}" y1="${place(y(1.25))}" y2="${place(y(1.25))}" stroke="#c0392b" stroke-dasharray="5 4"/>`,
    ...curves.flatMap((points, index) => curveLines(points, index, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

type Scale = (value: number) => number;

function logScale(from: number, to: number, start: number, end: number): Scale {
  return (value) => start + ((Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))) * (end - start);
}

/** One decimal: a change of a hundredth of a pixel is no change of a picture. */
function place(value: number): string {
  return value.toFixed(1);
}

function gridLine(y: number, label: string): string {
  return `  <line x1="${left}" x2="${width - right}" y1="${place(y)}" y2="${place(y)}" stroke="${grey}" stroke-opacity="0.25"/>\n  <text x="${left - 6}" y="${place(y + 4)}" text-anchor="end">${label}</text>`;
}

function curveLines(points: readonly CurvePoint[], index: number, x: Scale, y: Scale): readonly string[] {
  const colour = colours[index % colours.length] ?? grey;
  const path = points.map(({ users, headroom }, at) => `${at === 0 ? 'M' : 'L'}${place(x(users))} ${place(y(headroom ?? 1))}`).join(' ');
  return [
    `  <path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    `  <text x="${width - right - 4}" y="${top + 18 + index * 16}" text-anchor="end" style="fill: ${colour}">${label(points)}</text>`,
  ];
}

/** `tier1: 30.00 to 37.05 USD a month`. */
function label(points: readonly CurvePoint[]): string {
  const costs = points.flatMap(({ monthly }) => monthly ?? []);
  const [least, most] = [Math.min(...costs).toFixed(2), Math.max(...costs).toFixed(2)];
  return `${points[0]?.tier}: ${least === most ? least : `${least} to ${most}`} USD a month`;
}
