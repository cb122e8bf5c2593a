import { figureOf, type Report } from './figures';
import { infracostKeys } from './infracost-keys';
import type { UsageFile, UsageRule } from './types';
import type { LocatedEntry } from './yaml';

const sections = ['version', 'resource_type_default_usage', 'resource_usage'];

/** Whether a file is in Infracost's form. */
export function isInfracost(root: readonly LocatedEntry[]): boolean {
  return root.some(
    ({ key, value }) =>
      key === 'resource_usage' ||
      key === 'resource_type_default_usage' ||
      (key === 'version' && 'text' in value && /^v?0\./.test(value.text)),
  );
}

/** Reads Infracost's form: defaults by type, figures by address, where `*` in an address stands for anything. */
export function readInfracost(root: readonly LocatedEntry[], report: Report): UsageFile {
  const ignored: string[] = root.filter(({ key }) => !sections.includes(key)).map(({ key, where }) => `${where}  ${key} is not read.`);
  const section = (name: string): readonly LocatedEntry[] =>
    root.filter(({ key }) => key === name).flatMap((entry) => mapping(entry, report));
  const rules = [
    ...section('resource_type_default_usage').flatMap((entry) => rulesOf(entry, { type: entry.key }, entry.key, { report, ignored })),
    ...section('resource_usage').flatMap((entry) => rulesOf(entry, scopeOf(entry.key), typeOf(entry.key), { report, ignored })),
  ];
  return { rules, components: {}, total: {}, llm: [], ignored };
}

/** Older files name a type alone among the addresses. */
function scopeOf(name: string): UsageRule['scope'] {
  return name.includes('.') ? { address: name } : { type: name };
}

/** `module.web["a.b"].aws_instance.app[0]` is an `aws_instance`. */
function typeOf(address: string): string {
  const plain = address.replace(/\[[^\]]*\]/g, '').split('.');
  return plain.length === 1 ? (plain[0] ?? '') : (plain.at(-2) ?? '');
}

interface Answers {
  readonly report: Report;
  readonly ignored: string[];
}

function rulesOf(entry: LocatedEntry, scope: UsageRule['scope'], type: string, answers: Answers): readonly UsageRule[] {
  return leaves(mapping(entry, answers.report)).flatMap((leaf) => ruleOf(leaf, scope, type, answers));
}

function ruleOf(leaf: LocatedEntry, scope: UsageRule['scope'], type: string, { report, ignored }: Answers): readonly UsageRule[] {
  const target = infracostKeys[type]?.[leaf.key];
  if (target === undefined) {
    ignored.push(`${leaf.where}  ${leaf.key} of ${type} adds nothing: no price here depends on it.`);
    return [];
  }
  const figure = figureOf(leaf, target, report);
  return figure === undefined ? [] : [{ scope, key: target.key, figure, where: leaf.where }];
}

/** Nested mappings, flattened: `standard.storage_gb`. */
function leaves(entries: readonly LocatedEntry[], prefix = ''): readonly LocatedEntry[] {
  return entries.flatMap((entry) => {
    const key = `${prefix}${entry.key}`;
    return entry.value.kind === 'map' ? leaves(entry.value.entries, `${key}.`) : [{ ...entry, key }];
  });
}

function mapping(entry: LocatedEntry, report: Report): readonly LocatedEntry[] {
  if (entry.value.kind === 'map') return entry.value.entries;
  if (entry.value.kind !== 'other') report(entry.value.where, `${entry.key} is no mapping. Write one "name: value" a line below it.`);
  return [];
}
