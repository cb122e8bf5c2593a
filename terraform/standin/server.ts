import { Server, ServerCredentials, type handleUnaryCall, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { resolve } from 'node:path';
import { catalogFacts, type Facts } from './facts';
import { providerService } from './protocol';
import { provider, type Answer, type Asked, type Provider } from './provider';
import { Store } from './store';

/** The provider that the stand-in stands in for. */
export const PROVIDER_SOURCE = 'registry.terraform.io/digitalocean/digitalocean';
export const PROVIDER_VERSION = '2.71.0';

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
  const server = standinServer({ ...options, state });
  const port = await listen(server, ServerCredentials.createInsecure());
  return { reattach: reattachValue(port), state, stop: () => stop(server) };
}

/** The file with the objects, as an absolute path. */
export function sandboxFile(given: string | undefined): string {
  return resolve(given ?? (process.env[SANDBOX_VARIABLE] || SANDBOX_FILE));
}

/** A server of the plugin protocol that does not listen yet. */
export function standinServer(options: StandinOptions): Server {
  const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_LIMIT, 'grpc.max_send_message_length': MESSAGE_LIMIT });
  const calls = provider(new Store(sandboxFile(options.state)), options.facts ?? catalogFacts);
  server.addService(providerService(), handlers(calls));
  return server;
}

/** Listens on a free loopback port. @returns the port */
export function listen(server: Server, credentials: ServerCredentials): Promise<number> {
  return new Promise((done, fail) => server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error === null ? done(port) : fail(error))));
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    // Terraform keeps its connection open until it ends, and has nothing left to ask.
    server.tryShutdown(() => done());
    server.forceShutdown();
  });
}

function reattachValue(port: number): string {
  const address = { Network: 'tcp', String: `127.0.0.1:${port}` };
  return JSON.stringify({ [PROVIDER_SOURCE]: { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: address } });
}

function handlers(calls: Provider): Record<string, handleUnaryCall<Asked, Answer>> {
  return Object.fromEntries(Object.entries(calls).map(([name, answer]) => [name, handler(answer)]));
}

function handler(answer: (asked: Asked) => Answer | Promise<Answer>): handleUnaryCall<Asked, Answer> {
  return (call: ServerUnaryCall<Asked, Answer>, reply: sendUnaryData<Answer>) => {
    Promise.resolve(call.request)
      .then(answer)
      .then((result) => reply(null, result))
      .catch((reason: Error) => reply({ code: 13, details: reason.message }));
  };
}
