import {
  Client,
  credentials,
  Server,
  ServerCredentials,
  type MethodDefinition,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { providerService } from '../../terraform/standin/protocol';
import { listen } from '../../terraform/standin/server';

/** Calls of protocol 5 as bytes: what stands between Terraform and a provider reads those alone that it has to understand. */
export interface Calls {
  readonly ask: (name: string, request: Buffer) => Promise<Buffer>;
  readonly close: () => void;
}

/** Answers a call. @param peer tells one connection from another */
export type Answer = (request: Buffer, peer: string) => Promise<Buffer> | Buffer;

type Method = MethodDefinition<unknown, unknown>;
type Message = Readonly<Record<string, unknown>>;

const methods = providerService(5) as Readonly<Record<string, Method>>;
const whole = (bytes: Buffer): Buffer => bytes;
const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** The calls of a provider that runs. @param reattach value of TF_REATTACH_PROVIDERS, with one provider */
export function callsOf(reattach: string): Calls {
  const client = new Client(addressIn(reattach), credentials.createInsecure(), unlimited);
  return { ask: (name, request) => asked(client, callNamed(name).path, request), close: () => client.close() };
}

/**
 * Plays hashicorp/aws.
 * @param passOn what answers the calls that have no answer of their own
 * @returns what Terraform finds it by
 */
export async function answering(
  passOn: (name: string) => Answer,
  own: Readonly<Record<string, Answer>>,
): Promise<{ readonly reattach: string; readonly stop: () => void }> {
  const server = new Server(unlimited);
  const handlers = Object.keys(methods).map((name) => [name, handled(own[name] ?? passOn(name))] as const);
  server.addService(inBytes(), Object.fromEntries(handlers));
  const port = await listen(server, ServerCredentials.createInsecure());
  return { reattach: JSON.stringify({ 'hashicorp/aws': entry(port) }), stop: () => server.forceShutdown() };
}

/** What a call asks. */
export function request(name: string, bytes: Buffer): Message {
  return callNamed(name).requestDeserialize(bytes) as Message;
}

export function requestBytes(name: string, message: Message): Buffer {
  return callNamed(name).requestSerialize(message);
}

/** What a call is answered. */
export function response(name: string, bytes: Buffer): Message {
  return callNamed(name).responseDeserialize(bytes) as Message;
}

export function responseBytes(name: string, message: Message): Buffer {
  return callNamed(name).responseSerialize(message);
}

function inBytes(): Record<string, MethodDefinition<Buffer, Buffer>> {
  const same = { requestSerialize: whole, requestDeserialize: whole, responseSerialize: whole, responseDeserialize: whole };
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, { ...method, ...same }]));
}

function asked(client: Client, path: string, bytes: Buffer): Promise<Buffer> {
  return new Promise((done, fail) => {
    client.makeUnaryRequest(path, whole, whole, bytes, (error, answer) => (error === null ? done(answer ?? Buffer.alloc(0)) : fail(error)));
  });
}

function handled(answer: Answer) {
  return (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>): void => {
    Promise.resolve(call.request)
      .then((bytes) => answer(bytes, call.getPeer()))
      .then((bytes) => reply(null, bytes))
      .catch((reason: Error) => reply({ code: 13, details: reason.message }));
  };
}

function callNamed(name: string): Method {
  const found = methods[name];
  if (found === undefined) throw new Error(`no call ${name}`);
  return found;
}

function addressIn(reattach: string): string {
  const [{ Addr } = { Addr: undefined }] = Object.values(
    JSON.parse(reattach) as Record<string, { readonly Addr: { readonly String: string } }>,
  );
  return `unix:${Addr?.String ?? ''}`;
}

function entry(port: number): object {
  return { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: { Network: 'tcp', String: `127.0.0.1:${port}` } };
}
