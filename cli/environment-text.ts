import { isMap, isNode, parseDocument } from 'yaml';

/**
 * The text of an environment file with other values of top-level fields, each given as it is to be written; everything else, comments
 * too, stays as it stands. A field that is not there yet is added at the end.
 */
export function withFields(text: string, fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields).reduce((result, [field, value]) => withField(result, field, value), text);
}

function withField(text: string, field: string, value: string): string {
  const { contents } = parseDocument(text);
  const found = isMap(contents) ? contents.get(field, true) : undefined;
  if (isNode(found) && found.range) return `${text.slice(0, found.range[0])}${value}${text.slice(found.range[1])}`;
  return `${text}${text.endsWith('\n') ? '' : '\n'}${field}: ${value}\n`;
}
