import type { CdkTfJson, JsonObject, JsonValue } from '../../analysis/graph';
import { record } from './documents';

/** The blocks that say which providers there are. */
interface ProviderBlocks {
  readonly provider: JsonObject;
  readonly terraform: JsonObject;
}

/**
 * Providers of both sides. One stays declared for as long as the state may name it, and its configuration goes on waiting for
 * every variable that the merged configuration has.
 * @param base whose settings count where both declare a provider
 */
export function mergedProviders(base: CdkTfJson, other: CdkTfJson, variables: JsonObject): ProviderBlocks {
  const provider = { ...record(other['provider']), ...record(base['provider']) };
  const [mine, theirs] = [record(base['terraform']), record(other['terraform'])];
  return {
    provider: Object.fromEntries(Object.entries(provider).map(([name, blocks]) => [name, waiting(blocks, Object.keys(variables))])),
    terraform: { ...mine, required_providers: { ...record(theirs['required_providers']), ...record(mine['required_providers']) } },
  };
}

/** The argument that every provider block refers to all variables with; see `TierStack`. */
const guard = /^\$\{\[(?:var\.\w+(?:, )?)*\] == null \? null : null\}$/;

function waiting(value: JsonValue, variables: readonly string[]): JsonValue {
  if (typeof value === 'string') return guard.test(value) ? guardOf(variables) : value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => waiting(each, variables));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value as JsonObject).map(([key, each]) => [key, waiting(each, variables)]));
  return value;
}

function guardOf(variables: readonly string[]): JsonValue {
  return variables.length === 0 ? null : `\${[${variables.map((name) => `var.${name}`).join(', ')}] == null ? null : null}`;
}
