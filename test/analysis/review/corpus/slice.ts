import type { JsonObject, JsonValue } from '../../../../analysis/graph';
import { bodies, isObject, objectAt } from '../../../../analysis/graph/json';

/** The plan of one module, as if its configuration had been planned by itself. */
export function slice(plan: JsonObject, key: string): JsonObject {
  const prefix = `module.${key}.`;
  const within = (one: JsonObject): boolean => String(one['address']).startsWith(prefix);
  const child = (values: JsonValue | undefined): JsonObject => ({
    root_module: bodies(objectAt(values, 'root_module')['child_modules']).find((one) => one['address'] === prefix.slice(0, -1)) ?? {},
  });
  const calls = objectAt(objectAt(objectAt(plan['configuration'], 'root_module'), 'module_calls'), key);
  const mine: JsonObject = {
    ...plan,
    resource_changes: bodies(plan['resource_changes']).filter(within),
    planned_values: child(plan['planned_values']),
    prior_state: { ...objectAt(plan, 'prior_state'), values: child(objectAt(plan, 'prior_state')['values']) },
    configuration: { ...objectAt(plan, 'configuration'), root_module: objectAt(calls, 'module') },
  };
  return unprefixed(mine, prefix) as JsonObject;
}

function unprefixed(value: JsonValue, prefix: string): JsonValue {
  if (typeof value === 'string') return value.startsWith(prefix) ? value.slice(prefix.length) : value;
  if (Array.isArray(value)) return value.map((one) => unprefixed(one as JsonValue, prefix));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === 'module_address' ? [] : [[key, unprefixed(one ?? null, prefix)]])),
  );
}
