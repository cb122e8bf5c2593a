'use strict';

const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync, statfsSync, writeFileSync } = require('node:fs');
const { freemem, tmpdir } = require('node:os');
const { join } = require('node:path');

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';

/** Bytes that have to be free, in the folder and of the machine: several times what tests side by side were seen to take (0.6 GB). */
const ENOUGH = 4 * 1024 ** 3;

/**
 * Where the folders of tests are made: in memory where it has room, unless TMPDIR says where. They copy a cluster of PostgreSQL some hundreds of
 * times, which costs a disk four times the processor time.
 */
exports.folderForTests = function folderForTests() {
  return process.env.TMPDIR === undefined && hasRoom() && runsPrograms() ? MEMORY : tmpdir();
};

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return Math.min(bavail * bsize, freemem()) >= ENOUGH;
  } catch {
    return false;
  }
}

/** In containers it may be mounted so that it does not, and tests put programs there. */
function runsPrograms() {
  const folder = mkdtempSync(join(MEMORY, 'terrace-'));
  try {
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    return spawnSync(program).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
