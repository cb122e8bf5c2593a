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
    const value = ((Object.hasOwn(members, key) ? members[key] : undefined) ?? take)(stream);
    if (value !== undefined && key !== '__proto__') document[key] = value;
  });
  stream.end();
  return document;
}

type Read = (stream: JsonStream) => JsonValue | undefined;

const take: Read = (stream) => stream.take();

const leaveOut: Read = (stream) => {
  stream.skip();
  return undefined;
};

/** An object without the members that are null, which say the same as what is absent. */
const withoutNulls: Read = (stream) => {
  if (!stream.isObject()) return stream.take();
  const kept: Record<string, JsonValue> = {};
  stream.object((key) => {
    if (stream.isNull() || key === '__proto__') stream.skip();
    else kept[key] = stream.take();
  });
  return kept;
};

const names = { address: take, type: take, name: take, mode: take, provider_name: take };

const resource: Readonly<Record<string, Read>> = { ...names, depends_on: take, values: withoutNulls };

const resources: Read = (stream) => listOf(stream, () => managed(membersOf(stream, resource)));

const module_: Readonly<Record<string, Read>> = {
  address: take,
  resources,
  child_modules: (stream) => listOf(stream, () => membersOf(stream, module_)),
};

const values: Read = (stream) => membersOf(stream, { root_module: () => membersOf(stream, module_) });

const change: Readonly<Record<string, Read>> = { ...names, module_address: take, deposed: take, change: changeDetail };

/** Members of plans and states. What is not named here is read as it is: the document may be of another kind. */
const members: Readonly<Record<string, Read>> = {
  planned_values: values,
  values,
  resource_changes: (stream) => listOf(stream, () => managed(membersOf(stream, change))),
  prior_state: leaveOut,
  resource_drift: leaveOut,
  relevant_attributes: leaveOut,
  output_changes: leaveOut,
  checks: leaveOut,
};

/** What was is kept of what goes only: its values are all that is known of it. Terraform writes the actions first. */
function changeDetail(stream: JsonStream): JsonValue | undefined {
  let actions: JsonValue | undefined;
  const detail = membersOf(stream, {
    actions: () => (actions = stream.take()),
    before: () => (actions === undefined || isGone(actions) ? withoutNulls(stream) : leaveOut(stream)),
    after_unknown: withoutNulls,
  });
  if (!isObject(detail) || isGone(actions)) return detail;
  const { before: _before, ...rest } = detail;
  return rest;
}

function isGone(actions: JsonValue | undefined): boolean {
  return Array.isArray(actions) && !actions.includes('create') && (actions.includes('delete') || actions.includes('forget'));
}

/** Data sources cost nothing and change nothing. */
function managed(value: JsonValue): JsonValue | undefined {
  return isObject(value) && value['mode'] === 'data' ? undefined : value;
}

/** The named members of an object; the others are left out. What is no object is read as it is, for the reader of the graph to refuse. */
function membersOf(stream: JsonStream, read: Readonly<Record<string, Read>>): JsonValue {
  if (!stream.isObject()) return stream.take();
  const found: Record<string, JsonValue> = {};
  stream.object((key) => {
    const one = Object.hasOwn(read, key) ? read[key] : undefined;
    const value = (one ?? leaveOut)(stream);
    if (value !== undefined) found[key] = value;
  });
  return found;
}

function listOf(stream: JsonStream, item: () => JsonValue | undefined): JsonValue {
  if (!stream.isList()) return stream.take();
  const items: JsonValue[] = [];
  stream.list(() => {
    const value = item();
    if (value !== undefined) items.push(value);
  });
  return items;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
