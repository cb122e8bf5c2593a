import { isMap, isNode, isScalar, parseDocument } from 'yaml';
import { withFields } from '../environment-text';

/** The text of an environment file with other values of top-level fields; undefined removes one. Everything else stays as it stands. */
export function restated(text: string, fields: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const removed = Object.keys(fields).filter((field) => fields[field] === undefined);
  return removed.reduce(withoutField, withFields(text, Object.fromEntries(given)));
}

function withoutField(text: string, field: string): string {
  const { contents } = parseDocument(text);
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === field) : undefined;
  if (pair === undefined || !isNode(pair.key) || !isNode(pair.value) || !pair.key.range || !pair.value.range) return text;
  const end = text.indexOf('\n', pair.value.range[1] - 1);
  return `${text.slice(0, pair.key.range[0])}${end === -1 ? '' : text.slice(end + 1)}`;
}

/** Lines that go and lines that come, as a difference is written. */
export function lineDifference(before: string, after: string): readonly string[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !next.includes(line)).map((line) => `- ${line}`),
    ...next.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}
