import { z } from 'zod';
import { regions } from '../catalog/digitalocean';
import { environmentSchema } from './schema';

/** What the project uses of JSON Schema. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly description?: string;
  /** What is allowed, in words; editors show it in place of their own message. */
  readonly errorMessage?: string;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

/**
 * The environment file as JSON Schema, for editors: completion, descriptions, first mistakes. What only code can check
 * (SSH keys, address ranges, rules between fields) is left to Terrace itself.
 */
export function environmentJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(environmentSchema, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => void Object.assign(jsonSchema, allowedWords(zodSchema)),
  });
  return { $schema, title: 'Terrace environment', ...rest, allOf: [regionsOfDigitalOcean()] } as JsonSchema;
}

/** The error text of a schema is what it allows; see `fields.ts`. */
function allowedWords(schema: z.core.$ZodTypes): { errorMessage?: string } {
  const tell = schema._zod.def.error as ((issue: object) => unknown) | undefined;
  const told = tell?.({ code: 'custom', inst: schema });
  return typeof told === 'string' && told !== '' ? { errorMessage: told } : {};
}

/** "If the platform is DigitalOcean, the region is one of its own", without `if`: one of the two must hold. */
function regionsOfDigitalOcean(): JsonSchema {
  const elsewhere = { properties: { platform: { not: { const: 'digitalocean' } } } };
  const known = { properties: { region: { enum: regions().map((region) => region.slug) } } };
  return {
    anyOf: [known, elsewhere],
    errorMessage: `on digitalocean, one of ${regions()
      .map((region) => region.slug)
      .join(', ')}`,
  };
}
