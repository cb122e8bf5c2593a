import { Server, ServerCredentials, type handleUnaryCall, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { resolve } from 'node:path';
import { catalogFacts, type Facts } from './facts';
import { callName, providerService } from './protocol';
import { provider, type Answer, type Asked, type Provider } from './provider';
import { served, servedProviders, type Served, type ServedName } from './served';
import { Store } from './store';

/** Names the provider that a plugin process serves; DigitalOcean's where it is not set. */
export const PROVIDER_VARIABLE = 'TERRACE_STANDIN_PROVIDER';

/** Where objects are kept when nobody says otherwise, below the working directory. */
export const SANDBOX_FILE = '.terrace/sandbox.json';
/** Names the file with the objects; a relative path is meant from the working directory. */
export const SANDBOX_VARIABLE = 'TERRACE_SANDBOX_STATE';

/** Room for plans of thousands of resources and for states with large objects. */
const MESSAGE_LIMIT = 256 * 1024 * 1024;

export interface StandinOptions {
  /** File with the objects. @default - TERRACE_SANDBOX_STATE, else `.terrace/sandbox.json` in the working directory */
  readonly state?: string;
  /** What its API knows of DigitalOcean. @default - the catalog */
  readonly facts?: Facts;
  /** Providers that it stands in for. @default - every one that it knows */
  readonly providers?: readonly ServedName[];
}

/** A stand-in that runs inside this process. */
export interface Standin {
  /** Value of TF_REATTACH_PROVIDERS: with it Terraform uses this process as its provider. */
  readonly reattach: string;
  /** The file with the objects. */
  readonly state: string;
  readonly stop: () => Promise<void>;
}

/** Starts a stand-in on a free loopback port. Any number of Terraform processes may use it, also at once. */
export async function startStandin(options: StandinOptions = {}): Promise<Standin> {
  const state = sandboxFile(options.state);
  const store = new Store(state);
  const names = options.providers ?? servedProviders.map(({ name }) => name);
  const servers = names.map((name) => ({ provider: served(name), server: serverOf(name, store, options.facts) }));
  const ports = await Promise.all(servers.map(({ server }) => listen(server, ServerCredentials.createInsecure())));
  const entries = servers.map(({ provider: each }, index) => [each.source, reattachEntry(each, ports[index] ?? 0)] as const);
  return {
    reattach: JSON.stringify(Object.fromEntries(entries)),
    state,
    stop: async () => void (await Promise.all(servers.map(({ server }) => stop(server)))),
  };
}

/** The file with the objects, as an absolute path. */
export function sandboxFile(given: string | undefined): string {
  return resolve(given ?? (process.env[SANDBOX_VARIABLE] || SANDBOX_FILE));
}

/** A server of the plugin protocol for one provider, that does not listen yet. */
export function standinServer(options: Pick<StandinOptions, 'state' | 'facts'>, name: ServedName): Server {
  return serverOf(name, new Store(sandboxFile(options.state)), options.facts);
}

function serverOf(name: ServedName, store: Store, facts: Facts = catalogFacts): Server {
  const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_LIMIT, 'grpc.max_send_message_length': MESSAGE_LIMIT });
  const { protocol } = served(name);
  server.addService(providerService(protocol), handlers(provider(store, facts, name), protocol));
  return server;
}

/** Listens on a free loopback port. @returns the port */
export function listen(server: Server, credentials: ServerCredentials): Promise<number> {
  return new Promise((done, fail) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error === null ? done(port) : fail(error))),
  );
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    // Terraform keeps its connection open until it ends, and has nothing left to ask.
    server.tryShutdown(() => done());
    server.forceShutdown();
  });
}

function reattachEntry({ protocol }: Served, port: number): object {
  return {
    Protocol: 'grpc',
    ProtocolVersion: protocol,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
  };
}

function handlers(calls: Provider, protocol: 5 | 6): Record<string, handleUnaryCall<Asked, Answer>> {
  return Object.fromEntries(Object.entries(calls).map(([name, answer]) => [callName(protocol, name), handler(answer)]));
}

function handler(answer: Provider[string]): handleUnaryCall<Asked, Answer> {
  return (call: ServerUnaryCall<Asked, Answer>, reply: sendUnaryData<Answer>) => {
    Promise.resolve(call.request)
      .then((asked) => answer(asked, call.getPeer()))
      .then((result) => reply(null, result))
      .catch((reason: Error) => reply({ code: 13, details: reason.message }));
  };
}
