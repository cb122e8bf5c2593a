import { isMap, isNode, isScalar, parseDocument } from 'yaml';

/**
 * The text of an environment file with other values of top-level fields, each given as it is to be written; everything else, comments
 * too, stays as it stands. A field that is not there yet is added at the end.
 */
export function withFields(text: string, fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields).reduce((result, [field, value]) => withField(result, field, value), text);
}

function withField(text: string, field: string, value: string): string {
  const { contents } = parseDocument(text);
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === field) : undefined;
  if (pair !== undefined && isNode(pair.key) && pair.key.range && isNode(pair.value) && pair.value.range) {
    const [[, key], [start, end]] = [pair.key.range, pair.value.range];
    // What stands on lines below its name ends with a line break, and begins with what is before it.
    const before = text.slice(key, start).includes('\n') ? `${text.slice(0, key)}: ` : text.slice(0, start);
    return `${before}${value}${text.slice(start + text.slice(start, end).trimEnd().length)}`;
  }
  return `${text}${text.endsWith('\n') ? '' : '\n'}${field}: ${value}\n`;
}
