import { assembledText, cutAtReferences } from './assembled-text';

/**
 * Terraform reads every text of `cdk.tf.json` as a template. These functions write texts and JSON documents that hold both
 * Terraform references and characters that must arrive as they stand: `$` and `{` in a shell script, quotes in a secret.
 * CDKTF's own `Fn.jsonencode` cannot be used for that: it leaves quotes and backslashes in texts unescaped.
 */

/** A text for an attribute: references stay references, everything else arrives literally. */
export function terraformText(text: string): string {
  return assembledText(escaped(text, literalText));
}

/** A text that a user wrote. Nothing in it is a reference, not even what looks like one of CDKTF's own. */
export class Literal {
  constructor(readonly text: string) {}
}

/** Every text of a mapping as a user's own. */
export function literals(texts: Readonly<Record<string, string>>): Record<string, Literal> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, new Literal(text)]));
}

/** A JSON document as a text for an attribute. A reference within a text is quoted by Terraform when its value is known. */
export function terraformJson(value: unknown): string {
  return assembledText(json(value), withoutQuotes);
}

function json(value: unknown): string {
  if (typeof value === 'string') return `"${escaped(value, jsonText)}"`;
  if (value instanceof Literal) return `"${jsonFragment(value.text)}"`;
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).filter(defined).map(member).join(',')}}`;
  return JSON.stringify(value ?? null);
}

/** How a user's own text stands in a document made by `terraformJson`. JSON can write any character so that CDKTF does not see it. */
export function jsonFragment(text: string): string {
  return jsonText(text).replaceAll('TfToken[', '\\u0054fToken[');
}

function jsonText(text: string): string {
  return literalText(JSON.stringify(text).slice(1, -1));
}

function member([key, value]: readonly [string, unknown]): string {
  return `${json(key)}:${json(value)}`;
}

function defined([, value]: readonly [string, unknown]): boolean {
  return value !== undefined;
}

/** `${` begins an interpolation and `%{` a directive; doubled, the first character is a character. */
function literalText(text: string): string {
  return text.replace(/[$%](?=\{)/g, (character) => character + character);
}

/** Terraform encodes the value as JSON and takes the quotes off, because the text around it brings its own. */
function withoutQuotes(expression: string): string {
  return `\${trimsuffix(trimprefix(jsonencode(${expression}), "\\""), "\\"")}`;
}

/**
 * A text with everything but its references escaped. A "$" right before a reference would make an escape of its interpolation,
 * so it is written as an interpolation too.
 */
function escaped(text: string, literal: (part: string) => string): string {
  return cutAtReferences(text)
    .map((part, index, parts) => {
      if (index % 2 === 1) return part;
      return index < parts.length - 1 ? literal(part).replace(/\$$/, () => '${"$"}') : literal(part);
    })
    .join('');
}
