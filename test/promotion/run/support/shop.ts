import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../../cli/project';
import type { Clusters } from '../../../../promotion/rehearse/clusters';
import { packageFile } from '../../../../terraform/package-root';
import { startStandin } from '../../../../terraform/standin/server';
import { type Outcome, type } from '../../../cli/desk';
import { project } from '../../../support/project';
import { openPair, type Pair } from '../../engine/support/pair';

/** An environment on the stand-in, whose databases are real servers of this machine. */
export interface Shop {
  readonly folder: string;
  readonly pair: Pair;
  /** `terrace ...`, in this process. */
  readonly terrace: (...args: readonly string[]) => Promise<Outcome>;
  /** `terrace ...` as a process of its own, which is killed -9 as soon as it says something; without that it is awaited. */
  readonly killed: (at: RegExp, ...args: readonly string[]) => Promise<Ending>;
  /** The environment file. */
  readonly file: string;
  readonly text: () => string;
  /** Addresses in the state. */
  readonly addresses: () => readonly string[];
  /** Where the app is led. */
  readonly port: () => number;
  readonly end: () => Promise<void>;
}

/** How a process ended: no code when it was killed. */
export interface Ending {
  readonly code: number | null;
  readonly said: string;
}

const examples = join(__dirname, '..', '..', '..', '..', 'environments', 'examples');

/** Where the next tier can be built too: cards are sold in few regions. */
const regions: Readonly<Record<string, string>> = { tier3: 'tor1' };

/** The example of a tier under the name shop, as a real environment: protected. */
export function shopFile(tier: string): string {
  return readFileSync(join(examples, `digitalocean-${tier}.yaml`), 'utf8')
    .replace(/^name: .*$/m, 'name: shop')
    .replace(/^region: .*$/m, (line) => (tier in regions ? `region: ${regions[tier]}` : line))
    .replace(/\n# For a real environment[\s\S]*$/, '\n');
}

export async function openShop(clusters: Clusters, tier: string): Promise<Shop> {
  const folder = project({ shop: shopFile(tier) });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  const [standin, pair] = await Promise.all([startStandin({ state: join(folder, 'sandbox.json') }), openPair(clusters)]);
  if (tier === 'tier1') await pair.sql('source', 'create role terrace_mover login superuser');
  giveAccess(folder, pair, tier);
  const env = {
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_REATTACH_PROVIDERS: standin.reattach,
    TF_VAR_secret_session_key: 'first',
  };
  const file = join(folder, 'environments', 'shop.yaml');
  return {
    folder,
    pair,
    file,
    terrace: (...args) => type(args, openProject, { cwd: folder, env: { TERRACE_ENVIRONMENT: 'shop', ...env } }),
    killed: (at, ...args) =>
      endingOf(
        spawn(process.execPath, [packageFile('bin', 'terrace.js'), ...args], {
          cwd: folder,
          env: { ...process.env, TERRACE_ENVIRONMENT: 'shop', NO_COLOR: '1', ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
        at,
      ),
    text: () => readFileSync(file, 'utf8'),
    addresses: () => addressesIn(join(folder, '.terrace', 'state', 'shop.tfstate')),
    port: () => (JSON.parse(readFileSync(join(pair.folder, 'endpoint.json'), 'utf8')) as { port: number }).port,
    end: async () => {
      await Promise.all([standin.stop(), pair.end()]);
    },
  };
}

function endingOf(child: ChildProcess, at: RegExp): Promise<Ending> {
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += chunk.toString('utf8');
    if (at.test(said)) child.kill('SIGKILL');
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve({ code, said })));
}

/** The stand-in's databases have addresses that lead nowhere; this is how the test's machine reaches the ones that stand for them. */
function giveAccess(folder: string, { settings }: Pair, tier: string): void {
  const place = ({ host, port, database, user }: typeof settings.source) => ({ host, port, database, user, sslmode: 'disable' });
  // On tier 1 the release makes the role that moves the data; the server's name for it is the test's own.
  const { user, ...where } = place(settings.source);
  const access = {
    source: tier === 'tier1' ? where : { ...where, user },
    target: place(settings.targets[0] as typeof settings.source),
    route: settings.route,
    windowSeconds: 5,
    stillSeconds: 6,
  };
  mkdirSync(join(folder, '.terrace', 'promotion'), { recursive: true });
  writeFileSync(join(folder, '.terrace', 'promotion', 'shop.access.yaml'), JSON.stringify(access));
}

function addressesIn(file: string): readonly string[] {
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resources: readonly { readonly type: string; readonly name: string }[];
  };
  return resources.map(({ type: kind, name }) => `${kind}.${name}`).sort();
}
