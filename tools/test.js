'use strict';

// `npm test`: format, lint, types, build, then every test. Ends with the one plain line that a pipeline reads.
const { spawnSync } = require('node:child_process');
const { chmodSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { folderForTests } = require('./memory-disk');

const root = join(__dirname, '..');
const room = mkdtempSync(join(folderForTests(), 'terrace-test-'));
// A server that will not run as root, such as PostgreSQL, is started as another user and has to get into its folder.
chmodSync(room, 0o755);
const counts = join(room, 'counts.json');

// Tests make their folders here, so that nothing is left behind even when one is interrupted. Nothing of the person's own
// Terraform configuration, plug-ins or home takes part.
const surroundings = {
  ...process.env,
  TMPDIR: room,
  HOME: room,
  CI: '1',
  CHECKPOINT_DISABLE: '1',
  TERRACE_TEST_COUNTS: counts,
};

const checks = [
  ['format', 'oxfmt', ['--check', '**/*.{ts,js,cjs}']],
  ['lint', 'oxlint', ['--type-aware']],
  ['types', 'tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ['build', 'tsc', ['-p', 'tsconfig.build.json']],
];

function run(program, args) {
  return spawnSync(join(root, 'node_modules', '.bin', program), args, { cwd: root, stdio: 'inherit', env: surroundings }).status ?? 1;
}

function finish(code, { passed, failed, skipped }) {
  rmSync(room, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = code;
}

const broken = checks.find(([name, program, args]) => {
  console.log(`> ${name}`);
  return run(program, args) !== 0;
});
if (broken !== undefined) finish(1, { passed: 0, failed: 1, skipped: 0 });
else {
  const code = run('jest', process.argv.slice(2));
  let told = { passed: 0, failed: 1, skipped: 0 };
  try {
    told = JSON.parse(readFileSync(counts, 'utf8'));
  } catch {
    // Jest ended before it counted: that is a failure too.
  }
  finish(told.passed === 0 ? 1 : code, told);
}
