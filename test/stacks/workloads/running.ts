import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { teardown } from '../../../stacks/workloads/teardown';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { surroundings } from '../../support/on-standin';
import { scratch } from '../../support/scratch';
import { layers, type Layers } from './fixture';

interface Ran {
  readonly code: number;
  readonly out: string;
}

/** Terraform over both layers, on a stand-in of the file's own, which is started and stopped with its tests. */
export function onStandin() {
  let standin: Standin;
  beforeAll(async () => {
    standin = await startStandin({ state: join(scratch(), 'objects.json'), providers: ['kubernetes', 'helm'] });
  });
  afterAll(() => standin.stop());

  function run(directory: string, ...args: readonly string[]): Promise<Ran> {
    const env = surroundings(directory, standin);
    return new Promise((done) => {
      execFile('terraform', [...args, '-no-color'], { cwd: directory, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), out: stdout + stderr }),
      );
    });
  }

  async function must(directory: string, ...args: readonly string[]): Promise<string> {
    const { code, out } = await run(directory, ...args);
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}:\n${out.slice(-4000)}`);
    return out;
  }

  /** Both layers, initialized, the platform's outputs in its state. */
  async function ready(...given: Parameters<typeof layers>): Promise<Layers> {
    const made = layers(...given);
    await must(made.platform, 'init', '-input=false');
    await must(made.platform, 'apply', '-auto-approve');
    await must(made.workloads, 'init', '-input=false');
    return made;
  }

  /** Takes the workloads down, and holds what Terraform did against the order that we say. */
  async function takenDown(made: Layers): Promise<void> {
    const gone = destroyed(await must(made.workloads, 'destroy', '-auto-approve'));
    const [first] = teardown({ id: 'tier5', json: {}, layers: [{ id: 'tier5-workloads', json: made.json as never }] }).stacks;
    expect([...gone.finished].sort()).toEqual((first?.turns ?? []).flat().sort());
    expect(tooEarly(made.json as never, gone)).toEqual([]);
  }

  return { run, must, ready, takenDown, planned };
}

interface Destroyed {
  readonly started: readonly string[];
  readonly finished: readonly string[];
  readonly lines: readonly string[];
}

function destroyed(out: string): Destroyed {
  const lines = out.split('\n');
  const of = (pattern: RegExp): string[] => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return { started: of(/^(\S+): Destroying\.\.\./), finished: of(/^(\S+): Destruction complete/), lines };
}

/** What began to go before something that refers to it was gone. */
function tooEarly(json: { resource: Record<string, Record<string, unknown>> }, { lines }: Destroyed): string[] {
  const place = (address: string, what: string): number => lines.findIndex((line) => line.startsWith(`${address}: ${what}`));
  return Object.entries(json.resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, block]) => {
      const own = `${type}.${name}`;
      const used = [...new Set(JSON.stringify(block).match(/(?:kubernetes|helm)_[a-z0-9_]+\.[A-Za-z0-9_-]+/g) ?? [])].filter(
        (address) => address !== own && place(address, 'Destroying') >= 0,
      );
      return used
        .filter((address) => place(address, 'Destroying') < place(own, 'Destruction complete'))
        .map((address) => `${address} before ${own}`);
    }),
  );
}

function planned(out: string): string[] {
  return out
    .split('\n')
    .flatMap((line) => /^ {2}# (.*)$/.exec(line)?.[1] ?? [])
    .sort();
}
