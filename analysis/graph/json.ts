import type { JsonObject, JsonValue } from './types';

/** Whether a value is an object, and not a list or null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. Narrows readonly lists, which `Array.isArray` does not. */
export function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The member of this name where it is an object, else an empty one. */
export function objectAt(value: unknown, key: string): JsonObject {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : {};
}

/** The objects in the list of this name; empty where there is none. */
export function objectsAt(value: unknown, key: string): readonly JsonObject[] {
  const member = isObject(value) ? value[key] : undefined;
  return isList(member) ? member.filter(isObject) : [];
}

/** The texts in the list of this name; empty where there is none. */
export function textsAt(value: unknown, key: string): readonly string[] {
  const member = isObject(value) ? value[key] : undefined;
  return isList(member) ? member.filter((entry) => typeof entry === 'string') : [];
}

/** The text of this name, if it is one. */
export function textAt(value: unknown, key: string): string | undefined {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** Terraform's JSON syntax lets a body be one object or a list of them: the bodies, in order. */
export function bodies(value: unknown): readonly JsonObject[] {
  if (isObject(value)) return [value];
  return isList(value) ? value.filter(isObject) : [];
}
