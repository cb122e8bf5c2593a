import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import { alone } from '../../../promotion/run/alone';
import { packageFile } from '../../../terraform/package-root';
import { type } from '../../cli/desk';
import { project } from '../../support/project';
import { scratch } from '../../support/scratch';

// These run what `npm run build` has made: what is locked out is another process.
jest.setTimeout(60_000);

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** Another process, which does something alone. */
function other(folder: string, act: string): ChildProcess {
  const module = JSON.stringify(packageFile('dist', 'promotion', 'run', 'alone.js'));
  const script = `const { alone } = require(${module}); const fs = require('node:fs');
    const act = async () => { ${act} };
    (async () => { for (;;) try { return await alone(${JSON.stringify(folder)}, 'shop', act); } catch (error) { if (error.code !== 'PROMOTION_LOCKED') throw error; } })();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function holding(folder: string): Promise<ChildProcess> {
  const child = other(folder, `console.log('in'); setInterval(() => undefined, 1000); await new Promise(() => undefined);`);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

const place = (folder: string): string => join(folder, 'shop.lock');
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(String, (error: { code?: string }) => error.code);

test('a second process is refused, says whom it waits for, and one that was killed keeps nobody out', async () => {
  const folder = scratch();
  const child = await holding(folder);
  const [file = ''] = readdirSync(place(folder));
  await expect(alone(folder, 'shop', () => Promise.resolve('mine'))).rejects.toMatchObject({
    code: 'PROMOTION_LOCKED',
    message: `Nothing was changed: another command is at work on the promotion of shop (process ${child.pid} on ${hostname()}). Wait until it is done, or end it, and run this again. A process that is dead holds nothing; one of another machine that is gone leaves ${join(place(folder), file)}, which is yours to delete.`,
  });
  // Another environment is another promotion.
  expect(await codeOf(alone(folder, 'staging', () => Promise.resolve('mine')))).toBe('mine');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await codeOf(alone(folder, 'shop', () => Promise.resolve('mine')))).toBe('mine');
  expect(readdirSync(place(folder))).toEqual([]);
});

test('of processes that begin at once one works at a time', async () => {
  const folder = scratch();
  const log = join(folder, 'log');
  appendFileSync(log, '');
  const note = (what: string): string => `fs.appendFileSync(${JSON.stringify(log)}, '${what} ' + process.pid + '\\n');`;
  const all = [1, 2, 3, 4].map(() => other(folder, `${note('in')} await new Promise((done) => setTimeout(done, 50)); ${note('out')}`));
  await Promise.all(all.map((child) => once(child, 'exit')));
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const ins = lines.filter((line) => line.startsWith('in '));
  expect(lines).toEqual(ins.flatMap((line) => [line, line.replace('in', 'out')]));
  expect(ins.map((line) => line.slice(3)).toSorted()).toEqual(all.map(({ pid }) => String(pid)).toSorted());
});

test('a later process of the same number is another one; of another machine nobody can say', async () => {
  const folder = scratch();
  mkdirSync(place(folder));
  writeFileSync(join(place(folder), `${process.pid},1,${encodeURIComponent(hostname())},left`), '');
  expect(await codeOf(alone(folder, 'shop', () => Promise.resolve('mine')))).toBe('mine');
  writeFileSync(join(place(folder), '1,1,elsewhere,left'), '');
  expect(await codeOf(alone(folder, 'shop', () => Promise.resolve('mine')))).toBe('PROMOTION_LOCKED');
});

test('what fails lets others in', async () => {
  const folder = scratch();
  expect(await codeOf(alone(folder, 'shop', () => Promise.reject(Object.assign(new Error('no'), { code: 'NO' }))))).toBe('NO');
  expect(await codeOf(alone(folder, 'shop', () => Promise.resolve('mine')))).toBe('mine');
});

test('whatever changes an environment is refused meanwhile, and whoever looks or pauses is not', async () => {
  const example = readFileSync(packageFile('environments', 'examples', 'digitalocean-tier2.yaml'), 'utf8');
  const cwd = project({ shop: `${example.replaceAll('digitalocean-tier2', 'shop')}\npromotion: { to: tier3, phase: migrate }\n` });
  writeFileSync(join(cwd, 'cdktf.json'), '{}');
  const codes = async (...actions: readonly string[]) =>
    Promise.all(actions.map(async (action) => [action, (await type(['promote', action, 'shop'], openProject, { cwd })).code]));
  const all = await alone(join(cwd, '.terrace', 'promotion'), 'shop', () =>
    codes('run', 'rollback', 'abandon', 'contract', 'status', 'doctor', 'pause'),
  );
  expect(all).toEqual([
    ['run', 20],
    ['rollback', 20],
    ['abandon', 20],
    ['contract', 20],
    ['status', 0],
    ['doctor', 0],
    ['pause', 0],
  ]);
  expect((await type(['promote', 'contract', 'shop'], openProject, { cwd })).err).not.toContain('another command');
});
