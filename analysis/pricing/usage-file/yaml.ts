import { isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode } from 'yaml';
import type { Problem } from '../../../values/errors';

/** A value of a YAML text, with where it stands. */
export type Located =
  | { readonly kind: 'map'; readonly where: string; readonly entries: readonly LocatedEntry[] }
  | { readonly kind: 'list'; readonly where: string; readonly items: readonly Located[] }
  | { readonly kind: 'number' | 'text' | 'other'; readonly where: string; readonly text: string };

/** A member of a mapping. */
export interface LocatedEntry {
  readonly key: string;
  /** Of the key. */
  readonly where: string;
  readonly value: Located;
}

/** A text with its places, or everything that keeps it from being read. */
export interface YamlText {
  readonly root: Located | undefined;
  readonly problems: readonly Problem[];
}

/** Usage files are three levels deep. */
const deepest = 20;

const code = 'PRICING_USAGE_FILE_SYNTAX';

/** Reads YAML 1.2 without following, merging or interpolating anything. Never throws. @param shown what places begin with */
export function readYaml(text: string, shown: string): YamlText {
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${shown}:${line}:${col}`;
  };
  const problems: Problem[] = [];
  const document = attempt(() => parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: true }));
  if (document === undefined || document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION'))
    return { root: undefined, problems: [{ code, where: `${shown}:1:1`, message: 'the values are nested too deeply to be read.' }] };
  if (document.errors.length > 0)
    return {
      root: undefined,
      problems: document.errors
        .slice(0, 20)
        .map((error) => ({ code, where: at(error.pos[0]), message: `this is not YAML: ${oneLine(error.message)}.` })),
    };
  const root = document.contents === null ? undefined : located(document.contents, 0, { at, problems });
  return { root, problems };
}

interface Walk {
  readonly at: (offset: number) => string;
  readonly problems: Problem[];
}

function located(node: ParsedNode | null, depth: number, walk: Walk, from = 0): Located {
  const where = walk.at(node?.range[0] ?? from);
  if (node === null) return { kind: 'other', where, text: 'nothing' };
  if (depth === deepest) return refused(where, `this is nested deeper than ${deepest} levels.`, walk);
  if (isMap(node))
    return {
      kind: 'map',
      where,
      entries: node.items.flatMap((item) => entry(item as { key: ParsedNode; value: ParsedNode | null }, depth, walk)),
    };
  if (isSeq(node)) return { kind: 'list', where, items: node.items.map((item) => located(item as ParsedNode, depth + 1, walk)) };
  if (!isScalar(node)) return refused(where, 'anchors and aliases are not read here. Write the value out.', walk);
  const kind = typeof node.value === 'number' ? 'number' : typeof node.value === 'string' ? 'text' : 'other';
  return { kind, where, text: kind === 'text' ? String(node.value) : node.source };
}

function entry(item: { readonly key: ParsedNode; readonly value: ParsedNode | null }, depth: number, walk: Walk): readonly LocatedEntry[] {
  const where = walk.at(item.key.range[0]);
  const key = isScalar(item.key) ? item.key.value : undefined;
  if (typeof key !== 'string') {
    walk.problems.push({ code, where, message: 'a key is no text. Write a name, in quotes if it looks like something else.' });
    return [];
  }
  return [{ key, where, value: located(item.value, depth + 1, walk, item.key.range[0]) }];
}

function refused(where: string, message: string, walk: Walk): Located {
  walk.problems.push({ code, where, message });
  return { kind: 'other', where, text: 'nothing' };
}

/** The parser is recursive: what is nested very deeply exhausts the stack. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text.split('\n', 1).join('').replace(/[.:]$/, '');
}
