import { tierOf } from '../../tiers/choices';
import type { TierId } from '../../tiers/tier';
import { TerraceError } from '../../values/errors';
import { grouped } from '../../values/grouped';
import type { Rehearsed } from '../../promotion/rehearse/rehearse';
import { printJson } from '../answer';
import type { Io } from '../io';
import { allAtOnce, numberOption } from '../numbers';
import { columns } from '../table';
import type { RehearseFlags } from './commands';
import type { RehearsedPhases } from './rehearsed-phases';

/** Rehearses a promotion and prints what it measured. */
export async function rehearseCommand(options: RehearseFlags, io: Io): Promise<number> {
  const [rows, cutovers, kills, seed, from, to] = allAtOnce(
    () => whole('rows', options.rows, 1, 100_000_000),
    () => whole('cutovers', options.cutovers, 1, 100),
    () => whole('kills', options.kills, 0, 1000),
    () => (options.seed === undefined ? Date.now() % 1_000_000 : whole('seed', options.seed, 0, 4_294_967_295)),
    () => tierOf(options.from ?? '', {}),
    () => tierOf(options.to ?? '', {}),
  );
  const { shardsOf } = await import('../../promotion/rehearse/pair');
  const { rehearse } = await import('../../promotion/rehearse/rehearse');
  const shards = shardsOf(from, to);
  const progress = (line: string): void => (options.json === true && !io.terminal.errors ? undefined : io.err(`${line}\n`));
  const phases = options.terraform === false ? undefined : await phasesOf(from.id, to.id, io, progress);
  const result = await rehearse({ rows, cutovers, kills, seed, shards, progress, ...(phases === undefined ? {} : { phases }) }).finally(
    () => phases?.stop(),
  );
  if (options.json === true) printJson(result.report, io);
  else io.out(`${page(result, from.id, to.id, phases?.steps).join('\n')}\n`);
  if (options.json === true) for (const line of result.wrong) io.err(`${line}\n`);
  return result.wrong.length === 0 && result.report.lost === 0 && result.report.duplicated === 0 ? 0 : 1;
}

/** Terraform's part on the stand-in; without Terraform that is said, and the data move all the same. */
async function phasesOf(from: TierId, to: TierId, io: Io, say: (line: string) => void): Promise<RehearsedPhases | undefined> {
  const { findTerraform } = await import('../../terraform');
  const found = await findTerraform(io.env).catch(() => undefined);
  if (found !== undefined) return (await import('./rehearsed-phases')).rehearsedPhases(from, to, say);
  io.err('warning: Terraform is not installed, so that its part of the promotion is left out.\n');
  return undefined;
}

/** A whole number within limits. */
function whole(option: string, given: string, least: number, most: number): number {
  const value = numberOption(option, given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TerraceError('CLI_NOT_WHOLE', `--${option} is "${given}". Allowed: a whole number from ${least} to ${most}.`, [], 2);
}

function page({ report, wrong, facts }: Rehearsed, from: string, to: string, steps: readonly string[] | undefined): readonly string[] {
  const figures = [
    [
      'moved',
      `${grouped(report.rows)} rows, PostgreSQL ${facts.source} to ${facts.target}, in ${report.copySeconds} s while the app wrote ${facts.writesPerSecond} transactions a second`,
    ],
    [
      'pause of writes',
      `median ${report.pauseMs.median} ms, worst ${report.pauseMs.worst} ms, over ${facts.pauses.length} changes of sides ${facts.pooler ? 'through PgBouncer' : 'without a pooler'}`,
    ],
    [
      'killed',
      report.kills === 0
        ? 'nothing'
        : `${report.kills} times, the engine ${report.killed.engine}, the old server ${report.killed.source}, a new one ${report.killed.target}${report.outageMs > 0 ? `; the longest outage of a killed server ${report.outageMs} ms` : ''}`,
    ],
    [
      'Terraform',
      steps === undefined ? 'left out' : `${steps.length} steps on the stand-in, each behind the gate and with an empty plan after it`,
    ],
    ['acknowledged', `${grouped(report.acknowledged)} writes`],
    ['lost', String(report.lost)],
    ['there twice', String(report.duplicated)],
    ['ended', report.ended === 'promoted' ? 'promoted' : 'rolled back'],
    ['seed', String(report.seed)],
  ];
  const verdict = wrong.length === 0 ? 'Every acknowledged write is on both sides, once.' : 'This must not happen:';
  return [
    `Rehearsal of ${from} to ${to}, on PostgreSQL servers of this machine`,
    '',
    ...columns(figures),
    '',
    verdict,
    ...wrong.map((line) => `  ${line}`),
  ];
}
