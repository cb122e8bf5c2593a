import { buildSync } from 'esbuild';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '../../../terraform/standin/lock';
import { objectsOf, Store, withObject, withoutObject } from '../../../terraform/standin/store';
import { scratch } from '../../support/scratch';

const ROOT = join(__dirname, '..', '..', '..');
const type = 'digitalocean_tag';

/** A process id that was in use a moment ago, and is not any more. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** A program that adds objects to the file named by its first argument, one change each, under names that begin with the second. */
function writer(folder: string): string {
  const program = join(folder, 'writer.js');
  const code = `
    import { Store, withObject } from ${JSON.stringify(join(ROOT, 'terraform/standin/store'))};
    const [file, name, count] = process.argv.slice(2);
    const store = new Store(file);
    const all = Array.from({ length: Number(count) }, (_, i) => store.update((a) => [withObject(a, '${type}', name + i, { name: name + i }), undefined]));
    void Promise.all(all);
  `;
  buildSync({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile: program,
    logLevel: 'error',
    absWorkingDir: ROOT,
  });
  return program;
}

function run(program: string, ...args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => execFile(process.execPath, [program, ...args], (error) => (error === null ? done() : fail(error))));
}

test('an account that was never written is empty', () => {
  const store = new Store(join(scratch(), 'none', 'sandbox.json'));
  expect(store.read()).toEqual({ made: {}, objects: {}, contents: {} });
});

test('a change is there for the next reader, and the folder is made for it', async () => {
  const file = join(scratch(), 'new', 'sandbox.json');
  const result = await new Store(file).update((account) => [withObject(account, type, 'a', { name: 'a' }), 7]);
  expect([result, objectsOf(new Store(file).read(), type)]).toEqual([7, [{ name: 'a' }]]);
  await new Store(file).update((account) => [withoutObject(account, type, 'a'), 0]);
  expect(objectsOf(new Store(file).read(), type)).toEqual([]);
});

test('several processes at once lose nothing, and leave no file behind', async () => {
  const room = scratch();
  const [program, file] = [writer(room), join(room, 'account', 'sandbox.json')];
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => run(program, file, name, '40')));
  expect(objectsOf(new Store(file).read(), type)).toHaveLength(160);
  expect(readdirSync(join(room, 'account'))).toEqual(['sandbox.json']);
});

test('a reader never meets half a file', async () => {
  const room = scratch();
  const [program, file] = [writer(room), join(room, 'sandbox.json')];
  const writing = run(program, file, 'x', '150');
  let [ended, reads] = [false, 0];
  void writing.finally(() => (ended = true));
  while (!ended) {
    if (existsSync(file)) expect(() => JSON.parse(readFileSync(file, 'utf8'))).not.toThrow();
    reads += 1;
    await new Promise((next) => setTimeout(next, 1));
  }
  expect(reads).toBeGreaterThan(5);
});

test('changes inside one process take turns', async () => {
  const store = new Store(join(scratch(), 'sandbox.json'));
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((number) => store.update((account) => [account, order.push(number)])));
  expect(order).toEqual([1, 2, 3]);
});

test('a change that throws leaves the account and the lock as they were', async () => {
  const store = new Store(join(scratch(), 'sandbox.json'));
  const broken = store.update(() => {
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  expect(existsSync(`${store.path}.lock`)).toBe(false);
  await expect(store.update((account) => [account, 'after'])).resolves.toBe('after');
});

test('the lock of a process that has ended is taken over', async () => {
  const lock = join(scratch(), 'lock');
  writeFileSync(lock, String(deadProcess()));
  await expect(withFileLock(lock, () => 'mine')).resolves.toBe('mine');
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a living process is waited for, and then named', async () => {
  const lock = join(scratch(), 'lock');
  writeFileSync(lock, String(process.ppid));
  await expect(withFileLock(lock, () => 0, 100)).rejects.toThrow(
    `${lock} has been held for more than 0.1 s by process ${process.ppid}. If no Terraform is running against this sandbox, delete that file.`,
  );
  rmSync(lock);
});

test.each([
  ['what is no JSON', '{', /^.*sandbox\.json does not hold a sandbox: .+\. Repair it, or delete it to start with an empty account/],
  ['what is no account', '[]', /does not hold a sandbox: there is no "objects" in it\./],
])('%s is refused with what to do', (_, content, message) => {
  const file = join(scratch(), 'sandbox.json');
  writeFileSync(file, content);
  expect(() => new Store(file).read()).toThrow(message);
});
