import {
  type Alias,
  type Document,
  type ParsedNode,
  type Range,
  type YAMLError,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import { type Finding, type Path, dotted, oneLine, quote } from './finding';

/** Most values after aliases are followed: a file of a few hundred bytes can name a billion (the "billion laughs"). */
const mostValues = 10_000;

/** An environment is four levels deep. */
const deepest = 20;

const tooDeep = 'the values are nested too deeply to be read.';

/** A YAML text as plain values, with what is wrong in its syntax and where each value stands. */
export interface Source {
  readonly value: unknown;
  readonly findings: readonly Located[];
  /** Offset of a field's name or value; of the nearest field around it when it is absent. */
  readonly offsetOf: (path: Path, target: Finding['target']) => number;
}

/** A finding and where it stands in the text. */
export type Located = Finding & { readonly offset: number };

interface Walk {
  /** Whether a number or boolean at this path keeps its characters. */
  readonly literal: (path: Path) => boolean;
  readonly findings: Located[];
  readonly places: Map<string, { readonly key: number; readonly value: number }>;
  readonly anchors: Map<string, ParsedNode>;
  values: number;
}

/** Reads YAML 1.2 without executing, merging or interpolating anything. Never throws. */
export function readYaml(text: string, literal: (path: Path) => boolean): Source {
  const walk: Walk = { literal, findings: [], places: new Map(), anchors: new Map(), values: 0 };
  const conflicts = conflictMarks(text);
  if (conflicts.length > 0) return unreadable(conflicts);
  const document = parse(text);
  if (document === undefined) return unreadable([broken(tooDeep, 0)]);
  const findings = [...olderVersion(document), ...firstPerLine(text, atOpening(document)).map(syntaxFinding)];
  if (findings.length > 0) return unreadable(findings);
  const value = document.contents === null ? null : plain(document.contents, [], walk);
  const tooMuch = walk.findings.filter((finding) => finding.code === 'ENVIRONMENT_TOO_LARGE' || finding.code === 'ENVIRONMENT_TOO_DEEP');
  if (tooMuch.length > 0) return unreadable(tooMuch);
  return { value, findings: walk.findings, offsetOf: (path, target) => nearestOffset(walk, path, target) };
}

/** The parser is recursive: what is nested very deeply exhausts the stack, here or there, sooner or later. */
function parse(text: string): Document.Parsed | undefined {
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    return document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION') ? undefined : document;
  } catch {
    return undefined;
  }
}

function unreadable(findings: readonly Located[]): Source {
  return { value: undefined, findings, offsetOf: () => 0 };
}

function plain(node: ParsedNode | null, path: Path, walk: Walk): unknown {
  if (node === null) return null;
  walk.values += 1;
  if (walk.values === mostValues)
    report(walk, node.range, path, 'TOO_LARGE', `${dotted(path)} makes more than ${mostValues} values. Write fewer, and fewer aliases.`);
  if (path.length === deepest)
    report(walk, node.range, path, 'TOO_DEEP', `${dotted(path.slice(0, 3))} is nested deeper than ${deepest} levels.`);
  if (walk.values >= mostValues || path.length >= deepest) return undefined;
  if (isAlias(node)) return followed(node.source, node.range, path, walk);
  const value = untagged(node, path, walk);
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  return value;
}

/** Anchors are known from their end on, so a value can never contain itself. */
function followed(anchor: string, range: Range, path: Path, walk: Walk): unknown {
  const target = walk.anchors.get(anchor);
  if (target !== undefined) return plain(target, path, walk);
  return report(walk, range, path, 'UNKNOWN_ALIAS', `*${anchor} has no &${anchor} before it. A value that begins with * stands in quotes.`);
}

function untagged(node: Exclude<ParsedNode, Alias.Parsed>, path: Path, walk: Walk): unknown {
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str')
    return report(walk, node.range, path, 'TAG', `${dotted(path)} has the tag ${quote(node.tag)}. Tags are not read; remove it.`);
  if (isMap(node)) return plainMap(node.items, path, walk);
  if (isSeq(node)) return node.items.map((item, index) => plainAt(item as ParsedNode, [...path, index], undefined, walk));
  if (!isScalar(node)) return undefined;
  const keeps = node.type === 'PLAIN' && node.value !== null && typeof node.value !== 'string' && walk.literal(path);
  return keeps ? node.source : node.value;
}

function plainMap(items: readonly { key: unknown; value: unknown }[], path: Path, walk: Walk): unknown {
  // Without a prototype, a key such as __proto__ is a key like any other.
  const result = Object.create(null) as Record<string, unknown>;
  for (const item of items) {
    const key = item.key as ParsedNode;
    const name = keyName(key, path, walk);
    if (name === undefined) continue;
    if (Object.hasOwn(result, name))
      report(walk, key.range, [...path, name], 'REPEATED_FIELD', `${dotted([...path, name])} is written twice. Remove one of the two.`);
    else result[name] = plainAt(item.value as ParsedNode | null, [...path, name], key.range[0], walk);
  }
  return result;
}

function keyName(key: ParsedNode, path: Path, walk: Walk): string | undefined {
  const name = isScalar(key) ? key.value : undefined;
  const where = path.length === 0 ? 'the file' : dotted(path);
  if (typeof name !== 'string')
    return report(
      walk,
      key.range,
      path,
      'WRONG_KEY',
      `${where} has a key that is no text${isScalar(key) ? `: ${quote(key.source)}` : ''}. Write a name, in quotes if it looks like something else.`,
    );
  if (name === '<<')
    return report(walk, key.range, path, 'MERGE_KEY', `${where} has the merge key <<, which is not read. Write the fields out.`);
  return name === '__proto__' ? report(walk, key.range, path, 'WRONG_KEY', `${where} has the key "__proto__". Remove it.`) : name;
}

function plainAt(node: ParsedNode | null, path: Path, key: number | undefined, walk: Walk): unknown {
  const value = node?.range[0] ?? key ?? 0;
  const place = JSON.stringify(path);
  if (!walk.places.has(place)) walk.places.set(place, { key: key ?? value, value });
  return plain(node, path, walk);
}

function report(walk: Walk, range: Range, path: Path, code: string, message: string): undefined {
  walk.findings.push({ code: `ENVIRONMENT_${code}`, message, path, target: 'value', offset: range[0] });
  return undefined;
}

function nearestOffset(walk: Walk, path: Path, target: Finding['target']): number {
  const place = walk.places.get(JSON.stringify(path));
  if (place !== undefined) return place[target];
  return path.length === 0 ? 0 : nearestOffset(walk, path.slice(0, -1), 'key');
}

/** Marks of a merge that git could not finish; the parser would say something odd about each. */
function conflictMarks(text: string): readonly Located[] {
  return Array.from(text.matchAll(/^(?:<{7} |={7}\r?$|>{7} )/gm), (mark) =>
    broken('a merge was not finished here. Choose one side and remove the marks.', mark.index),
  );
}

/** The parser tells of a quote that is never closed where the text ends; a person looks for where it was opened. */
function atOpening(document: Document.Parsed): readonly YAMLError[] {
  const quotes: number[] = [];
  if (!document.errors.some(isUnclosedQuote)) return document.errors;
  visit(document, { Scalar: (_, { type, range }) => void (type?.startsWith('QUOTE') === true && range && quotes.push(range[0])) });
  for (const error of document.errors) {
    const opened = isUnclosedQuote(error) ? quotes.filter((offset) => offset < error.pos[0]).at(-1) : undefined;
    if (opened !== undefined) error.pos = [opened, error.pos[1]];
  }
  return document.errors;
}

function isUnclosedQuote(error: YAMLError): boolean {
  return error.message.startsWith('Missing closing');
}

/** Under `%YAML 1.1` the words yes, no, on and off are booleans; one file must not mean two things. */
function olderVersion(document: Document.Parsed): readonly Located[] {
  if (document.directives.yaml.version === '1.2') return [];
  return [broken(`the file asks for YAML ${document.directives.yaml.version}. It is read as YAML 1.2; remove the line.`, 0)];
}

/** One mistake makes the parser stumble several times on its line. */
function firstPerLine(text: string, errors: readonly YAMLError[]): readonly YAMLError[] {
  const lines = new Map<number, YAMLError>();
  for (const error of errors.slice(0, 100)) {
    const line = text.lastIndexOf('\n', error.pos[0] - 1);
    if (!lines.has(line)) lines.set(line, error);
  }
  return [...lines.values()];
}

/** The parser's messages that a person should read in other words, by how they begin. */
const syntaxTexts: readonly (readonly [beginning: string, text: string])[] = [
  ['Tabs are not allowed', 'a tab stands where YAML wants spaces. Indent with spaces'],
  ['Source contains multiple', 'a second document begins here. One file holds one environment; remove one'],
  ['Nested mappings are not', 'a second "name: value" begins inside a value. Put the value in quotes, or the second name on its own line'],
  ['Plain value cannot start', 'a value begins with a character that YAML reserves. Put the value in quotes'],
  [
    'Invalid escape sequence',
    'a backslash in double quotes begins an escape that YAML does not know. Use single quotes, or two backslashes',
  ],
  ['Missing closing', 'a quote is never closed'],
  ['Implicit map keys need', 'a name stands here without a colon and a value'],
  ['Implicit keys need', 'a name goes over more than one line. Perhaps a colon is missing'],
  ['All mapping items', 'this line begins at another column than the lines it belongs to'],
  ['Flow sequence in block', 'a list in brackets is not closed before this line'],
  ['Flow map in block', 'a mapping in braces is not closed before this line'],
];

function syntaxFinding(error: YAMLError): Located {
  const known = syntaxTexts.find(([beginning]) => error.message.startsWith(beginning));
  const told = known?.[1] ?? oneLine(error.message);
  return broken(`this is not YAML: ${told}.`, error.pos[0]);
}

function broken(message: string, offset: number): Located {
  return { code: 'ENVIRONMENT_YAML', message, path: [], target: 'value', offset };
}
