import { faults } from './checks';
import { error, warning, type Diagnostic } from './diagnostics';
import type { Path } from './plan';
import { nested, type Block, type Field } from './schema';
import { isKnown, isList, isMap, isUnknown, type Value, type ValueMap } from './values';

/** An argument that is given and known, and where. */
interface Argument {
  readonly field: Field;
  readonly value: Value;
  readonly path: Path;
  /** The path as messages write it: `forwarding_rule.0.entry_port`. */
  readonly name: string;
  readonly root: ValueMap;
}

/**
 * What the provider says about a configuration at `terraform validate`: value checks, conflicts, deprecations. Required
 * and unknown arguments are Terraform's own business. What is not wholly known yet is not checked, as in the provider.
 */
export function validate(block: Block, config: ValueMap): readonly Diagnostic[] {
  return validateBlock(block, config, config, []);
}

function validateBlock(block: Block, config: ValueMap, root: ValueMap, path: Path): readonly Diagnostic[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, field]) =>
    validateArgument(argument(field, config[name] ?? null, [...path, name], root), checkValue),
  );
  const inner = nested(block).flatMap(([name, child]) =>
    validateArgument(argument(child, config[name] ?? null, [...path, name], root), (given) => validateElements(child, given)),
  );
  return [...attributes, ...inner];
}

function argument(field: Field, value: Value, path: Path, root: ValueMap): Argument {
  return { field, value, path, name: path.join('.'), root };
}

function validateElements(block: Block, { value, path, root }: Argument): readonly Diagnostic[] {
  const elements = isList(value) ? value : [];
  return elements.flatMap((element, index) => (isMap(element) ? validateBlock(block, element, root, [...path, index]) : []));
}

/** The first reason why an argument cannot stand here ends its validation; else its value is looked at. */
function validateArgument(given: Argument, rest: (given: Argument) => readonly Diagnostic[]): readonly Diagnostic[] {
  if (!isGiven(given.value, given.field)) return [];
  const misplaced = unconfigurable(given) ?? incomplete(given);
  if (misplaced !== undefined) return [misplaced];
  if (!isKnown(given.value)) return [];
  const conflict = conflicting(given);
  return conflict === undefined ? [...deprecated(given), ...rest(given)] : [conflict];
}

/** An empty list is given; a block that does not appear is not. */
function isGiven(value: Value, field: Field): boolean {
  return value !== null && !('nesting' in field && isList(value) && value.length === 0);
}

function unconfigurable({ field, name, path }: Argument): Diagnostic | undefined {
  if (field.mode !== 'C') return undefined;
  const detail = `Can't configure a value for "${name}": its value will be decided automatically based on the result of applying this configuration.`;
  return error('Value for unconfigurable attribute', path, detail);
}

function incomplete({ field, name, path, root }: Argument): Diagnostic | undefined {
  const needed = field.requiredWith ?? [];
  if (needed.every((other) => (root[other] ?? null) !== null)) return undefined;
  return error('Missing required argument', path, `"${name}": all of \`${[name, ...needed].sort().join(',')}\` must be specified`);
}

function conflicting({ field, name, path, root }: Argument): Diagnostic | undefined {
  const other = (field.conflictsWith ?? []).find((key) => !isAbsent(root[key] ?? null));
  return other === undefined ? undefined : error('Conflicting configuration arguments', path, `"${name}": conflicts with ${other}`);
}

function isAbsent(value: Value): boolean {
  return value === null || isUnknown(value) || (isList(value) && value.length === 0);
}

function deprecated({ field, path }: Argument): readonly Diagnostic[] {
  return field.deprecated === undefined ? [] : [warning('Argument is deprecated', path, field.deprecated)];
}

function checkValue({ field, value, path, name }: Argument): readonly Diagnostic[] {
  const count = wrongCount(field, value, name);
  if (count !== undefined) return [error(count[0], path, count[1])];
  const own = field.check === undefined ? [] : faults(field.check, name, value);
  const inner = isList(value) ? value.flatMap((element, index) => faults(field.elementCheck ?? {}, `${name}.${index}`, element)) : [];
  return [...own, ...inner].map((fault) => error(fault, path));
}

function wrongCount(field: Field, value: Value, name: string): readonly [summary: string, detail: string] | undefined {
  if (!isList(value)) return undefined;
  const { min = 0, max = Infinity } = field;
  if (value.length < min)
    return ['Not enough list items', `Attribute ${name} requires ${min} item minimum, but config has only ${value.length} declared.`];
  return value.length > max
    ? ['Too many list items', `Attribute ${name} supports ${max} item maximum, but config has ${value.length} declared.`]
    : undefined;
}
