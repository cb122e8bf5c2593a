import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { awsProvider, firstLine } from './aws-emulator';
import { answering, type Calls, callsOf, request } from './provider-calls';
import { providerMirror } from './provider-mirror';
import { Spoken } from './spoken';

/** Where a provider process runs, and what it finds around it. */
export interface Place {
  /** Folder for its log. */
  readonly folder: string;
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
}

/** hashicorp/aws 5.100.0 for Terraform. */
export interface AwsProvider {
  /** Value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  /** From now on these types are spoken of too; Terraform is told of no others. */
  readonly speakOf: (types: Iterable<string>) => void;
  readonly stop: () => Promise<void>;
}

/** The provider in debug mode: it serves every command, where loading its 1,526 schemas takes most of a short one. */
export async function startProvider({
  folder,
  directory,
  env,
}: Place): Promise<{ readonly process: ChildProcess; readonly reattach: string }> {
  const mirror = providerMirror('hashicorp/aws', awsProvider) ?? '';
  const binary = join(
    mirror,
    'registry.terraform.io',
    'hashicorp',
    'aws',
    awsProvider,
    `${platform()}`,
    `terraform-provider-aws_v${awsProvider}_x5`,
  );
  const child = spawn(binary, ['-debug'], {
    cwd: directory,
    // Its socket, which stays when it is ended, goes with the folder.
    env: { ...env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', openSync(join(folder, 'provider.log'), 'a')],
  });
  const reattach = await firstLine(child, /^TF_REATTACH_PROVIDERS='(.*)'$/, 'the provider');
  child.stdout?.resume();
  return { process: child, reattach };
}

/** The same, to be asked. Closing it ends the process. */
export async function askProvider(place: Place): Promise<Calls> {
  const { process: child, reattach } = await startProvider(place);
  const { ask, close } = callsOf(reattach);
  return {
    ask,
    close: () => {
      close();
      child.kill();
    },
  };
}

/**
 * The provider with any number of configurations, which are several where a stack is in several regions. A process holds one, so
 * each has its own, from when it is first seen until all are stopped. Which of them a call is for, its connection tells:
 * Terraform dials anew for each. What it asks before it configures one, any process answers.
 */
export async function startProviders(place: Place): Promise<AwsProvider> {
  const first = await askProvider(place);
  const spoken = await Spoken.by(first);
  const processes = new Map<string, Promise<Calls>>();
  const peers = new Map<string, Calls>();
  const holding = (configuration: string): Promise<Calls> => {
    const found = processes.get(configuration) ?? (processes.size === 0 ? Promise.resolve(first) : askProvider(place));
    processes.set(configuration, found);
    return found;
  };
  const { reattach, stop } = await answering((name) => (bytes, peer) => (peers.get(peer) ?? first).ask(name, bytes), {
    GetSchema: spoken.schema,
    Configure: async (bytes, peer) => {
      const calls = await holding(JSON.stringify(request('Configure', bytes)['config']));
      peers.set(peer, calls);
      return calls.ask('Configure', bytes);
    },
  });
  return {
    reattach,
    speakOf: spoken.of,
    stop: async () => {
      stop();
      first.close();
      for (const calls of await Promise.allSettled(processes.values())) if (calls.status === 'fulfilled') calls.value.close();
    },
  };
}

function platform(): string {
  return `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
}
