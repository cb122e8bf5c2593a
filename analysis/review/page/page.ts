import { counted } from '../../../values/counted';
import { append } from '../../graph/addresses';
import { type ChangeAction, type ChangeCounts, countsOf, type ResourceChange, type StackChange } from '../change';
import { counts as countsForVerdict, type Review } from '../review';
import type { Finding, Verdict } from '../types';
import { diagramOf } from './diagram';
import { capacityNotes, capacityRows, moneyNotes, moneyRows } from './figures';
import type { ChangeLine, ComponentChanges, Diagram, Item, Page, Row } from './model';
import { listed } from './text';

/** Lays a review out as one page. */
export function pageOf(review: Review): Page {
  const counting = review.findings.filter(countsForVerdict);
  const of = (severity: Finding['severity']): readonly Item[] => itemsOf(counting.filter((one) => one.severity === severity));
  const dangerous = new Set(counting.filter(({ severity }) => severity === 'high').map(({ component }) => component));
  const [before, after] = [diagramOf(review.stacks, 'before', dangerous), diagramOf(review.stacks, 'after', dangerous)];
  return {
    verdict: review.verdict,
    headline: headline(review, counting),
    subject: subject(review),
    danger: of('high'),
    attention: of('medium'),
    ...(review.way === undefined ? {} : { way: review.way }),
    money: moneyRows(review),
    moneyNotes: moneyNotes(review),
    capacity: capacityRows(review),
    capacityNotes: capacityNotes(review),
    counts: review.counts,
    changes: review.stacks.flatMap((stack) => changesOf(stack, review.stacks.length > 1)),
    low: of('low'),
    waived: itemsOf(review.findings.filter(({ waived, existing }) => waived !== undefined && existing !== true)),
    existing: itemsOf(review.findings.filter(({ existing }) => existing === true)),
    addresses: review.stacks.flatMap(({ changes }) => changes.flatMap(movedRow)),
    ...(before === undefined || isSamePicture(before, after) ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    notes: notes(review),
  };
}

/** One picture is enough where nothing in it changes. */
function isSamePicture(before: Diagram, after: Diagram | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

const verdictWords: Readonly<Record<Verdict, string>> = { dangerous: 'Dangerous', attention: 'Attention', safe: 'Safe' };

function headline({ verdict, counts }: Review, counting: readonly Finding[]): string {
  const high = counting.filter(({ severity }) => severity === 'high').length;
  const medium = counting.filter(({ severity }) => severity === 'medium').length;
  const found =
    high > 0
      ? `${counted(high, 'finding')} that ${high === 1 ? 'endangers' : 'endanger'} data`
      : medium > 0
        ? `${counted(medium, 'finding')} to look at, none that endangers data`
        : 'nothing that endangers data';
  return `${verdictWords[verdict]}: ${found}; ${countsText(counts)}.`;
}

const countWords: readonly (readonly [keyof ChangeCounts, string])[] = [
  ['delete', 'delete'],
  ['replace', 'replace'],
  ['forget', 'forget'],
  ['update', 'update'],
  ['move', 'move'],
  ['create', 'create'],
];

/** `1 to delete, 2 to update`. */
export function countsText(given: ChangeCounts): string {
  const told = countWords.filter(([key]) => given[key] > 0).map(([key, verb]) => `${given[key]} to ${verb}`);
  return told.length === 0 ? 'no resource changes' : told.join(', ');
}

function subject({ environment, stacks }: Review): string {
  const names = stacks.map(({ stack, planned }) => `${stack} (${planned ? 'by its plan' : 'by two syntheses'})`);
  return `${environment === undefined ? '' : `${environment}: `}${listed(names)}`;
}

/** So many findings are told one by one, and still stand within the first lines of a page. */
const singly = 12;

/** Where there are many findings, those with one id are one item, so that the page stays short and nothing is left out. */
function itemsOf(findings: readonly Finding[]): readonly Item[] {
  if (findings.length <= singly) return findings.flatMap((one) => itemOf([one]));
  const groups = new Map<string, Finding[]>();
  for (const one of findings)
    append(
      groups,
      one.waived === undefined ? one.id : JSON.stringify([one.id, one.waived.owner, one.waived.reason, one.waived.until]),
      one,
    );
  return [...groups.values()].flatMap(itemOf);
}

function itemOf(group: readonly Finding[]): readonly Item[] {
  const [first] = group;
  if (first === undefined) return [];
  const waiver =
    first.waived === undefined ? {} : { waiver: `accepted by ${first.waived.owner} until ${first.waived.until}: ${first.waived.reason}` };
  return [
    {
      id: first.id,
      severity: first.severity,
      title: group.length === 1 ? first.summary : `${titles[first.id] ?? first.summary.replace(/\.$/, '')}: ${group.length} times.`,
      addresses: [...new Set(group.map(({ stack, address }) => (stack === undefined ? address : `${stack}: ${address}`)))],
      sayings: group.map(({ summary, detail }) => ({ summary, detail })),
      remedy: first.remedy,
      ...waiver,
    },
  ];
}

/** What several findings of the guard have in common. */
const titles: Readonly<Record<string, string>> = {
  'guard/deleted': 'What holds data is deleted',
  'guard/replaced': 'What holds data is replaced by something empty',
  'guard/moved': 'What holds data is made again, empty, under another name',
  'guard/forgotten': 'Forgotten and left running',
  'guard/emptied': 'What holds data can be emptied',
  'guard/unprotected': 'A protection is removed or lowered',
  'guard/weaker': 'Something protects less',
  'guard/shrunk': 'What holds data gets smaller',
  'guard/public': 'Opened to everybody',
  'guard/opened': 'Web traffic from everywhere is let in',
  'guard/provider': 'Looked for in another place',
  'guard/server': 'A server or a service is replaced',
  'guard/cache': 'A cache is emptied',
  'guard/not-seen': 'Modules cannot be seen',
  'guard/leftover': 'What an interrupted replacement left over is deleted',
};

const signs: Readonly<Record<ChangeAction, string>> = {
  delete: '-',
  replace: '-/+',
  forget: 'x',
  update: '~',
  move: '>',
  create: '+',
  'no-op': '',
};
const order: readonly ChangeAction[] = ['delete', 'replace', 'forget', 'update', 'move', 'create'];

function changesOf({ stack, changes }: StackChange, several: boolean): readonly ComponentChanges[] {
  const groups = new Map<string, ResourceChange[]>();
  for (const change of changes) if (change.action !== 'no-op') append(groups, change.component, change);
  const components = [...groups].map(([component, group]) => ({
    component: several ? `${stack}: ${component}` : component,
    counts: countsOf(group),
    lines: [...group].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action)).map(lineOf),
  }));
  return components.sort((a, b) => weight(b.counts) - weight(a.counts) || (a.component < b.component ? -1 : 1));
}

/** What is lost stands first. */
function weight(given: ChangeCounts): number {
  return given.delete * 1e6 + given.replace * 1e6 + given.forget * 1e3 + given.update;
}

function lineOf({ action, address, previousAddress, because, doubt, changed }: ResourceChange): ChangeLine {
  const notes = [
    ...(previousAddress === undefined ? [] : [`was ${previousAddress}`]),
    ...(because.length > 0 ? [`because of ${because.join(', ')}`] : []),
    ...(doubt === undefined ? [] : [doubt]),
    ...(action === 'update' && changed.length > 0 ? [shortList(roots(changed))] : []),
  ];
  return { sign: signs[action], address, note: notes.join('; ') };
}

function roots(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.split('.', 1)[0] ?? path))];
}

function shortList(texts: readonly string[]): string {
  return texts.length <= 6 ? texts.join(', ') : `${texts.slice(0, 6).join(', ')} and ${texts.length - 6} more`;
}

function movedRow({ previousAddress, address, action }: ResourceChange): readonly Row[] {
  return previousAddress === undefined
    ? []
    : [{ label: 'moved', before: previousAddress, after: address, change: action === 'move' ? 'nothing else changes' : action }];
}

function notes({ stacks, today, waivers }: Review): readonly string[] {
  const bySyntheses = stacks.filter(({ planned }) => !planned);
  return [
    ...(bySyntheses.length === 0
      ? []
      : [
          'What happens was computed from two syntheses, without a state: what was changed by hand in the cloud is not seen. A plan is exact.',
        ]),
    ...(waivers.length === 0 ? [] : [`Waivers were judged on ${today}.`]),
  ];
}
