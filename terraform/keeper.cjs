// @ts-check
'use strict';

/**
 * Stands between Terrace and Terraform while Terraform holds the state: `node keeper.cjs PROGRAM ARGUMENT...`
 *
 * Terraform must end in order, or what it was just creating exists without being in the state. It runs in a session of
 * its own, so that Ctrl-C in a terminal reaches it once and not twice (the second interrupt makes it give up the state).
 * When Terrace is killed outright, the pipe on our standard input ends: Terraform is then interrupted once and its
 * output is still read to the end, because a write into a closed pipe would kill it at once.
 */
const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const [program, ...rest] = process.argv.slice(2);
if (program === undefined) throw new Error('keeper: no program given');

/** @type {{ kill(signal: 'SIGINT'): unknown } | undefined} */
let terraform;
let interrupted = false;

function interruptOnce() {
  if (interrupted) return;
  interrupted = true;
  terraform?.kill('SIGINT');
}

// Before Terraform starts: a signal in between would end us and leave it alone.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, interruptOnce);
const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
terraform = child;
for (const stream of [process.stdout, process.stderr, process.stdin]) stream.on('error', () => undefined);
child.stdout.on('data', (chunk) => process.stdout.write(chunk));
child.stderr.on('data', (chunk) => process.stderr.write(chunk));
process.stdin.on('close', interruptOnce);
process.stdin.resume();

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  finish(127);
});
child.on('close', (code, signal) => finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));

/** @param {number} code */
function finish(code) {
  process.exitCode = code;
  process.stdin.removeListener('close', interruptOnce);
  process.stdin.destroy();
}
