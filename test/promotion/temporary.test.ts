import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { removeTemporary, temporary, withTemporary } from '../../promotion/temporary';
import { packageFile } from '../../terraform/package-root';
import { scratch } from '../support/scratch';

// Other processes run what `npm run build` has made.
jest.setTimeout(60_000);

const children: ChildProcess[] = [];
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  removeTemporary();
});

/** Another process, which makes a folder in this one, says its path, and does something. */
async function other(place: string, act: string): Promise<{ readonly child: ChildProcess; readonly folder: string }> {
  const module = JSON.stringify(packageFile('dist', 'promotion', 'temporary.js'));
  const script = `console.log(require(${module}).temporary()); ${act}`;
  const child = spawn(process.execPath, ['-e', script], {
    env: { ...process.env, TMPDIR: place },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, folder: chunk.toString().trim() };
}

test('a folder goes with its process; what one leaves that is killed goes with the next, and what one has that lives stays', async () => {
  const [place, waits] = [scratch(), 'setInterval(() => undefined, 1000)'];
  const [living, killed] = [await other(place, waits), await other(place, waits)];
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  expect(readdirSync(place).toSorted()).toEqual([living, killed].map(({ folder }) => basename(folder)).toSorted());

  const { child } = await other(place, '');
  if (child.exitCode === null) await once(child, 'exit');
  expect(readdirSync(place)).toEqual([basename(living.folder)]);
});

test('one that is needed for a moment goes right after it, also when what was done with it failed', async () => {
  const seen: string[] = [];
  const noted = async (folder: string): Promise<void> => {
    seen.push(folder);
    expect(existsSync(folder)).toBe(true);
  };
  await withTemporary(noted);
  await expect(withTemporary(async (folder) => (await noted(folder), Promise.reject(new Error('no'))))).rejects.toThrow('no');
  const kept = temporary();
  expect([...seen, kept].map((folder) => existsSync(folder))).toEqual([false, false, true]);
  removeTemporary();
  expect(existsSync(kept)).toBe(false);
});
