#!/usr/bin/env node
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'cli', 'main.js');
if (existsSync(built)) {
  void require('../dist/cli/main.js').main();
} else {
  console.error('Error: Terrace is not built. Run: npm run build');
  process.exitCode = 1;
}
