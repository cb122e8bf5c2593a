import type { JsonSchema } from './json-schema';
import { reservedSettingPrefix, reservedSettings } from './vocabulary';

/** One field of the environment file, for a person. */
interface FieldRow {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** Every field with its default, what is allowed and what it means, as a Markdown table. */
export function fieldTable(schema: JsonSchema): string {
  const rows = fieldsOf(schema, '').map(renderRow);
  return ['| field | default | allowed | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function fieldsOf(schema: JsonSchema, prefix: string): readonly FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const row = { name: `${prefix}${name}`, required: schema.required?.includes(name) ?? false, schema: inner };
    const named = namedOnes(inner);
    return [
      row,
      ...(inner.oneOf === undefined ? fieldsOf(inner, `${row.name}.`) : choicesOf(inner.oneOf, row.name)),
      ...(named === undefined ? [] : fieldsOf(named, `${row.name}.*.`)),
    ];
  });
}

/** What each entry of a mapping by names is, where it is a mapping itself. */
function namedOnes({ additionalProperties }: JsonSchema): JsonSchema | undefined {
  return typeof additionalProperties === 'object' && additionalProperties.properties !== undefined ? additionalProperties : undefined;
}

/** Names that an app cannot set, each with what Terrace puts there, as a Markdown table. */
export function reservedTable(): string {
  const rows = Object.entries(reservedSettings).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return [
    '| reserved name | what it holds |',
    '|---|---|',
    ...rows,
    `| \`${reservedSettingPrefix}...\` | whatever Terrace adds later |`,
  ].join('\n');
}

/** The fields of a choice, each with the choice it belongs to: `state.bucket (s3)`. */
function choicesOf(choices: readonly JsonSchema[], parent: string): readonly FieldRow[] {
  return choices.flatMap((choice) => {
    const backend = String(choice.properties?.['backend']?.['const']);
    return fieldsOf(choice, `${parent}.`).map((row) => ({
      ...row,
      name: row.name.endsWith('.backend') ? `${row.name}: ${backend}` : `${row.name} (${backend})`,
    }));
  });
}

function renderRow({ name, required, schema }: FieldRow): string {
  return `| \`${name}\` | ${renderDefault(schema, required)} | ${cell(schema.errorMessage ?? '')} | ${cell(schema.description ?? '')} |`;
}

function renderDefault(schema: JsonSchema, required: boolean): string {
  if (schema.default !== undefined) return `\`${JSON.stringify(schema.default)}\``;
  return required ? 'required' : 'absent';
}

/** Text between the bars of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
