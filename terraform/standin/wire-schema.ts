import type { Attribute, Block, NestedBlock, ProviderData } from './schema';
import { nested } from './schema';

/** The schema as the plugin protocol carries it. */
export function wireSchema(data: ProviderData): object {
  return {
    provider: { version: 0, block: wireBlock(data.provider) },
    resource_schemas: Object.fromEntries(Object.entries(data.resources).map(([type, resource]) => [type, { version: resource.version, block: wireBlock(resource) }])),
    data_source_schemas: {},
    // Lets Terraform keep the schema from one start of the plugin to the next.
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function wireBlock(block: Block): object {
  return {
    version: 0,
    attributes: Object.entries(block.attributes).map(([name, attribute]) => wireAttribute(name, attribute)),
    block_types: nested(block).map(([name, child]) => wireNested(name, child)),
  };
}

function wireAttribute(name: string, { type, mode, sensitive, deprecated }: Attribute): object {
  return {
    name,
    type: Buffer.from(JSON.stringify(type)),
    required: mode === 'R',
    optional: mode === 'O' || mode === 'OC',
    computed: mode === 'C' || mode === 'OC',
    sensitive: sensitive === true,
    deprecated: deprecated !== undefined,
  };
}

function wireNested(name: string, block: NestedBlock): object {
  return { type_name: name, block: wireBlock(block), nesting: block.nesting.toUpperCase(), min_items: block.min ?? 0, max_items: block.max ?? 0 };
}
