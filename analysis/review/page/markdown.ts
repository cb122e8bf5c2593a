import type { ComponentChanges, Diagram, Item, Page, Row } from './model';
import { countsText } from './page';
import { clean, cleanName } from './text';
import type { Way } from '../types';
import { wayFacts, wayTitle } from './way';

/** The longest comment that GitHub takes, in characters. */
export const longestComment = 65_536;

const icons = { dangerous: '🛑', attention: '⚠️', safe: '✅' } as const;

/** Text that means itself in Markdown: no markup, no HTML, no link, no person called. */
export function markdownText(text: string): string {
  return (
    clean(text)
      // `:white_check_mark:` would be a picture, and `/merge` at the beginning of a line a command of GitLab.
      .replace(/:(?=[\w+-]+:)/g, ':\u200b')
      .replace(/^(\s*)\/(?=[a-z])/, '$1\u200b/')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/([\\`*_{}[\]()#+!|~$])/g, '\\$1')
      .replaceAll('@', '@\u200b')
      .replace(/:\/\//g, ':\u200b//')
      .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\u200b.`)
      .replace(/\\#(?=\d)/g, '\\#\u200b')
      .replace(/^(\s*)([-=])/, '$1\\$2')
      .replace(/^(\s*\d+)\./, '$1\\.')
  );
}

/** A name in code. Backticks in it cannot end it. */
export function markdownCode(name: string): string {
  return codeSpan(cleanName(name));
}

function codeSpan(text: string): string {
  const plain = text.replaceAll('|', '\\|');
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}

/** The page as Markdown for GitHub and GitLab: always short enough for a comment, and never without what is dangerous. */
export function markdownPage(page: Page): string {
  for (const detail of ['all', 'components', 'counts', 'bare'] as const) {
    const made = render(page, detail);
    if (made.length < longestComment) return made;
  }
  return render(
    {
      ...page,
      danger: page.danger.map((item) => counting(item, page.danger.length)),
      low: [],
      attention: [],
      waived: [],
      existing: [],
      changes: [],
    },
    'bare',
  );
}

/** Of thousands of resources the first, how many there are, and of which types: every kind of danger keeps its line. */
function counting(item: Item, items: number): Item {
  const share = Math.floor(40_000 / Math.max(items, 1));
  const fitting = fittingIn(item.addresses, share);
  const left = item.addresses.length - fitting.length;
  return left === 0
    ? item
    : {
        ...item,
        title: `${item.title.slice(0, 300)} ${item.addresses.length} resources; ${left} of them are named in the whole review only.`,
        addresses: fitting,
      };
}

function fittingIn(addresses: readonly string[], characters: number): readonly string[] {
  let used = 0;
  const end = addresses.findIndex((address) => (used += cleanName(address).length + 4) > characters);
  return end < 0 ? addresses : addresses.slice(0, end);
}

/** How much is told of what is not dangerous. */
type Detail = 'all' | 'components' | 'counts' | 'bare';

function render(page: Page, detail: Detail): string {
  const blocks = [
    `## ${icons[page.verdict]} ${markdownText(page.headline)}`,
    page.danger.map((item) => dangerLine(item, detail)).join('\n'),
    `_${markdownText(page.subject)}_`,
    detail === 'bare'
      ? ''
      : list(
          '### To look at',
          page.attention.map((item) => itemLine(item, detail)),
        ),
    page.way === undefined ? '' : wayOf(page.way, detail),
    figures('### Money', page.money, page.moneyNotes, detail),
    figures('### Capacity', page.capacity, page.capacityNotes, detail),
    changes(page, detail),
    detail === 'bare' || detail === 'counts' ? '' : diagrams(page),
    list(
      '### Rules and notes',
      [...page.low, ...(detail === 'bare' ? page.attention : [])].map((item) => itemLine(item, detail)),
    ),
    list(
      '### Accepted',
      page.waived.map((item) => itemLine(item, detail)),
    ),
    detail === 'all' || detail === 'components'
      ? folded('What each danger means, and what to do', [...new Set(page.danger.flatMap(fullLines))])
      : '',
    folded(
      `So before already, and not counted: ${page.existing.reduce((sum, { addresses }) => sum + addresses.length, 0)}`,
      detail === 'all'
        ? page.existing.map((item) => itemLine(item, detail))
        : page.existing.map((item) => `- ${markdownText(item.id)}: ${item.addresses.length}`),
    ),
    folded(
      'How it was found',
      page.notes.map((note) => `- ${markdownText(note)}`),
    ),
    detail === 'all' ? '' : '_Shortened to fit a comment. The whole review: `terrace review`, as terminal, html or json._',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Every dangerous line names all of its resources. Where that does not fit, names of one type share it. */
function dangerLine({ id, title, addresses, sayings }: Item, detail: Detail): string {
  const [only] = sayings;
  const why =
    only !== undefined && sayings.length === 1 && (detail === 'all' || detail === 'components') ? ` ${markdownText(only.detail)}` : '';
  const named =
    addresses.length === 1 ? '' : ` ${(detail === 'bare' ? packed(addresses).map(codeSpan) : addresses.map(markdownCode)).join(', ')}`;
  return `- **${markdownText(id)}** ${markdownText(title)}${named}${why}`;
}

/** `aws_ebs_volume.{a, b, c}`. */
function packed(addresses: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const address of addresses.map(cleanName)) {
    const at = address.lastIndexOf('.');
    const head = at < 0 ? '' : address.slice(0, at + 1);
    groups.set(head, [...(groups.get(head) ?? []), address.slice(at + 1)]);
  }
  return [...groups].map(([head, names]) => (names.length === 1 ? `${head}${names[0]}` : `${head}{${names.join(', ')}}`));
}

function itemLine({ id, title, addresses, remedy, waiver }: Item, detail: Detail): string {
  const shown = detail === 'all' ? addresses : addresses.slice(0, 10);
  const rest = addresses.length - shown.length;
  const named =
    addresses.length === 1 && title.includes(addresses[0] ?? '')
      ? ''
      : ` ${shown.map(markdownCode).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return `- **${markdownText(id)}** ${markdownText(title)}${named}${waiver === undefined ? '' : ` (${markdownText(waiver)})`}${detail === 'all' ? ` ${markdownText(remedy)}` : ''}`;
}

function fullLines({ id, sayings, remedy }: Item): readonly string[] {
  return [
    `- **${markdownText(id)}**: ${markdownText(remedy)}`,
    ...(sayings.length === 1 ? [] : sayings).map(({ summary, detail }) => `  - ${markdownText(summary)} ${markdownText(detail)}`),
  ];
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, '', ...lines].join('\n');
}

function folded(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`<details><summary>${markdownText(title)}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

/** The way to another tier: what it asks for at sight, the whole plan folded. */
function wayOf(way: Way, detail: Detail): string {
  const whole = detail === 'all' || detail === 'components' ? folded('The whole plan', fenced(way.text)) : '';
  return [
    `### ${markdownText(wayTitle(way))}`,
    '',
    ...wayFacts(way).map((fact) => `- ${markdownText(fact)}`),
    '',
    `Go it with ${markdownCode(way.command)}, not by editing the file.`,
    ...(whole === '' ? [] : ['', whole]),
  ].join('\n');
}

/** Text as it stands, between fences that nothing in it can end. */
function fenced(text: string): readonly string[] {
  const lines = text.split('\n').map(clean);
  const fence = '`'.repeat(Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length))) + 1);
  return [`${fence}text`, ...lines, fence];
}

function figures(title: string, rows: readonly Row[], notes: readonly string[], detail: Detail): string {
  const shown = detail === 'bare' || detail === 'counts' ? rows.slice(0, 6) : rows.slice(0, 40);
  const left = rows.length - shown.length;
  const body =
    shown.length === 0
      ? []
      : [
          '| | before | after | change |',
          '|---|---:|---:|---:|',
          ...shown.map(({ label, before, after, change }) => `| ${[label, before, after, change].map(markdownText).join(' | ')} |`),
          '',
        ];
  return [title, '', ...body, ...(left > 0 ? [`And ${left} more.`, ''] : []), ...notes.map(markdownText)].join('\n');
}

function changes(page: Page, detail: Detail): string {
  if (page.changes.length === 0) return '';
  const shown = detail === 'bare' || detail === 'counts' ? page.changes.slice(0, 30) : page.changes;
  const left = page.changes.length - shown.length;
  const table = [
    '| component | delete | replace | forget | update | move | create |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...shown.map(componentRow),
    ...(left > 0 ? [`| and ${left} more | | | | | | |`] : []),
  ];
  const lines =
    detail === 'all'
      ? shown.flatMap(({ component, lines: own }) =>
          own.map(
            ({ sign, address, note }) =>
              `- ${markdownText(component)}: ${markdownCode(sign)} ${markdownCode(address)}${note === '' ? '' : ` ${markdownText(note)}`}`,
          ),
        )
      : [];
  return [
    '### Changes by component',
    '',
    `${countsText(page.counts)}.`,
    '',
    ...table,
    ...(lines.length === 0 ? [] : ['', folded('Every resource that changes', lines)]),
  ].join('\n');
}

function componentRow({ component, counts }: ComponentChanges): string {
  const cells = [counts.delete, counts.replace, counts.forget, counts.update, counts.move, counts.create].map((count) =>
    count === 0 ? '' : String(count),
  );
  return `| ${[markdownText(cleanName(component)), ...cells].join(' | ')} |`;
}

function diagrams({ before, after }: Page): string {
  const both = [
    ['Before', before],
    [before === undefined ? 'Before and after' : 'After', after],
  ] as const;
  return both
    .flatMap(([title, diagram]) => (diagram === undefined ? [] : [folded(`${title}: components`, ['```mermaid', mermaid(diagram), '```'])]))
    .join('\n\n');
}

/** A diagram as Mermaid. Names stand in quotes, as entities where they could end them. */
export function mermaid({ nodes, edges, left }: Diagram): string {
  const ids = new Map(nodes.map(({ component }, index) => [component, `c${index}`]));
  return [
    'flowchart LR',
    ...nodes.map(
      ({ component, resources, state }) =>
        `  ${ids.get(component)}["${label(component)}<br/>${resources}"]${state === 'same' ? '' : `:::${state}`}`,
    ),
    ...edges.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    ...(left > 0 ? [`  more["and ${left} more"]`] : []),
    '  classDef danger fill:#b42318,color:#fff,stroke:#7a271a',
    '  classDef removed fill:#fee4e2,color:#7a271a,stroke:#b42318,stroke-dasharray:4',
    '  classDef added fill:#d1fadf,color:#054f31,stroke:#027a48',
    '  classDef changed fill:#fef0c7,color:#7a2e0e,stroke:#b54708',
  ].join('\n');
}

function label(name: string): string {
  return cleanName(name)
    .slice(0, 60)
    .replace(/[^\p{L}\p{N} ._:/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
