import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../cli/program';
import { codeIn, pages, root } from './pages';

const sandboxActions = ['plan', 'apply', 'destroy', 'show', 'reset', 'env'];
/** Of cdktf-cli 0.21. */
const cdktfCommands = ['deploy', 'diff', 'destroy', 'synth'];

const code = pages().flatMap(({ path, text }) => codeIn(text).map((line) => ({ path, line })));

interface Typed {
  readonly path: string;
  readonly line: string;
  readonly words: readonly string[];
}

/** What follows a program's name in a command line, up to the next command. */
function typed(program: RegExp): readonly Typed[] {
  return code.flatMap(({ path, line }) => {
    const words =
      program
        .exec(line)?.[1]
        ?.split(/\s*(?:#|&&|\||;|\))/)[0]
        ?.trim()
        .split(/\s+/) ?? [];
    return words.length === 0 || words[0] === '' ? [] : [{ path, line, words }];
  });
}

const terrace = typed(/(?:^|npx |\$\(|\$ )(?:terrace|npx terrace) ([a-z].*)$/);
const sandboxed = typed(/npm run sandbox -- (.*)$/).map((each) => ({ ...each, words: ['sandbox', ...each.words] }));

async function help(...command: readonly string[]): Promise<string> {
  let text = '';
  const silent = { columns: () => 80, ask: () => Promise.resolve(''), terminal: { input: false, output: false, errors: false } };
  await run([...command, '--help'], { ...silent, env: {}, cwd: root, out: (part) => (text += part), err: () => undefined });
  return text;
}

test('there are commands to check', () => {
  expect(terrace.length).toBeGreaterThan(20);
  expect(sandboxed.length).toBeGreaterThan(2);
});

test('every terrace command exists', async () => {
  const known = [...(await help()).matchAll(/^ {2}([a-z]+)(?: \[options\]| {2,})/gm)].map(([, name]) => name);
  expect(known).toContain('deploy');
  expect(terrace.filter(({ words }) => !known.includes(words[0] ?? ''))).toEqual([]);
});

test('README says of every command that is not built yet that it is not', async () => {
  const built = !(await help('promote')).includes('Not built yet');
  expect(readFileSync(join(root, 'README.md'), 'utf8').includes('Until then `terrace promote` says what can be done instead.')).toBe(
    !built,
  );
});

test('every option of a terrace command exists', async () => {
  const wrong: string[] = [];
  for (const { words, line } of [...terrace, ...sandboxed]) {
    const text = await help(...(words[0] === 'promote' ? words.slice(0, 2) : words.slice(0, 1)));
    wrong.push(
      ...words.filter((word) => word.startsWith('-') && !new RegExp(`[ ,]${word}\\b`).test(text)).map((word) => `${word} in: ${line}`),
    );
  }
  expect(wrong).toEqual([]);
});

test('every action of the sandbox exists', async () => {
  const text = await help('sandbox');
  const used = [...terrace, ...sandboxed]
    .filter(({ words }) => words[0] === 'sandbox' && words.length > 1)
    .map(({ words }) => words[1] ?? '');
  expect(used.filter((action) => action !== 'ACTION' && !sandboxActions.includes(action))).toEqual([]);
  for (const action of sandboxActions) expect(text).toContain(action);
});

test('every script that is named stands in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const used = code.flatMap(({ line }) =>
    [...line.matchAll(/npm (?:run ([a-z][a-z-]*)|(test|start)\b)/g)].map(([, script, short]) => script ?? short ?? ''),
  );
  expect(used).toContain('compile');
  expect(used.filter((script) => !(script in scripts))).toEqual([]);
});

test('every cdktf command is one of those that were tried', () => {
  expect(typed(/npx cdktf (.*)$/).filter(({ words }) => !cdktfCommands.includes(words[0] ?? ''))).toEqual([]);
});
