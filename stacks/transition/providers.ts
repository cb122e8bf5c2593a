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
  const [own, others] = [record(base['provider']), record(other['provider'])];
  const provider = Object.fromEntries(
    [...new Set([...Object.keys(others), ...Object.keys(own)])].map((name) => [name, configurations(own[name], others[name])]),
  );
  const [mine, theirs] = [record(base['terraform']), record(other['terraform'])];
  return {
    provider: Object.fromEntries(Object.entries(provider).map(([name, blocks]) => [name, waiting(blocks, Object.keys(variables))])),
    terraform: { ...mine, required_providers: { ...record(theirs['required_providers']), ...record(mine['required_providers']) } },
  };
}

/** A locked stack with every provider configuration that the state may name: without one Terraform stops at each of its objects, and says no word of the lock. */
export function withProvidersOf(locked: CdkTfJson, held: CdkTfJson): CdkTfJson {
  return { ...locked, ...mergedProviders(locked, held, record(locked['variable'])) };
}

/** Every configuration of a provider: a region of its own is one by its alias. */
function configurations(own: JsonValue | undefined, others: JsonValue | undefined): readonly JsonValue[] {
  const [mine, theirs] = [listOf(own), listOf(others)];
  const aliases = new Set(mine.map(aliasOf));
  return [...mine, ...theirs.filter((each) => !aliases.has(aliasOf(each)))];
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function aliasOf(configuration: JsonValue): string {
  const { alias } = record(configuration);
  return typeof alias === 'string' ? alias : '';
}

/** The argument that every provider block refers to all variables with; see `TierStack`. */
const guard = /^\$\{\[(?:var\.\w+(?:, )?)*\] == null \? null : null\}$/;

function waiting(value: JsonValue, variables: readonly string[]): JsonValue {
  if (typeof value === 'string') return guard.test(value) ? guardOf(variables) : value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => waiting(each, variables));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value as JsonObject).map(([key, each]) => [key, waiting(each, variables)]));
  return value;
}

function guardOf(variables: readonly string[]): JsonValue {
  return variables.length === 0 ? null : `\${[${variables.map((name) => `var.${name}`).join(', ')}] == null ? null : null}`;
}
