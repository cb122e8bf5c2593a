import { money } from '../../analysis/pricing';
import type { PricedTier } from '../../cli/priced-tier';
import { grouped } from '../../values/grouped';
import { dollars, statedText, type TierFigures } from './figures';
import { summaryOf } from './summary';

/** Sizes in pixels; the width is that of a page on GitHub. */
const width = 960;
const gap = 6;
const top = 12;
const lineHeight = 17;
/** Of a step without any line of components. */
const leastHeight = 49;
/** Where the lowest step begins, and how far each one stands back from the one below. */
const firstStep = 138;
const setBack = 36;
const rightEdge = width - 12;
/** Room for the price at the right end of a step. */
const priceRoom = 104;
const padding = 18;
/** Average width of a character at 13 px, taken wide, so that every system font fits. */
const characterWidth = 6.9;

/** Steps that can be deployed, the lowest first; white text reads on each. */
const fills = ['#1b5e4b', '#23715a', '#2b8069'];

/** What stands outside the filled steps must read on white and on a dark page: this grey is more than 4 to 1 on both #ffffff and #0d1117. */
const grey = '#737c87';

const style = [
  `text { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; fill: ${grey}; }`,
  '.name { font-size: 16px; font-weight: 600; }',
  '.parts { font-size: 13px; }',
  '.users { font-size: 19px; font-weight: 600; }',
  '.price { font-size: 21px; font-weight: 600; }',
  '.small { font-size: 12px; }',
  '.built text { fill: #ffffff; }',
  '.built .parts, .built .small { fill: #e3f1ec; }',
  `.outline { fill: none; stroke: ${grey}; stroke-width: 1.5; stroke-dasharray: 6 5; }`,
].join('\n    ');

/** The ladder as a terraced slope: one step a tier, users on the left, what runs in the middle, the price on the right. */
export function ladderPicture(figures: readonly TierFigures[]): string {
  const steps = layOut(figures);
  const height = top + steps.reduce((sum, each) => sum + each.height + gap, 0) + 70;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    '  <!-- Generated from tiers/ and the price book by `npm run compile`. Do not edit. -->',
    '  <title id="title">The ladder of tiers</title>',
    `  <desc id="description">${escape(description(figures))}</desc>`,
    `  <style>\n    ${style}\n  </style>`,
    ...steps.map(draw),
    ...legend(figures, height),
    '</svg>',
    '',
  ].join('\n');
}

interface Step {
  readonly figures: TierFigures;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly fill: string;
  /** What runs, in lines that fit. */
  readonly lines: readonly string[];
}

/** Highest tier first, as they are drawn. */
function layOut(figures: readonly TierFigures[]): readonly Step[] {
  let y = top;
  return figures
    .map((each, index) => {
      const x = firstStep + index * setBack;
      const lines = partLines(each, x);
      return { figures: each, x, lines, height: leastHeight + lines.length * lineHeight, fill: fills[index % fills.length] ?? grey };
    })
    .reverse()
    .map((each) => {
      const placed = { ...each, y };
      y += each.height + gap;
      return placed;
    });
}

function draw({ figures, x, y, height, fill, lines }: Step): string {
  const { tier } = figures;
  const built = priceOf(figures) !== undefined;
  const shape = `x="${x}" y="${y}" width="${rightEdge - x}" height="${height}" rx="7"`;
  const middle = y + height / 2;
  return [
    `  <g${built ? ' class="built"' : ''}>`,
    `    <rect ${shape} ${built ? `fill="${fill}"` : 'class="outline"'}/>`,
    text(x + padding, y + 28, 'name', `${tier.id}  ${tier.name}`),
    ...lines.map((line, row) => text(x + padding, y + 50 + row * lineHeight, 'parts', line)),
    ...price(figures, middle),
    '  </g>',
    `  <g>\n${text(x - 14, middle - 2, 'users', grouped(tier.dailyUsers), 'end')}\n${text(x - 14, middle + 16, 'small', 'users a day', 'end')}\n  </g>`,
  ].join('\n');
}

function partLines({ tier }: TierFigures, x: number): readonly string[] {
  const room = rightEdge - x - priceRoom - 2 * padding;
  return breakAt(summaryOf(tier), ' · ', Math.floor(room / characterWidth));
}

/** Puts parts together into lines of at most so many characters, without breaking a part. */
export function breakAt(parts: readonly string[], between: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + between.length + part.length <= most) lines[lines.length - 1] = `${last}${between}${part}`;
    else lines.push(part);
  }
  return lines;
}

function price(figures: TierFigures, middle: number): readonly string[] {
  const x = rightEdge - padding;
  const priced = priceOf(figures);
  const [large, small] =
    priced === undefined ? [statedText(figures), 'stated'] : [listText(priced), `${place(figures)}stated ${statedText(figures)}`];
  return [text(x, middle - 1, 'price', large, 'end'), text(x, middle + 18, 'small', small, 'end')];
}

/** On DigitalOcean where it can be, else on AWS. */
function priceOf({ priced, onAws }: TierFigures): PricedTier | undefined {
  return priced ?? onAws;
}

function place({ priced }: TierFigures): string {
  return priced === undefined ? 'on AWS, ' : '';
}

function listText({ estimate }: PricedTier): string {
  // What has no known price is not in the sum.
  return `${estimate.unpriced.length > 0 ? 'over ' : ''}${dollars(money(estimate.monthly))}`;
}

function legend(figures: readonly TierFigures[], height: number): readonly string[] {
  const lines = [
    'Every tier also has a private network, object storage, backups, monitoring and DNS.',
    'Every tier can be deployed; the prices are those of DigitalOcean where nothing else is said.',
    `US dollars a month at list prices, the oldest of ${oldestPrice(figures)}; stated is what the roadmap’s document says.`,
  ];
  return lines.map((line, index) => text(rightEdge, height - 44 + index * 18, 'small', line, 'end'));
}

function oldestPrice(figures: readonly TierFigures[]): string {
  return figures.flatMap((each) => priceOf(each)?.estimate.oldestPrice ?? []).sort()[0] ?? 'an unknown day';
}

/** The picture in words, for who cannot see it. */
function description(figures: readonly TierFigures[]): string {
  return figures
    .map((each) => {
      const priced = priceOf(each);
      const cost =
        priced === undefined
          ? `not built yet, stated ${statedText(each)}`
          : `${listText(priced)} at list prices, ${place(each)}stated ${statedText(each)}`;
      return `${each.tier.id}, ${grouped(each.tier.dailyUsers)} users a day: ${summaryOf(each.tier).join(', ')}; ${cost} a month.`;
    })
    .join(' ');
}

function text(x: number, y: number, kind: string, content: string, anchor: 'start' | 'end' = 'start'): string {
  return `    <text x="${x}" y="${y}" class="${kind}"${anchor === 'end' ? ' text-anchor="end"' : ''} xml:space="preserve">${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
