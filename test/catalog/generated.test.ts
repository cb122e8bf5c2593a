import { join } from 'node:path';
import { compilers, isStale } from '../../tools/compile';

const root = join(__dirname, '..', '..');

test.each(compilers.map((compiler) => [compiler.target, compiler] as const))('%s says what its source says', (_target, compiler) => {
  expect(isStale(compiler, root)).toBe(false);
});
