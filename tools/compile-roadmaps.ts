import { parse } from 'yaml';
import { isRecord } from '../values/record';
import { banner, type Compiler } from './compiler';
import { keyedLiteral, layout, listLiteral, literal, type Plain } from './typescript-literal';

const folder = 'tiers/roadmaps';

/** Ids of the roadmaps, in their order. */
export const roadmapIds = ['deadlock-coach', 'agent-squad', 'chat-100k', 'venture-qdrant', 'global-enterprise'] as const;

type Stated = { readonly [key: string]: Plain };

/** Keys whose figures are money, and become decimal strings. */
const moneyKeys: ReadonlySet<string> = new Set([
  'added_cost',
  'after',
  'amount',
  'before',
  'break_even_per_user',
  'cost',
  'cost_at_full_scale',
  'from_cost',
  'funding_needed',
  'infrastructure_cost',
  'investment',
  'monthly_cost',
  'openai_only',
  'optimized',
  'per_day',
  'per_month',
  'per_year',
  'price_per_1k',
  'revenue_required',
  'salary',
  'stated_saving',
  'to_cost',
  'total_stated',
  'typical_saas_price',
  'unit',
  'unit_cost',
]);

/** Keys that hold money's bounds, where they stand inside a money key. */
const boundKeys: ReadonlySet<string> = new Set(['min', 'max']);

/** Sections that need more than new names. */
const sections: Readonly<Record<string, (value: Stated) => Plain>> = { stack, load_model: loadModel };

/** The compiler of one roadmap: a constant of type Roadmap. */
function roadmapCompiler(id: string): Compiler {
  const source = `${folder}/${id}.yaml`;
  return {
    source,
    target: `${folder}/${id}.generated.ts`,
    compile: (yaml) =>
      `${banner(source)}import type { Roadmap } from './types';\n\nexport const ${camel(id)}: Roadmap = ${layout(roadmap(parse(yaml) as Stated))};\n`,
  };
}

/** A roadmap as its type has it: a section that the document lacks is empty where every roadmap has the section. */
export function roadmap(stated: Stated): Stated {
  const members = Object.entries({ ...stated, risks: stated['risks'] ?? [] }).map(
    ([key, value]) => [camel(key), section(key, value)] as const,
  );
  return Object.fromEntries(members);
}

function section(key: string, value: Plain): Plain {
  const special = sections[key];
  return special === undefined ? fact(key, value) : special(value as Stated);
}

function stack({ named_providers: namedProviders, ...parts }: Stated): Plain {
  return {
    parts: Object.entries(parts).map(([role, part]) => ({ role, ...(fact(role, part ?? {}) as Stated) })),
    namedProviders: namedProviders ?? [],
  };
}

function loadModel(model: Stated): Plain {
  return {
    constants: withIds(model['constants']),
    derived: fact('derived', model['derived'] ?? []),
    statedTotals: withIds(model['stated_totals']),
    stated: statements(model['stated'] ?? []),
  };
}

/** A record of facts as a list, each with its key as id: names of constants are the document's and stay as they are. */
function withIds(record: Plain): Plain {
  return Object.entries((record ?? {}) as Stated).map(([id, value]) => ({ id, ...(fact(id, value) as Stated) }));
}

function statements(stated: Plain): Plain {
  return typeof stated === 'string' ? [{ id: 'load', text: stated, lines: [] }] : fact('stated', stated);
}

/** A value with keys in camel case, line ranges as pairs and money as decimal strings. */
function fact(key: string, value: Plain): Plain {
  if (key === 'lines') return (value as readonly (number | string)[]).map(lineRange);
  if (key === 'spec') return specification(value);
  if (typeof value === 'number') return moneyKeys.has(key) ? String(value) : value;
  if (Array.isArray(value)) return value.map((item: Plain) => fact('', item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), fact(moneyBound(key, name) ? key : name, member)]));
}

/** A component's specification: its figures stay as stated, whatever they are called. */
function specification(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(specification);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), specification(member)]));
}

function moneyBound(key: string, name: string): boolean {
  return moneyKeys.has(key) && boundKeys.has(name);
}

function lineRange(lines: number | string): Plain {
  const [first, last] = String(lines).split('-').map(Number);
  return [first, last ?? first];
}

function camel(name: string): string {
  return name.replace(/[-_]+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

interface Vocabulary {
  readonly conventions: Readonly<Record<string, string>>;
  readonly vocabulary: {
    readonly users_basis: readonly string[];
    readonly origins: readonly string[];
    readonly severities: readonly string[];
    readonly component_kinds: Readonly<Record<string, { readonly group: string; readonly meaning: string }>>;
  };
}

const vocabulary: Compiler = {
  source: `${folder}/vocabulary.yaml`,
  target: `${folder}/vocabulary.generated.ts`,
  compile: (yaml) => vocabularyText(parse(yaml) as Vocabulary),
};

function vocabularyText({ conventions, vocabulary: words }: Vocabulary): string {
  const kinds = Object.entries(words.component_kinds).map(([kind, { group, meaning }]) => ({ kind, group, meaning }));
  return [
    banner(vocabulary.source),
    `export const usersBases = ${literal(words.users_basis)} as const;\n`,
    `export const origins = ${literal(words.origins)} as const;\n`,
    `export const severities = ${literal(words.severities)} as const;\n`,
    `export const componentKinds = ${listLiteral(kinds)} as const;\n`,
    `export const conventions: Readonly<Record<string, string>> = ${keyedLiteral(conventions)};\n`,
  ].join('\n');
}

/** All compilers of tiers/roadmaps. */
export const roadmapCompilers: readonly Compiler[] = [vocabulary, ...roadmapIds.map(roadmapCompiler)];
