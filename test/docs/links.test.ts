import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { anchorsIn, pages, root } from './pages';

interface Link {
  readonly page: string;
  readonly target: string;
}

const links: readonly Link[] = pages().flatMap(({ path, text }) =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page: path, target })),
);
const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));

/** The file a link leads to; a link that is only an anchor leads to its own page. */
function fileOf({ page, target }: Link): string {
  const [path = ''] = target.split('#');
  return path === '' ? page : relative(root, join(root, dirname(page), path));
}

test('there are links to check', () => {
  expect(inside.length).toBeGreaterThan(20);
});

test('every link within the project leads to a file', () => {
  expect(inside.filter((link) => !existsSync(join(root, fileOf(link))))).toEqual([]);
});

test('every link to a heading finds it', () => {
  const anchored = inside.filter(({ target }) => target.includes('#'));
  const lost = anchored.filter(
    (link) => !anchorsIn(readFileSync(join(root, fileOf(link)), 'utf8')).includes(link.target.split('#')[1] ?? ''),
  );
  expect(lost).toEqual([]);
});

test('no page names a place on the machine it was written on', () => {
  expect(
    pages()
      .filter(({ text }) => /(?:^|[\s"'`(])\/(?:work|root|home|opt|farm|tmp)\//m.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
});
