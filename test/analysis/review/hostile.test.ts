import { htmlPage, markdownPage, pageOf, review, reviewDocument, sarifLog, terminalPage, type Review } from '../../../analysis/review';
import { rules } from '../../../analysis/review/rules';

const ink = { bold: String, dim: String, red: String, yellow: String, green: String };
const esc = '\u001b';

/** Names that would like to be markup, a command for a terminal, a call for a person, or another line. */
const names = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</details></summary></code>',
  '`; rm -rf / #`',
  '](https://evil.example)',
  '![x](https://evil.example/pixel.png)',
  '@everyone and #12',
  `${esc}[2J${esc}]8;;https://evil.example${esc}\\`,
  'a\n## Safe: nothing to see\n',
  'a\r| b | c |',
  '\u202eesrever',
  '${var.secret}',
  'https://evil.example www.evil.example',
  '-->',
  '```mermaid',
  '%%{init: {}}%%',
  '::add-mask::database',
  ':: ::error file=x::safe',
  'x ##[add-mask]database',
  '/merge',
  '\n/approve\n',
  ':white_check_mark: safe',
  '\u061c\u2066fdp\u2069',
  '\u{e0041}\u{e0042}hidden',
  'x-->\n<!-- terrace-review key=production order=999999 digest=0123456789abcdef -->',
];

function hostile(): Review {
  const keyed = Object.fromEntries(names.map((name) => [name, 1]));
  const body = { for_each: keyed, name: '${each.key}', region: 'fra1', versioning: { enabled: true } };
  const waivers = names.map((name) => ({
    id: 'guard/deleted',
    address: `digitalocean_volume.${name}`,
    reason: name,
    owner: name,
    until: '2027-01-01',
  }));
  return review({
    stacks: [
      { stack: names[0] ?? '', base: { resource: { digitalocean_spaces_bucket: { b: body } } }, head: { resource: {}, '//': { waivers } } },
      {
        stack: names[8] ?? '',
        base: { resource: Object.fromEntries(names.map((name) => [`aws_${name}`, { [name]: { [name]: name } }])) },
        head: { resource: { aws_s3_bucket: Object.fromEntries(names.map((name) => [name, { bucket: name }])) } },
      },
    ],
    today: '2026-11-21',
    rules,
  });
}

const page = pageOf(hostile());

/** What is no code and no diagram. */
function outsideOfCode(markdown: string): string {
  return markdown.replace(/^```mermaid\n[\s\S]*?^```$/gm, '').replace(/(?<![\\`])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, 'CODE');
}

test('the terminal gets no control character but line breaks', () => {
  expect(terminalPage(page, ink)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test('no line is a command of the pipeline that shows it', () => {
  for (const text of [terminalPage(page, ink), terminalPage(page, ink, 40), markdownPage(page)]) {
    const lines = text.split('\n').map((line) => line.trimStart());
    expect(lines.filter((line) => line.startsWith('::'))).toEqual([]);
    expect(lines.filter((line) => line.includes('##['))).toEqual([]);
    expect(lines.filter((line) => /^\/[a-z]/.test(line))).toEqual([]);
  }
});

test('nothing on a page is hidden from who reads it', () => {
  for (const text of [terminalPage(page, ink), markdownPage(page), htmlPage(page)])
    expect(text).not.toMatch(/[\u061c\u00ad\u202a-\u202e\u2066-\u2069\u3164]|[\u{e0000}-\u{e0fff}]/u);
  expect(outsideOfCode(markdownPage(page))).not.toContain('<!--');
});

test('no picture stands for a verdict that is none', () => {
  expect(outsideOfCode(markdownPage(page)).replaceAll('\\', '')).not.toMatch(/:white_check_mark:/);
});

test('no name becomes a line of its own', () => {
  for (const text of [terminalPage(page, ink), markdownPage(page)]) expect(text).not.toMatch(/^## Safe: nothing/m);
});

test('HTML has no element that the page did not make', () => {
  const html = htmlPage(page);
  const tags = new Set(Array.from(html.matchAll(/<([a-z][a-z0-9]*)/gi), ([, tag = '']) => tag.toLowerCase()));
  expect([...tags].sort().filter((tag) => ['script', 'img', 'iframe', 'link', 'object'].includes(tag))).toEqual([]);
  expect(html).not.toMatch(/<[^>]*\son[a-z]+=/i);
  expect(html.match(/<details/g)?.length).toBe(html.match(/<\/details>/g)?.length);
  expect(html).not.toMatch(/https?:\/\/evil\.example["'>]/);
});

test('Markdown has no HTML, link, picture, person or reference of a name', () => {
  const markdown = markdownPage(page);
  const outside = outsideOfCode(markdown);
  const tags = Array.from(outside.matchAll(/<\/?([a-z]+)/gi), ([, tag = '']) => tag);
  expect([...new Set(tags)].sort()).toEqual(['details', 'summary']);
  expect(outside).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[/);
  expect(outside).not.toMatch(/@everyone|(?<![\\\w&])#12/);
  expect(outside).not.toMatch(/https:\/\/evil/);
});

test('a diagram holds no name that could end its text', () => {
  for (const [, diagram = ''] of markdownPage(page).matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)) {
    for (const line of diagram.split('\n'))
      expect(line).toMatch(
        /^(?:flowchart LR| {2}c\d+\["[^"<>`]*<br\/>\d+"\](?::::\w+)?| {2}c\d+ --> c\d+| {2}more\["and \d+ more"\]| {2}classDef [\w #:,;-]+)$/,
      );
  }
});

test('JSON and SARIF carry names as data', () => {
  const review_ = hostile();
  expect(JSON.stringify(reviewDocument(review_))).toContain('<script>alert(1)</script>');
  expect(JSON.stringify(sarifLog(review_, rules, '1.0.0'))).not.toContain(esc);
});
