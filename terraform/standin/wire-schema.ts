import type { Attribute, Block, NestedAttributes, NestedBlock, ProviderData } from './schema';
import { dataSources } from './data-sources';
import { nested } from './schema';
import type { ServedName } from './served';

/** The schema as the plugin protocol carries it. */
export function wireSchema(data: ProviderData, name: ServedName): object {
  return {
    provider: { version: 0, block: wireBlock(data.provider) },
    resource_schemas: Object.fromEntries(
      Object.entries(data.resources).map(([type, resource]) => [type, { version: resource.version, block: wireBlock(resource) }]),
    ),
    data_source_schemas:
      name === 'digitalocean'
        ? Object.fromEntries(Object.entries(dataSources).map(([type, block]) => [type, { version: 0, block: wireBlock(block) }]))
        : {},
    // Lets Terraform keep the schema from one start of the plugin to the next.
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function wireBlock(block: Block): object {
  return {
    version: 0,
    attributes: Object.entries(block.attributes).map(([name, attribute]) => wireAttribute(name, attribute)),
    block_types: nested(block).map(([name, child]) => wireNested(name, child)),
    deprecated: block.deprecated !== undefined,
  };
}

function wireAttribute(name: string, { type, nested: inner, mode, sensitive, deprecated, writeOnly }: Attribute): object {
  return {
    name,
    ...(inner === undefined ? { type: Buffer.from(JSON.stringify(type)) } : { nested_type: wireObject(inner) }),
    required: mode === 'R',
    optional: mode === 'O' || mode === 'OC',
    computed: mode === 'C' || mode === 'OC',
    sensitive: sensitive === true,
    deprecated: deprecated !== undefined,
    write_only: writeOnly === true,
  };
}

function wireObject({ nesting, attributes }: NestedAttributes): object {
  return {
    nesting: nesting.toUpperCase(),
    attributes: Object.entries(attributes).map(([name, attribute]) => wireAttribute(name, attribute)),
  };
}

function wireNested(name: string, block: NestedBlock): object {
  return {
    type_name: name,
    block: wireBlock(block),
    nesting: block.nesting.toUpperCase(),
    min_items: block.min ?? 0,
    max_items: block.max ?? 0,
  };
}
