import type { Diagram, Item, Page, Row } from './model';
import { countsText } from './page';
import { style } from './html-style';
import { clean, cleanName } from './text';
import type { Way } from '../types';
import { wayFacts, wayTitle } from './way';

/** Text that means itself in HTML, in elements and in attributes. */
export function htmlText(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The page as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
export function htmlPage(page: Page): string {
  const title = htmlText(page.headline);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the findings</a>
<header class="${page.verdict}">
<h1>${title}</h1>
<p>${htmlText(page.subject)}</p>
</header>
<main id="content" tabindex="-1">
${[
  items('Dangerous', 'danger', page.danger, true),
  items('To look at', 'attention', page.attention, true),
  page.way === undefined ? '' : wayOf(page.way),
  table('Money', 'money', page.money, page.moneyNotes),
  table('Capacity', 'capacity', page.capacity, page.capacityNotes),
  changes(page),
  diagrams(page),
  table('Moved', 'moved', page.addresses, []),
  items('Rules and notes', 'low', page.low, false),
  items('Accepted', 'accepted', page.waived, false),
  items('So before already, and not counted', 'existing', page.existing, false),
  notes(page.notes),
]
  .filter((part) => part !== '')
  .join('\n')}
</main>
</body>
</html>
`;
}

function code(name: string): string {
  return `<code>${htmlText(cleanName(name))}</code>`;
}

function items(title: string, id: string, given: readonly Item[], open: boolean): string {
  if (given.length === 0) return '';
  const listed = given.map(
    (item) =>
      `<li class="${item.severity}"><details${open ? ' open' : ''}><summary><span class="id">${htmlText(item.id)}</span> ${htmlText(item.title)}${item.waiver === undefined ? '' : ` <em>${htmlText(item.waiver)}</em>`}</summary>${item.addresses.length > 1 ? `<p>${item.addresses.map(code).join(', ')}</p>` : ''}<ul>${item.sayings.map(({ summary, detail }) => `<li>${item.sayings.length === 1 ? '' : `${htmlText(summary)} `}${htmlText(detail)}</li>`).join('')}</ul><p><strong>What to do:</strong> ${htmlText(item.remedy)}</p></details></li>`,
  );
  return section(title, id, `<ul class="items">${listed.join('\n')}</ul>`);
}

function section(title: string, id: string, content: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${htmlText(title)}</h2>${content}</section>`;
}

function wayOf(way: Way): string {
  const whole = `<details><summary>The whole plan</summary><pre class="wide" tabindex="0">${way.text.split('\n').map(htmlText).join('\n')}</pre></details>`;
  return section(
    wayTitle(way),
    'way',
    `<ul>${wayFacts(way)
      .map((fact) => `<li>${htmlText(fact)}</li>`)
      .join('\n')}</ul><p>Go it with ${code(way.command)}, not by editing the file.</p>${whole}`,
  );
}

function table(title: string, id: string, rows: readonly Row[], given: readonly string[]): string {
  if (rows.length === 0 && given.length === 0) return '';
  const body = rows
    .map(
      ({ label, before, after, change }) =>
        `<tr><th scope="row">${htmlText(label)}</th>${[before, after, change].map((cell) => `<td>${htmlText(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  const whole =
    rows.length === 0
      ? ''
      : `<div class="wide" tabindex="0" role="region" aria-labelledby="${id}"><table><thead><tr><td></td><th scope="col">before</th><th scope="col">after</th><th scope="col">change</th></tr></thead><tbody>${body}</tbody></table></div>`;
  return section(title, id, `${whole}${given.map((note) => `<p class="note">${htmlText(note)}</p>`).join('')}`);
}

function changes(page: Page): string {
  if (page.changes.length === 0) return '';
  const groups = page.changes.map(
    ({ component, counts, lines }) =>
      `<details><summary>${code(component)} ${htmlText(countsText(counts))}</summary><ul>${lines.map(({ sign, address, note }) => `<li><span class="sign" aria-hidden="true">${htmlText(sign)}</span><span class="spoken">${spoken[sign] ?? ''} </span>${code(address)} ${htmlText(note)}</li>`).join('\n')}</ul></details>`,
  );
  return section('Changes by component', 'changes', `<p>${htmlText(countsText(page.counts))}.</p>${groups.join('\n')}`);
}

/** What a screen reader says in place of a sign. */
const spoken: Readonly<Record<string, string>> = {
  '-': 'deleted',
  '-/+': 'replaced',
  x: 'forgotten',
  '~': 'updated',
  '>': 'moved',
  '+': 'created',
};

function diagrams({ before, after }: Page): string {
  const sides = (
    [
      ['Before', before],
      [before === undefined ? 'Before and after' : 'After', after],
    ] as const
  ).flatMap(([title, diagram]) => (diagram === undefined ? [] : [side(title, diagram)]));
  return sides.length === 0 ? '' : section('Components', 'components', `<div class="sides">${sides.join('\n')}</div>`);
}

/** Boxes with what they refer to in words: the same for eyes and for screen readers. */
function side(title: string, { nodes, edges, left }: Diagram): string {
  const boxes = nodes.map(({ component, resources, state }) => {
    const to = edges.filter(({ from }) => from === component).map((edge) => htmlText(cleanName(edge.to)));
    return `<li class="${state}"><strong>${htmlText(cleanName(component))}</strong> <span>${resources} ${resources === 1 ? 'resource' : 'resources'}${state === 'same' ? '' : `, ${state === 'danger' ? 'in danger' : state}`}</span>${to.length === 0 ? '' : `<span class="to">uses ${to.join(', ')}</span>`}</li>`;
  });
  return `<div><h3>${title}</h3><ul class="boxes">${boxes.join('')}${left > 0 ? `<li>and ${left} more</li>` : ''}</ul></div>`;
}

function notes(given: readonly string[]): string {
  return given.length === 0
    ? ''
    : section('How it was found', 'notes', given.map((note) => `<p class="note">${htmlText(note)}</p>`).join(''));
}
