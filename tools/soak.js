'use strict';

// `npm run soak`: tests that take longer than a commit should wait for. Arguments go to jest: `npm run soak -- aws.soak -t 'tier 5'`.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');
const jest = join(root, 'node_modules', '.bin', 'jest');
const run = spawnSync(
  jest,
  [
    // First: what follows a pattern is taken for another one.
    ...process.argv.slice(2),
    '--testMatch',
    '<rootDir>/test/soak/**/*.soak.ts',
    '--testMatch',
    '<rootDir>/test/analysis/review/corpus/planned.test.ts',
    '--testMatch',
    '<rootDir>/test/stacks/transition/{configurations,second-attempt,pairs,aws-pairs,events}.test.ts',
    '--testMatch',
    '<rootDir>/test/e2e/{aws,aws-plan,deploy,locks}.test.ts',
    '--testMatch',
    '<rootDir>/test/stacks/{in-place,aws-in-place,workloads/layers}.test.ts',
    '--testMatch',
    '<rootDir>/test/constructs/server/{turns,unit}.test.ts',
    '--testMatch',
    '<rootDir>/test/promotion/engine/kills.test.ts',
    '--testMatch',
    '<rootDir>/test/promotion/{objects,redis}/points.test.ts',
    '--testMatch',
    '<rootDir>/test/analysis/selection/{select,variations}.test.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1', TERRACE_SOAK: '1' } },
);
process.exitCode = run.status ?? 1;
