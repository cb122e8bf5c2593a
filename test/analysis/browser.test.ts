import { runInNewContext } from 'node:vm';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..', '..');

/** What the pure rooms have in one file for a browser, and every module that went into it. */
async function bundle(code: string): Promise<{ readonly text: string; readonly inputs: readonly string[] }> {
  const {
    outputFiles: [file],
    metafile,
  } = await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'terrace',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return { text: file?.text ?? '', inputs: Object.keys(metafile.inputs) };
}

test('capacity and selection run in a browser unchanged: no node module, no framework, no provider', async () => {
  const { text, inputs } = await bundle(
    "export { select, selectionToJson } from './analysis/selection';\nexport { listBook } from './analysis/pricing';\nexport { capacityOf, checkLoad } from './analysis/capacity';\n",
  );
  expect(inputs.filter((input) => /node_modules/.test(input) && !/node_modules\/decimal\.js\//.test(input))).toEqual([]);
  expect(inputs.filter((input) => /^(constructs|stacks|terraform|environments|cli|promotion)\//.test(input))).toEqual([]);
  expect(text).not.toMatch(/["']node:|require\(["'](fs|path|os|crypto|process)["']\)/);
  // A global object with what a browser has and Node's own things have not: the same answer as here.
  const answer = runInNewContext(
    `${text}; JSON.stringify(terrace.selectionToJson(terrace.select({ load: { users: 500 } }, terrace.listBook())))`,
    {},
  ) as string;
  expect(JSON.parse(answer)).toMatchObject({ tier: 'tier3', platform: 'digitalocean', monthly: '708.20' });
}, 180_000);
