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
import { type DynamicValue, fromDynamic, toDynamic, type ValueMap } from '../../terraform/standin/values';
import { type Block, Inventor, type Type, typeOf } from './aws-invented';
import { offlineArguments, offlineSurroundings } from './aws-offline';
import { startProvider } from './aws-stack';
import { within } from './protobuf';
import { scratch } from './scratch';

/**
 * hashicorp/aws with no cloud behind it: Terraform's questions go to the provider and its answers back, to the byte; but what the
 * provider would do at AWS is taken as done, and what AWS would say is made up. So plans are the provider's own, over a state that
 * it planned itself, and no call leaves the machine.
 */
export interface Echo {
  /** Value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  /** From now on these types are spoken of too; Terraform reads no others, of which the provider has 1,526: that takes longer than most plans. */
  readonly speakOf: (types: Iterable<string>) => void;
  readonly stop: () => void;
}

type Method = MethodDefinition<unknown, unknown>;
type Answered = Readonly<Record<string, unknown>>;

const calls = providerService(5) as Readonly<Record<string, Method>>;
const whole = (bytes: Buffer): Buffer => bytes;
const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
/** Starts the provider and what stands between it and Terraform. */
export async function startEcho(): Promise<Echo> {
  const room = scratch('terrace-aws-echo-');
  const provider = await startProvider(room, room, { PATH: process.env['PATH'], HOME: room, ...offlineSurroundings });
  const client = new Client(addressIn(provider.reattach), credentials.createInsecure(), unlimited);
  const ask = (name: string, bytes: Buffer) => asked(client, callNamed(name).path, bytes);
  const everything = await ask('GetSchema', Buffer.alloc(0));
  const types = new Set<string>();
  const schema = () => within(everything, types);
  const inventor = new Inventor();
  const known = new Map<string, Type>();
  const typeNamed = (name: string): Type => {
    const type = known.get(name) ?? typeOf(blockOf(within(everything, new Set([name])), name));
    known.set(name, type);
    return type;
  };

  const handlers: Readonly<Record<string, (request: Buffer) => Promise<Buffer> | Buffer>> = {
    ...Object.fromEntries(Object.keys(calls).map((name) => [name, (bytes: Buffer) => ask(name, bytes)])),
    GetSchema: schema,
    Configure: (bytes) => {
      const { terraform_version, config } = decoded('Configure', bytes);
      const given = fromDynamic(config as DynamicValue) as ValueMap;
      return ask(
        'Configure',
        callNamed('Configure').requestSerialize({ terraform_version, config: toDynamic({ ...given, ...offlineArguments }) }),
      );
    },
    ReadResource: (bytes) => {
      const { current_state, private: kept } = decoded('ReadResource', bytes);
      return encoded('ReadResource', { new_state: current_state, private: kept });
    },
    ApplyResourceChange: (bytes) => {
      const { type_name, planned_state, planned_private } = decoded('ApplyResourceChange', bytes);
      const type = String(type_name);
      const state = inventor.settled(type, fromDynamic(planned_state as DynamicValue), typeNamed(type));
      return encoded('ApplyResourceChange', { new_state: toDynamic(state), private: planned_private, legacy_type_system: true });
    },
  };
  const server = new Server(unlimited);
  server.addService(passedOn(), Object.fromEntries(Object.entries(handlers).map(([name, answer]) => [name, handled(answer)])));
  const port = await listen(server, ServerCredentials.createInsecure());
  return {
    reattach: JSON.stringify({ 'hashicorp/aws': entry(port) }),
    speakOf: (more) => [...more].forEach((type) => types.add(type)),
    stop: () => {
      client.close();
      server.forceShutdown();
      provider.process.kill();
    },
  };
}

/** The service with its messages as bytes. */
function passedOn(): Record<string, MethodDefinition<Buffer, Buffer>> {
  const same = { requestSerialize: whole, requestDeserialize: whole, responseSerialize: whole, responseDeserialize: whole };
  return Object.fromEntries(Object.entries(calls).map(([name, method]) => [name, { ...method, ...same }]));
}

function asked(client: Client, path: string, bytes: Buffer): Promise<Buffer> {
  return new Promise((done, fail) => {
    client.makeUnaryRequest(path, whole, whole, bytes, (error, answer) => (error === null ? done(answer ?? Buffer.alloc(0)) : fail(error)));
  });
}

function handled(answer: (request: Buffer) => Promise<Buffer> | Buffer) {
  return (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>): void => {
    Promise.resolve(call.request)
      .then(answer)
      .then((bytes) => reply(null, bytes))
      .catch((reason: Error) => reply({ code: 13, details: reason.message }));
  };
}

function callNamed(name: string): Method {
  const found = calls[name];
  if (found === undefined) throw new Error(`no call ${name}`);
  return found;
}

function decoded(name: string, bytes: Buffer): Answered {
  return callNamed(name).requestDeserialize(bytes) as Answered;
}

function encoded(name: string, answer: Answered): Buffer {
  return callNamed(name).responseSerialize(answer);
}

function blockOf(schema: Buffer, type: string): Block {
  const { resource_schemas } = callNamed('GetSchema').responseDeserialize(schema) as {
    readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  };
  const found = resource_schemas[type];
  if (found === undefined) throw new Error(`nobody spoke of ${type}`);
  return found.block;
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
