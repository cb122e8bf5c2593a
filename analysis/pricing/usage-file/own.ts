import { nearest } from '../../../values/nearest';
import type { LlmUse } from '../llm';
import type { UsageFigure, UsageQuantities } from '../usage';
import type { UsageKey } from '../usage-keys';
import { figureOf, keyOf, type Report } from './figures';
import type { UsageFile, UsageRule } from './types';
import type { Located, LocatedEntry } from './yaml';

const sections = ['version', 'defaults', 'resources', 'components', 'total', 'llm'];

/** Reads our own form: `defaults` by type, `resources` by address, `components`, `total`, `llm`. */
export function readOwn(root: readonly LocatedEntry[], report: Report): UsageFile {
  for (const entry of root) if (!sections.includes(entry.key)) report(entry.where, unknownSection(entry.key));
  const section = (name: string): readonly LocatedEntry[] =>
    root.filter((entry) => entry.key === name).flatMap((entry) => membersOf(entry, report));
  const version = root.find((entry) => entry.key === 'version');
  if (version !== undefined && valueText(version.value) !== '1')
    report(version.value.where, `version is ${JSON.stringify(valueText(version.value))}. This release reads version 1.`);
  return {
    rules: [
      ...section('defaults').flatMap((entry) => rulesOf(entry, { type: entry.key }, report)),
      ...section('resources').flatMap((entry) => rulesOf(entry, { address: entry.key }, report)),
    ],
    components: Object.fromEntries(section('components').map((entry) => [entry.key, quantitiesOf(membersOf(entry, report), report)])),
    total: quantitiesOf(section('total'), report),
    llm: root.filter((entry) => entry.key === 'llm').flatMap((entry) => llmUses(entry, report)),
    ignored: [],
  };
}

function unknownSection(key: string): string {
  const near = nearest(key, sections);
  return `there is no section "${key}".${near === undefined ? ` Allowed: ${sections.join(', ')}.` : ` Did you mean ${near}?`}`;
}

function membersOf(entry: LocatedEntry, report: Report): readonly LocatedEntry[] {
  if (entry.value.kind === 'map') return entry.value.entries;
  if (entry.value.kind !== 'other') report(entry.value.where, `${entry.key} is no mapping. Write one "name: value" a line below it.`);
  return [];
}

function valueText(value: Located): string {
  return 'text' in value ? value.text : '';
}

function rulesOf(entry: LocatedEntry, scope: UsageRule['scope'], report: Report): readonly UsageRule[] {
  return figuresOf(membersOf(entry, report), report).map(([key, figure, where]) => ({ scope, key, figure, where }));
}

function figuresOf(members: readonly LocatedEntry[], report: Report): readonly (readonly [UsageKey, UsageFigure, string])[] {
  return members.flatMap((member) => {
    const key = keyOf(member, report);
    const figure = key === undefined ? undefined : figureOf(member, { key }, report);
    return key === undefined || figure === undefined ? [] : [[key, figure, member.where] as const];
  });
}

function quantitiesOf(members: readonly LocatedEntry[], report: Report): UsageQuantities {
  return Object.fromEntries(figuresOf(members, report).map(([key, figure]) => [key, figure]));
}

/** Tokens are no usage figure of a resource; millions of them are bounded like every other figure in millions. */
const tokens = { key: 'requestsMillion' as const };

function llmUses({ value, where }: LocatedEntry, report: Report): readonly LlmUse[] {
  if (value.kind !== 'list') {
    report(where, 'llm is no list. Write "- model: vendor/model" with inputMillion and outputMillion below it.');
    return [];
  }
  return value.items.flatMap((item) => llmUse(item, report) ?? []);
}

const llmFields = ['model', 'inputMillion', 'outputMillion'];

function llmUse(item: Located, report: Report): LlmUse | undefined {
  if (item.kind !== 'map') return report(item.where, 'this is no mapping. Write model, inputMillion and outputMillion.');
  for (const entry of item.entries)
    if (!llmFields.includes(entry.key)) report(entry.where, `llm has no field "${entry.key}". Allowed: ${llmFields.join(', ')}.`);
  const [model, input, output] = llmFields.map((name) => item.entries.find((entry) => entry.key === name));
  if (model === undefined || input === undefined || output === undefined)
    return report(item.where, `this lacks ${llmFields.filter((name) => !item.entries.some((entry) => entry.key === name)).join(' and ')}.`);
  if (model.value.kind !== 'text' || !/^[\w-]+\/\S+$/.test(model.value.text))
    return report(model.value.where, 'model is no vendor and model, like openai/gpt-5-mini. `terrace prices --service llm` lists them.');
  const [inputMillion, outputMillion] = [figureOf(input, tokens, report), figureOf(output, tokens, report)];
  return inputMillion === undefined || outputMillion === undefined ? undefined : { model: model.value.text, inputMillion, outputMillion };
}
