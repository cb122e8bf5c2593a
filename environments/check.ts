import type { z } from 'zod';
import { nearest } from '../values/nearest';
import { type Finding, type Path, dotted, quote, show } from './finding';
import { crossFindings } from './rules';
import { placesOf } from './places';
import { type Environment, type ParsedEnvironment, environmentSchema } from './schema';

/** An environment with every default filled in, or everything that is wrong with it. */
export type Checked =
  | { readonly environment: Environment }
  | {
      readonly findings: readonly Finding[];
      /** Where each field is fine by itself, and only what they say together is wrong. */
      readonly read?: Environment;
    };

/** Checks a plain value, such as what a YAML parser gives, against the schema and the rules between fields. */
export function checkEnvironment(value: unknown): Checked {
  const parsed = environmentSchema.safeParse(value);
  const issues = reasonsFirst(parsed.error?.issues ?? []);
  const findings = [...issues.flatMap((issue) => explain(issue, value)), ...crossFindings(value)];
  if (parsed.data === undefined) return { findings: oncePerPlace(findings) };
  const environment = complete(parsed.data);
  return findings.length > 0 ? { findings: oncePerPlace(findings), read: environment } : { environment };
}

/** Takes the platforms apart, and fills in what follows from the name: where the state lies. */
function complete(parsed: ParsedEnvironment): Environment {
  const { state, name } = parsed;
  const fields = { ...parsed, ...placesOf(parsed.platform) };
  if (state.backend === 'local') return { ...fields, state: { backend: 'local', path: state.path ?? `.terrace/state/${name}.tfstate` } };
  return { ...fields, state: { ...state, key: state.key ?? `${name}.tfstate` } };
}

function explain(issue: z.core.$ZodIssue, value: unknown): Finding[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField([...fieldPath(issue), key], issue.message));
  if (issue.code === 'invalid_key') return [wrongName(fieldPath(issue), reasonsFirst(issue.issues)[0])];
  const path = fieldPath(issue);
  const given = valueAt(value, path);
  const meant = issue.code === 'invalid_union' ? meantBranch(issue, given) : [];
  if (meant.length > 0) return meant.flatMap((inner) => explain({ ...inner, path: [...issue.path, ...inner.path] }, value));
  return [given === undefined ? missingField(path, issue.message) : wrongValue(path, given, issue)];
}

/** What is wrong by the branch of a choice that a value was meant for: the mapping, the list or the word. */
function meantBranch(issue: z.core.$ZodIssueInvalidUnion, given: unknown): readonly z.core.$ZodIssue[] {
  const shape = (kind: string): boolean =>
    Array.isArray(given) ? kind === 'array' : typeof given === 'object' && given !== null && kind === 'object';
  const structured = typeof given === 'object' && given !== null;
  const fits = (branch: readonly z.core.$ZodIssue[]): boolean =>
    !branch.some(
      (each) => each.path.length === 0 && (each.code === 'invalid_value' || (each.code === 'invalid_type' && !shape(each.expected))),
    );
  return structured ? (issue.errors.find(fits) ?? []) : [];
}

/** @param known the names that stand there, joined by commas: what `mapping` in `fields.ts` gives as the error text */
function unknownField(path: Path, known: string): Finding {
  const near = nearest(String(path.at(-1)), known.split(', '));
  const cure = near === undefined ? 'Remove it.' : `Did you mean ${near}?`;
  return { code: 'ENVIRONMENT_UNKNOWN_FIELD', message: `${dotted(path)} is not a field. Allowed: ${known}. ${cure}`, path, target: 'key' };
}

function missingField(path: Path, allowed: string): Finding {
  return { code: 'ENVIRONMENT_MISSING_FIELD', message: `${dotted(path)} is missing. Add it: ${allowed}.`, path, target: 'value' };
}

function wrongName(path: Path, issue: z.core.$ZodIssue | undefined): Finding {
  const message = `${dotted(path.slice(0, -1))} has the name ${quote(String(path.at(-1)))}${reasonOf(issue)}. Allowed: ${issue?.message ?? 'another name'}.`;
  return { code: 'ENVIRONMENT_WRONG_NAME', message, path, target: 'key' };
}

function wrongValue(path: Path, given: unknown, issue: z.core.$ZodIssue): Finding {
  const subject = path.length === 0 ? `the file holds ${show(given)}` : `${dotted(path)} is ${show(given)}`;
  const message = `${subject}${reasonOf(issue)}. Allowed: ${issue.message}.${suggestion(given, issue)}`;
  return { code: 'ENVIRONMENT_WRONG_VALUE', message, path, target: 'value' };
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  const reason: unknown = issue?.code === 'custom' ? issue.params?.['reason'] : undefined;
  return typeof reason === 'string' ? `: ${reason}` : '';
}

function suggestion(given: unknown, issue: z.core.$ZodIssue): string {
  if (typeof given !== 'string') return '';
  if (issue.code === 'invalid_type' && /^[0-9]+(?:\.[0-9]+)?$/.test(given)) return ' Write it without quotes.';
  const near = nearest(given, choices(issue));
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

function choices(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code !== 'invalid_union') return [];
  return 'options' in issue ? (issue.options ?? []).map(String) : issue.errors.flat().flatMap(choices);
}

function fieldPath(issue: z.core.$ZodIssue): Path {
  return issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<string | number, unknown>)[part]
        : undefined,
    value,
  );
}

/** Issues that know a reason before those that only know the pattern. */
function reasonsFirst(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return [...issues].sort((a, b) => Number(b.code === 'custom') - Number(a.code === 'custom'));
}

/** Several rules may fail for one value; the first is kept. */
function oncePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const place = JSON.stringify([finding.path, finding.target]);
    if (!byPlace.has(place)) byPlace.set(place, finding);
  }
  return [...byPlace.values()];
}
