import { loadPackageDefinition, type ServiceDefinition, type GrpcObject, type ServiceClientConstructor } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

// Terraform's plugin protocols 5 and 6: the messages that a provider without data sources, functions and ephemeral resources
// needs, each field as `number type`. `*` before a type repeats it, `string>type` is a map.
// Source: field numbers of tfplugin5, versions 5.3 to 5.5, as published with terraform-plugin-go 0.14. Protocol 6 renames calls
// and adds nested attributes; "write only" came with 5.8 and 6.8.
type Message = {
  readonly fields?: Readonly<Record<string, string>>;
  readonly nested?: Readonly<Record<string, Message>>;
  readonly oneof?: string;
};
type Enum = Readonly<Record<string, number>>;

const enums: Readonly<Record<string, Enum>> = {
  Severity: { INVALID: 0, ERROR: 1, WARNING: 2 },
  NestingMode: { INVALID: 0, SINGLE: 1, LIST: 2, SET: 3, MAP: 4, GROUP: 5 },
};

const messages: Readonly<Record<string, Message>> = {
  DynamicValue: { fields: { msgpack: '1 bytes', json: '2 bytes' } },
  Diagnostic: { fields: { severity: '1 Severity', summary: '2 string', detail: '3 string', attribute: '4 AttributePath' } },
  AttributePath: {
    fields: { steps: '1 *Step' },
    nested: {
      Step: { oneof: 'selector', fields: { attribute_name: '1 string', element_key_string: '2 string', element_key_int: '3 int64' } },
    },
  },
  RawState: { fields: { json: '1 bytes', flatmap: '2 string>string' } },
  Schema: {
    fields: { version: '1 int64', block: '2 Block' },
    nested: {
      Block: { fields: { version: '1 int64', attributes: '2 *Attribute', block_types: '3 *NestedBlock', deprecated: '6 bool' } },
      Attribute: {
        fields: {
          name: '1 string',
          type: '2 bytes',
          required: '4 bool',
          optional: '5 bool',
          computed: '6 bool',
          sensitive: '7 bool',
          deprecated: '9 bool',
          write_only: '10 bool',
        },
      },
      NestedBlock: {
        fields: { type_name: '1 string', block: '2 Block', nesting: '3 NestingMode', min_items: '4 int64', max_items: '5 int64' },
      },
    },
  },
};

/** What a schema looks like in protocol 6: an attribute may have attributes of its own. */
const schema6: Message = {
  ...messages['Schema'],
  nested: {
    ...messages['Schema']?.nested,
    Attribute: { fields: { ...messages['Schema']?.nested?.['Attribute']?.fields, nested_type: '10 Object', write_only: '11 bool' } },
    Object: { fields: { attributes: '1 *Attribute', nesting: '3 NestingMode' } },
  },
};

/** Calls that protocol 6 names otherwise. */
const names6: Readonly<Record<string, string>> = {
  GetSchema: 'GetProviderSchema',
  PrepareProviderConfig: 'ValidateProviderConfig',
  ValidateResourceTypeConfig: 'ValidateResourceConfig',
  ValidateDataSourceConfig: 'ValidateDataResourceConfig',
  Configure: 'ConfigureProvider',
  Stop: 'StopProvider',
};

/** What a call of protocol 5 is called in a protocol. */
export function callName(protocol: 5 | 6, call: string): string {
  return protocol === 6 ? (names6[call] ?? call) : call;
}

/** Request and response of each call, in the order in which Terraform makes them. */
const calls: Readonly<Record<string, { readonly request: Message; readonly response: Message }>> = {
  GetSchema: {
    request: {},
    response: {
      fields: {
        provider: '1 Schema',
        resource_schemas: '2 string>Schema',
        data_source_schemas: '3 string>Schema',
        diagnostics: '4 *Diagnostic',
        server_capabilities: '6 Capabilities',
      },
      nested: { Capabilities: { fields: { plan_destroy: '1 bool', get_provider_schema_optional: '2 bool' } } },
    },
  },
  PrepareProviderConfig: call({ config: '1 DynamicValue' }, { prepared_config: '1 DynamicValue', diagnostics: '2 *Diagnostic' }),
  ValidateResourceTypeConfig: call({ type_name: '1 string', config: '2 DynamicValue' }, { diagnostics: '1 *Diagnostic' }),
  ValidateDataSourceConfig: call({ type_name: '1 string', config: '2 DynamicValue' }, { diagnostics: '1 *Diagnostic' }),
  UpgradeResourceState: call(
    { type_name: '1 string', version: '2 int64', raw_state: '3 RawState' },
    { upgraded_state: '1 DynamicValue', diagnostics: '2 *Diagnostic' },
  ),
  Configure: call({ terraform_version: '1 string', config: '2 DynamicValue' }, { diagnostics: '1 *Diagnostic' }),
  ReadResource: call(
    { type_name: '1 string', current_state: '2 DynamicValue', private: '3 bytes' },
    { new_state: '1 DynamicValue', diagnostics: '2 *Diagnostic', private: '3 bytes' },
  ),
  PlanResourceChange: call(
    {
      type_name: '1 string',
      prior_state: '2 DynamicValue',
      proposed_new_state: '3 DynamicValue',
      config: '4 DynamicValue',
      prior_private: '5 bytes',
    },
    {
      planned_state: '1 DynamicValue',
      requires_replace: '2 *AttributePath',
      planned_private: '3 bytes',
      diagnostics: '4 *Diagnostic',
      legacy_type_system: '5 bool',
    },
  ),
  ApplyResourceChange: call(
    {
      type_name: '1 string',
      prior_state: '2 DynamicValue',
      planned_state: '3 DynamicValue',
      config: '4 DynamicValue',
      planned_private: '5 bytes',
    },
    { new_state: '1 DynamicValue', private: '2 bytes', diagnostics: '3 *Diagnostic', legacy_type_system: '4 bool' },
  ),
  ImportResourceState: {
    request: { fields: { type_name: '1 string', id: '2 string' } },
    response: {
      fields: { imported_resources: '1 *Imported', diagnostics: '2 *Diagnostic' },
      nested: { Imported: { fields: { type_name: '1 string', state: '2 DynamicValue', private: '3 bytes' } } },
    },
  },
  ReadDataSource: call({ type_name: '1 string', config: '2 DynamicValue' }, { state: '1 DynamicValue', diagnostics: '2 *Diagnostic' }),
  Stop: call({}, { Error: '1 string' }),
};

function call(
  request: Readonly<Record<string, string>>,
  response: Readonly<Record<string, string>>,
): { request: Message; response: Message } {
  return { request: { fields: request }, response: { fields: response } };
}

/** The service that Terraform calls on a provider. */
export function providerService(protocol: 5 | 6 = 5): ServiceDefinition {
  const named = Object.fromEntries(Object.entries(calls).map(([name, messagesOf]) => [callName(protocol, name), messagesOf]));
  const types = protocol === 6 ? { ...messages, Schema: schema6 } : messages;
  const schema = callName(protocol, 'GetSchema');
  const { [schema]: asked, ...others } = service(
    `tfplugin${protocol}`,
    {
      ...mapValues(enums, (values) => ({ values })),
      ...mapValues(types, messageJson),
      ...mapValues(named, ({ request, response }) => ({ nested: { Request: messageJson(request), Response: messageJson(response) } })),
      Provider: { methods: mapValues(named, (_, name) => ({ requestType: `${name}.Request`, responseType: `${name}.Response` })) },
    },
    'Provider',
  );
  return asked === undefined ? others : { ...others, [schema]: { ...asked, responseSerialize: once(asked.responseSerialize) } };
}

/** A schema is long, every command of Terraform asks for it, and it is the same object each time: that is written out once. */
function once(write: (answer: object) => Buffer): (answer: object) => Buffer {
  const written = new WeakMap<object, Buffer>();
  return (answer) => {
    const bytes = written.get(answer) ?? write(answer);
    written.set(answer, bytes);
    return bytes;
  };
}

/** The service by which Terraform tells a plugin process to end (go-plugin's GRPCController). */
export function controllerService(): ServiceDefinition {
  return service(
    'plugin',
    { Empty: { fields: {} }, GRPCController: { methods: { Shutdown: { requestType: 'Empty', responseType: 'Empty' } } } },
    'GRPCController',
  );
}

function service(name: string, nested: object, serviceName: string): ServiceDefinition {
  const definition = fromJSON({ nested: { [name]: { nested } } } as Parameters<typeof fromJSON>[0], { longs: Number, enums: String });
  const room = loadPackageDefinition(definition)[name] as GrpcObject;
  return (room[serviceName] as ServiceClientConstructor).service;
}

function messageJson(message: Message): object {
  const fields = message.fields ?? {};
  return {
    fields: mapValues(fields, fieldJson),
    ...(message.nested === undefined ? {} : { nested: mapValues(message.nested, messageJson) }),
    ...(message.oneof === undefined ? {} : { oneofs: { [message.oneof]: { oneof: Object.keys(fields) } } }),
  };
}

function fieldJson(field: string): object {
  const [id, type] = field.split(' ') as [string, string];
  if (type.includes('>')) return { id: Number(id), keyType: type.split('>')[0], type: type.split('>')[1] };
  return type.startsWith('*') ? { id: Number(id), rule: 'repeated', type: type.slice(1) } : { id: Number(id), type };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From, key: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
