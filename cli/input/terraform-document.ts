import type { JsonObject, JsonValue } from '../../analysis/graph';
import type { JsonStream } from './json-stream';

/**
 * What an analysis of costs needs of a document that Terraform wrote, or of any other JSON document as it stands. Of plans and
 * states only what will exist is kept: nulls, values before the change and what is marked as sensitive are left out, which is most of it.
 */
export function readDocument(stream: JsonStream): JsonValue {
  if (!stream.isObject()) {
    const value = stream.take();
    stream.end();
    return value;
  }
  const document: Record<string, JsonValue> = {};
  stream.object((key) => {
    const read = Object.hasOwn(members, key) ? (members[key] ?? takeAsItIs) : takeAsItIs;
    const value = read(stream);
    if (value !== undefined && key !== '__proto__') document[key] = value;
  });
  stream.end();
  return document;
}

type Read = (stream: JsonStream) => JsonValue | undefined;

const takeAsItIs: Read = (stream) => stream.take();

const leaveOut: Read = (stream) => {
  stream.skip();
  return undefined;
};

/** Members of plans and states. What is not named here is read as it is: the document may be of another kind. */
const members: Readonly<Record<string, Read>> = {
  planned_values: (stream) => valuesIn(stream),
  values: (stream) => valuesIn(stream),
  resource_changes: (stream) => eachOf(stream, () => slimChange(stream.take())),
  prior_state: leaveOut,
  resource_drift: leaveOut,
  relevant_attributes: leaveOut,
  output_changes: leaveOut,
  checks: leaveOut,
};

function valuesIn(stream: JsonStream): JsonValue {
  return membersOf(stream, { root_module: () => moduleIn(stream) });
}

function moduleIn(stream: JsonStream): JsonValue {
  return membersOf(stream, {
    address: () => stream.take(),
    resources: () => eachOf(stream, () => slimResource(stream.take())),
    child_modules: () => eachOf(stream, () => moduleIn(stream)),
  });
}

/** The named members of an object; the others are left out. What is no object is read as it is, for the reader of the graph to refuse. */
function membersOf(stream: JsonStream, read: Readonly<Record<string, () => JsonValue>>): JsonValue {
  if (!stream.isObject()) return stream.take();
  const found: Record<string, JsonValue> = {};
  stream.object((key) => {
    const one = Object.hasOwn(read, key) ? read[key] : undefined;
    if (one === undefined) stream.skip();
    else found[key] = one();
  });
  return found;
}

function eachOf(stream: JsonStream, item: () => JsonValue | undefined): JsonValue {
  if (!stream.isList()) return stream.take();
  const items: JsonValue[] = [];
  stream.list(() => {
    const value = item();
    if (value !== undefined) items.push(value);
  });
  return items;
}

function slimResource(resource: JsonValue): JsonValue | undefined {
  if (!isObject(resource)) return resource;
  if (resource['mode'] === 'data') return undefined;
  return without(chosen(resource, ['address', 'type', 'name', 'provider_name', 'values', 'depends_on']));
}

function slimChange(change: JsonValue): JsonValue | undefined {
  if (!isObject(change)) return change;
  if (change['mode'] === 'data') return undefined;
  const detail = isObject(change['change']) ? change['change'] : {};
  const actions = detail['actions'];
  const gone = Array.isArray(actions) && !actions.includes('create') && (actions.includes('delete') || actions.includes('forget'));
  return {
    ...chosen(change, ['address', 'type', 'name', 'module_address', 'provider_name', 'deposed']),
    change: without(chosen(detail, ['actions', 'after_unknown', ...(gone ? ['before'] : [])])),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function chosen(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])));
}

/** An object without nulls, which say the same as what is absent. */
function without(object: JsonObject): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(object)) if (value !== null && key !== '__proto__') kept[key] = isObject(value) ? without(value) : value;
  return kept;
}
