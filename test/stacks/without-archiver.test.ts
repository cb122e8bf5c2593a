import { execFileSync } from 'node:child_process';
import { packageFile } from '../../terraform/package-root';

/** Runs a line of JavaScript in a process of its own, because jest has a module cache of its own. */
function inProcess(line: string, loaded = 'stacks/synthesize.js'): unknown {
  const script = `const { createRequire } = require('node:module'); require(${JSON.stringify(packageFile('dist', loaded))}); console.log(JSON.stringify(${line}));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

test.each(['stacks/synthesize.js', 'promotion/plan-of.js'])('CDKTF is there, its archiver is not loaded: %s', (loaded) => {
  expect(
    inProcess(
      `['cdktf/lib/app.js', 'archiver'].map((part) => Object.keys(require.cache).some((file) => file.includes('/node_modules/' + part)))`,
      loaded,
    ),
  ).toEqual([true, false]);
});

test('who asks for the archiver afterwards gets the real one', () => {
  const fromCdktf = `createRequire(require.resolve(${JSON.stringify(packageFile('node_modules', 'cdktf', 'lib', 'index.js'))}))`;
  expect(inProcess(`typeof ${fromCdktf}('archiver').create`)).toBe('function');
});
