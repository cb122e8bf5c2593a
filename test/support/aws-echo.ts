import { type DynamicValue, fromDynamic, toDynamic, type ValueMap } from '../../terraform/standin/values';
import { type Block, Inventor, type Type, typeOf } from './aws-invented';
import { offlineArguments, offlineSurroundings } from './aws-offline';
import { askProvider, type AwsProvider } from './aws-provider';
import { type Answer, answering, request, requestBytes, response, responseBytes } from './provider-calls';
import { scratch } from './scratch';
import { Spoken } from './spoken';

/**
 * hashicorp/aws with no cloud behind it: Terraform's questions go to the provider and its answers back, to the byte; but what the
 * provider would do at AWS is taken as done, and what AWS would say is made up. So plans are the provider's own, over a state that
 * it planned itself, and no call leaves the machine.
 */
export async function startEcho(): Promise<AwsProvider> {
  const room = scratch('terrace-aws-echo-');
  const provider = await askProvider({
    folder: room,
    directory: room,
    env: { PATH: process.env['PATH'], HOME: room, ...offlineSurroundings },
  });
  const spoken = await Spoken.by(provider);
  const { reattach, stop } = await answering((name) => (bytes) => provider.ask(name, bytes), {
    GetSchema: spoken.schema,
    Configure: (bytes) => provider.ask('Configure', offline(bytes)),
    ReadResource: unchanged,
    ApplyResourceChange: madeUp(spoken),
  });
  return {
    reattach,
    speakOf: spoken.of,
    stop: async () => {
      stop();
      provider.close();
    },
  };
}

/** A configuration with which the provider asks nobody. */
function offline(bytes: Buffer): Buffer {
  const { terraform_version, config } = request('Configure', bytes);
  const given = fromDynamic(config as DynamicValue) as ValueMap;
  return requestBytes('Configure', { terraform_version, config: toDynamic({ ...given, ...offlineArguments }) });
}

function unchanged(bytes: Buffer): Buffer {
  const { current_state, private: kept } = request('ReadResource', bytes);
  return responseBytes('ReadResource', { new_state: current_state, private: kept });
}

function madeUp(spoken: Spoken): Answer {
  const inventor = new Inventor();
  const known = new Map<string, Type>();
  const typeNamed = (name: string): Type => {
    const type = known.get(name) ?? typeOf(blockOf(spoken.schemaOf(name), name));
    known.set(name, type);
    return type;
  };
  return (bytes) => {
    const { type_name, planned_state, planned_private } = request('ApplyResourceChange', bytes);
    const type = String(type_name);
    const state = inventor.settled(type, fromDynamic(planned_state as DynamicValue), typeNamed(type));
    return responseBytes('ApplyResourceChange', { new_state: toDynamic(state), private: planned_private, legacy_type_system: true });
  };
}

function blockOf(schema: Buffer, type: string): Block {
  const { resource_schemas } = response('GetSchema', schema) as {
    readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  };
  const found = resource_schemas[type];
  if (found === undefined) throw new Error(`nobody spoke of ${type}`);
  return found.block;
}
