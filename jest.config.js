/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdktf.out'],
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  reporters: ['default', '<rootDir>/tools/closing-line.js'],
  // Two cores that other work shares are several times slower.
  testTimeout: 180_000,
  testSequencer: '<rootDir>/tools/slow-first.js',
  // More than cores: the longest tests mostly wait.
  maxWorkers: 4,
};
