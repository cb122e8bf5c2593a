import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { review } from '../../../../analysis/review';
import { rules } from '../../../../analysis/review/rules';
import { markdownTable } from '../../../../tools/docs/regions';
import { type CheckovReport, runCheckov } from '../../../checkov/run';
import { needs } from '../../../support/needs';
import { scratch } from '../../../support/scratch';
import { digitalOceanTier } from '../corpus/bases';
import { type Case, edited } from '../corpus/edit';
import { planner } from '../corpus/planner';
import type { Planned } from '../corpus/terraform';
import { compared } from './cases';

const page = join(__dirname, '..', '..', '..', '..', 'docs', 'review-compared.md');
const titles = ['change', 'terraform plan', 'tf-summarize', 'Checkov', 'terrace review'];

/** What a program says of each case. */
type Column = readonly string[];

jest.setTimeout(600_000);

/** Which columns are written anew: ours, or those of the other programs too. */
const written = { ours: process.env['UPDATE_GOLDEN'] === '1', all: process.env['TERRACE_COMPARE'] === '1' };

test('the page says of the ten changes what the review says', () => {
  expect(readTable().map(([name]) => name)).toEqual(compared.map(change));
  if (written.ours) write([0, 1, 2, 3].map((column) => readTable().map((row) => row[column] ?? '')).concat([compared.map(fromTerrace)]));
  expect(readTable().map((row) => row[4])).toEqual(compared.map(fromTerrace));
});

// Minutes of other programs, and nothing that a change of ours moves: only who writes their columns runs them.
if (written.all) {
  needs(
    'terraform',
    'tf-summarize',
    'checkov',
  )('the page is written from what the programs say', async () => {
    const planned = await plans();
    write([compared.map(change), planned.map(fromTerraform), summarized(planned), await checked(), compared.map(fromTerrace)]);
  });
}

function change({ base, name }: Case): string {
  return `${base}: ${name}`;
}

async function plans(): Promise<readonly Planned[]> {
  const bases = [...new Set(compared.map(({ base }) => base))];
  const real = await planner(Object.fromEntries(bases.map((base) => [base, digitalOceanTier(base)])));
  try {
    const made: Planned[] = [];
    for (const { base, edit } of compared) made.push(await real.plan(base, edited(digitalOceanTier(base), edit)));
    return made;
  } finally {
    await real.stop();
  }
}

/** Its last line, and how far one must read to the first that destroys something. */
function fromTerraform(planned: Planned): string {
  if ('refused' in planned) return 'refused';
  const lines = planned.text.split('\n');
  const summary = lines.find((line) => /^(?:Plan: |No changes)/.test(line)) ?? 'no summary';
  const bad = lines.findIndex((line) => /must be replaced|will be destroyed/.test(line));
  return bad < 0
    ? `"${summary}" Nothing is destroyed.`
    : `"${summary}" First \`${lines[bad]?.trim().replace(/^# /, '')}\` in line ${bad + 1} of ${lines.length}.`;
}

/** Its table of counts, without the additions and changes that it lists before. */
function summarized(planned: readonly Planned[]): Column {
  const room = scratch();
  return planned.map((one, index) => {
    const file = join(room, `${index}.json`);
    writeFileSync(file, JSON.stringify('plan' in one ? one.plan : {}));
    const counts = JSON.parse(execFileSync('tf-summarize', ['-json-sum', file], { encoding: 'utf8' })) as {
      changes: Record<string, number>;
    };
    const said = Object.entries(counts.changes)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${kind} ${count}`);
    return said.length === 0 ? 'no changes' : said.join(', ');
  });
}

/** Checks that fail after the change and did not before; it sees no change, so that this takes two runs. */
async function checked(): Promise<Column> {
  const configurations = new Map(
    compared.flatMap(({ base, edit }, index) => [
      [`${index}-before`, digitalOceanTier(base)] as const,
      [`${index}-after`, edited(digitalOceanTier(base), edit)] as const,
    ]),
  );
  const report = await runCheckov(scratch(), configurations);
  return compared.map((_, index) => {
    const before = failing(report, `${index}-before`);
    const added = [...failing(report, `${index}-after`)].filter((one) => !before.has(one));
    return added.length === 0 ? 'nothing new' : added.sort().join(', ');
  });
}

function failing({ failed }: CheckovReport, folder: string): ReadonlySet<string> {
  return new Set(failed.filter((one) => one.folder === folder).map(({ check, resource }) => `${check} ${resource}`));
}

/** From two synths, without a plan: the verdict, and the first thing that it says. */
function fromTerrace({ base, edit }: Case): string {
  const before = digitalOceanTier(base);
  const result = review({ stacks: [{ stack: base, base: before, head: edited(before, edit) }], today: '2026-11-21', rules });
  const [first] = result.findings.filter((one) => one.waived === undefined && one.existing !== true);
  return first === undefined ? `**${result.verdict}**` : `**${result.verdict}**: ${first.summary}`;
}

const [begin, end] = [
  '<!-- compared: written by TERRACE_COMPARE=1 npx jest test/analysis/review/compared; its last column by UPDATE_GOLDEN=1 -->',
  '<!-- end of compared -->',
] as const;

function write(columns: readonly Column[]): void {
  const rows = compared.map((_, row) => columns.map((column) => column[row] ?? ''));
  const text = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    `${text.slice(0, text.indexOf(begin) + begin.length)}\n\n${markdownTable(titles, rows)}\n\n${text.slice(text.indexOf(end))}`,
  );
}

function readTable(): readonly (readonly string[])[] {
  const lines = (readFileSync(page, 'utf8').split(begin)[1] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('\\|', '|')),
  );
}
