import { table, wrap } from '../../../values/text-table';
import type { Item, Page, Row } from './model';
import { countsText } from './page';
import { clean, cleanName, logLine } from './text';
import type { Way } from '../types';
import { wayTitle } from './way';

/** How the writer colours. All of them may give the text as it is. */
export interface Ink {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

/** The page for a terminal. @param width in columns @default 100 */
export function terminalPage(page: Page, ink: Ink, width = 100): string {
  const colour = { dangerous: ink.red, attention: ink.yellow, safe: ink.green }[page.verdict];
  return [
    ink.bold(colour(clean(page.headline))),
    ...short(page.danger).map((line) => ink.red(line)),
    ink.dim(clean(page.subject)),
    ...section('What to do', [...new Set(page.danger.map((item) => `${item.id}: ${item.remedy}`))], ink, width),
    ...section('What each says', page.danger.flatMap(saying), ink, width),
    ...section('To look at', page.attention.flatMap(itemLines), ink, width),
    ...(page.way === undefined ? [] : wayLines(page.way, ink)),
    ...rows('Money', page.money, page.moneyNotes, ink, width),
    ...rows('Capacity', page.capacity, page.capacityNotes, ink, width),
    ...changes(page, ink),
    ...section('Worth knowing', page.low.flatMap(itemLines), ink, width),
    ...section('Accepted', page.waived.flatMap(itemLines), ink, width),
    ...section(
      'So before already, and not counted',
      page.existing.map(({ id, title, addresses }) => `${id}: ${title}${addresses.length > 1 ? '' : ` (${addresses.join(', ')})`}`),
      ink,
      width,
    ),
    ...section('How it was found', page.notes, ink, width),
    '',
  ]
    .map(logLine)
    .join('\n');
}

/** One line for each kind of danger, with every address. */
function short(items: readonly Item[]): readonly string[] {
  return items.map(
    ({ id, title, addresses }) => `  ${id}  ${clean(title)}${addresses.length > 1 ? ` ${addresses.map(cleanName).join(', ')}` : ''}`,
  );
}

function saying({ sayings }: Item): readonly string[] {
  return sayings.map(({ summary, detail }) => `${summary} ${detail}`);
}

function itemLines(item: Item): readonly string[] {
  return [
    `${item.id}: ${item.title}${item.waiver === undefined ? '' : ` (${item.waiver})`}`,
    ...(item.addresses.length > 1 ? [item.addresses.map(cleanName).join(', ')] : []),
    item.remedy,
  ];
}

function section(title: string, texts: readonly string[], { bold }: Ink, width: number): readonly string[] {
  return texts.length === 0
    ? []
    : [
        '',
        bold(title),
        ...texts.flatMap((text) => wrap(clean(text), width - 4).map((line, index) => `  ${index === 0 ? '' : '  '}${line}`)),
      ];
}

function wayLines(way: Way, { bold }: Ink): readonly string[] {
  return ['', bold(clean(wayTitle(way))), `  $ ${clean(way.command)}`, ...way.text.split('\n').map((line) => `  ${clean(line)}`.trimEnd())];
}

function rows(title: string, given: readonly Row[], notes: readonly string[], { bold, dim }: Ink, width: number): readonly string[] {
  const columns = [
    { title: '' },
    { title: 'before', align: 'right' as const },
    { title: 'after', align: 'right' as const },
    { title: 'change', align: 'right' as const },
  ];
  const body =
    given.length === 0
      ? []
      : table(
          columns,
          given.map(({ label, before, after, change }) => [label, before, after, change].map(cleanName)),
          width - 2,
        );
  return [
    '',
    bold(title),
    ...body.map((line) => `  ${line}`),
    ...notes.flatMap((note) => wrap(clean(note), width - 4).map((line) => dim(`  ${line}`))),
  ];
}

function changes(page: Page, { bold, red, yellow, green }: Ink): readonly string[] {
  const colours: Readonly<Record<string, (text: string) => string>> = { '-': red, '-/+': red, x: yellow, '~': yellow, '+': green };
  const groups = page.changes.flatMap(({ component, counts, lines }) => [
    `  ${cleanName(component)}: ${countsText(counts)}`,
    ...lines.map(({ sign, address, note }) =>
      (colours[sign] ?? ((text: string) => text))(`    ${sign.padEnd(4)}${cleanName(address)}${note === '' ? '' : `  (${clean(note)})`}`),
    ),
  ]);
  return groups.length === 0 ? [] : ['', bold(`Changes: ${countsText(page.counts)}`), ...groups];
}
