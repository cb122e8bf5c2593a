import { Fn } from 'cdktf';

/**
 * Terraform reads every text of `cdk.tf.json` as a template. These functions write texts and JSON documents that hold both
 * Terraform references and characters that must arrive as they stand: `$` and `{` in a shell script, quotes in a secret.
 * CDKTF's own `Fn.jsonencode` cannot be used for that: it leaves quotes and backslashes in texts unescaped.
 */

/** A reference as CDKTF writes it into a text until synthesis. */
const reference = /\$\{TfToken\[TOKEN\.\d+\]\}/;

/** A text for an attribute: references stay references, everything else arrives literally. */
export function terraformText(text: string): string {
  return join(pieces(text), literalText, (token) => token);
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
  if (typeof value === 'string') return `"${join(pieces(value), jsonText, encodedReference)}"`;
  if (value instanceof Literal) return `"${jsonFragment(value.text)}"`;
  if (Array.isArray(value)) return `[${value.map(terraformJson).join(',')}]`;
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
  return `${terraformJson(key)}:${terraformJson(value)}`;
}

function defined([, value]: readonly [string, unknown]): boolean {
  return value !== undefined;
}

/** `${` begins an interpolation and `%{` a directive; doubled, the first character is a character. */
function literalText(text: string): string {
  return text.replace(/[$%](?=\{)/g, (character) => character + character);
}

/** Encodes the value as JSON and takes the quotes off, because the text around it brings its own. */
function encodedReference(token: string): string {
  const quote = Fn.rawString('"');
  return Fn.trimsuffix(Fn.trimprefix(Fn.jsonencode(token), quote), quote);
}

interface Piece {
  readonly text: string;
  readonly isReference: boolean;
}

function pieces(text: string): Piece[] {
  return text.split(new RegExp(`(${reference.source})`)).map((part) => ({ text: part, isReference: reference.test(part) }));
}

/** A "$" right before an interpolation would read as an escaped one, so it is written as an interpolation of its own. */
function join(all: readonly Piece[], literal: (text: string) => string, token: (text: string) => string): string {
  return all
    .map((piece, index) => {
      if (piece.isReference) return token(piece.text);
      return all[index + 1]?.isReference === true ? literal(piece.text).replace(/\$$/, () => '${"$"}') : literal(piece.text);
    })
    .join('');
}
