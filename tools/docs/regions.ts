/** Texts by the name of the region that they fill. Made only when asked for: some need a synthesis. */
export type Regions = Readonly<Record<string, () => string>>;

/**
 * A page with each of its generated regions written anew; the words around them stay.
 * A region begins with `<!-- NAME: written by npm run compile -->` and ends with `<!-- end of NAME -->`.
 * @throws Error when a mark is missing
 */
export function fillRegions(page: string, regions: Regions): string {
  return Object.entries(regions).reduce((text, [name, content]) => fill(text, name, content()), page);
}

function fill(page: string, name: string, content: string): string {
  const begin = `<!-- ${name}: written by npm run compile -->`;
  const end = `<!-- end of ${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page lacks the marks "${begin}" and "${end}"`);
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}

/** A Markdown table. Bars in cells are escaped. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const rule = titles.map((_, index) => (right.includes(index) ? '---:' : '---'));
  return [titles, rule, ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}
