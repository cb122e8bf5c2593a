import { faults } from './checks';
import { error, type Diagnostic } from './diagnostics';
import type { Path } from './plan';
import type { Field } from './schema';
import { isList, isUnknown, type Value } from './values';

/** An attribute with its value and its place. */
export interface Diagnosed {
  readonly field: Field;
  readonly name: string;
  readonly value: Value;
  readonly path: Path;
}

/** The faults of an attribute's value and of its elements, and of their number. */
export function checkEach({ field, name, value, path }: Diagnosed): readonly Diagnostic[] {
  if (value === null || isUnknown(value)) return [];
  const own = field.check === undefined ? [] : faults(field.check, name, value);
  const elements = isList(value) ? value.filter((element) => element !== null && !isUnknown(element)) : [];
  const inner = field.elementCheck === undefined ? [] : elements.flatMap((element) => faults(field.elementCheck ?? {}, name, element));
  return [...own.map((fault) => error(fault, path)), ...inner.map((fault) => error(fault, path)), ...checkCount(field, value, path)];
}

function checkCount(field: Field, value: Value, path: Path): readonly Diagnostic[] {
  if (!isList(value)) return [];
  const name = path.map(String).join('.');
  const few = field.min !== undefined && value.length < field.min;
  const many = field.max !== undefined && value.length > field.max;
  return [
    ...(few ? [error('Not enough list items', path, `Attribute ${name} requires ${field.min} item minimum, but config has only ${value.length} declared.`)] : []),
    ...(many ? [error('Too many list items', path, `Attribute ${name} supports ${field.max} item maximum, but config has ${value.length} declared.`)] : []),
  ];
}
