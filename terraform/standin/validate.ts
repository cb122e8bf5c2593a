import { checkEach, type Diagnosed } from './validate-fields';
import { error, warning, type Diagnostic } from './diagnostics';
import type { Path } from './plan';
import { nested, type Block, type Field } from './schema';
import { isList, isMap, isUnknown, type Value, type ValueMap } from './values';

/**
 * What the provider says about a configuration at `terraform validate`: value checks, conflicts, deprecations. Required
 * and unknown arguments are Terraform's own business. Unknown values are not checked.
 */
export function validate(block: Block, config: ValueMap): readonly Diagnostic[] {
  return validateBlock(block, config, config, []);
}

function validateBlock(block: Block, config: ValueMap, root: ValueMap, path: Path): readonly Diagnostic[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, field]) => {
    const at: Diagnosed = { field, name, value: config[name] ?? null, path: [...path, name] };
    return [...relations(field, at.value, root, at.path), ...checkEach(at)];
  });
  return [...attributes, ...nested(block).flatMap(([name, child]) => validateNested(child, name, config[name] ?? null, root, path))];
}

function validateNested(block: Field & Block, name: string, value: Value, root: ValueMap, path: Path): readonly Diagnostic[] {
  const at = [...path, name];
  const inner = isList(value) ? value.flatMap((element, index) => (isMap(element) ? validateBlock(block, element, root, [...at, index]) : [])) : [];
  return [...relations(block, value, root, at), ...inner];
}

/** What an argument that is given says about others. */
function relations(field: Field, value: Value, root: ValueMap, path: Path): readonly Diagnostic[] {
  if (!isGiven(value)) return [];
  const name = path.map(String).join('.');
  const conflicts = (field.conflictsWith ?? []).filter((other) => isGiven(root[other] ?? null) && !isUnknown(root[other]));
  const absent = (field.requiredWith ?? []).filter((other) => !isGiven(root[other] ?? null));
  const all = [name, ...(field.requiredWith ?? [])].sort().join(',');
  return [
    ...conflicts.slice(0, 1).map((other) => error('Conflicting configuration arguments', path, `"${name}": conflicts with ${other}`)),
    ...absent.slice(0, 1).map(() => error('Missing required argument', path, `"${name}": all of \`${all}\` must be specified`)),
    ...(field.deprecated === undefined ? [] : [warning('Argument is deprecated', path, field.deprecated)]),
  ];
}

function isGiven(value: Value): boolean {
  return value !== null && !(isList(value) && value.length === 0);
}
