import { join, relative } from 'node:path';
import { purgeRefused } from '../../promotion/errors';
import { dueOf, purgeBlockers } from '../../promotion/purge/blockers';
import { purge, type Purged } from '../../promotion/purge/purge';
import { type Retired, retiredMonthly } from '../../promotion/retired';
import { counted } from '../../values/counted';
import { printJson } from '../answer';
import { confirmed } from '../confirm';
import { backupDoubts } from '../drill-record';
import type { Io } from '../io';
import { progressFor } from '../progress';
import type { OpenProject, Project } from '../project';
import { servingSide } from '../serving-side';
import { columns } from '../table';
import { withTerraform } from '../terraform-command';
import type { PurgeFlags } from './commands';
import { readRetired, retiredFile, writeRetired } from './retired-file';

/** Deletes what promotions have left standing and whose day has come. @throws `PURGE_REFUSED` with everything that forbids it */
export async function purgeCommand(name: string | undefined, options: PurgeFlags, io: Io, open: OpenProject): Promise<number> {
  const project = await open(name ?? options.environment, io);
  const [file, today, environment] = [retiredFile(project), new Date().toISOString().slice(0, 10), project.environment.name];
  const list = readRetired(file);
  const due = dueOf(list, today);
  const refuse = (problems: Parameters<typeof purgeRefused>[1]) => purgeRefused(environment, problems);
  const problems = purgeBlockers({
    environment,
    list,
    today,
    phase: project.environment.promotion?.phase,
    backupDoubts: options.backupVerified === true ? [] : backupDoubts(project, servingSide(project)),
    confirm: options.confirm,
    live: due.length === 0 ? [] : await liveObjects(project, io),
  });
  if (problems.length > 0) throw refuse(problems);
  if (options.json !== true)
    io.out(
      `${[`This deletes for good, with all data in it (${retiredMonthly(due)} USD a month):`, ...columns(due.map(row))].join('\n')}\n`,
    );
  if (options.confirm === undefined)
    await confirmed(io, `Type the name of the environment to go on: `, environment, () =>
      refuse([{ code: 'PURGE_NAME', message: `This is not a terminal, so nobody can type the name. Give it: --confirm ${environment}.` }]),
    );
  const listener = progressFor(io);
  const purged = await purge({
    environment,
    list: due,
    folder: join(project.folder, '.terrace', 'purge', environment),
    today,
    env: io.env,
    listener,
  }).finally(() => listener.stop());
  writeRetired(
    file,
    list.filter((each) => !purged.deleted.includes(each) && !purged.missing.includes(each)),
  );
  report(purged, relative(project.folder, file), environment, options, io);
  return 0;
}

/** What the environment itself has: nothing of that is deleted. */
async function liveObjects(
  project: Project,
  io: Io,
): Promise<readonly { readonly address: string; readonly type: string; readonly id: unknown }[]> {
  return withTerraform('diff', io, project, project.recorded, async ({ terraform }) => {
    await terraform.init();
    return (await terraform.state()).resources.map(({ address, type, values }) => ({ address, type, id: values['id'] }));
  });
}

function row({ address, id, since, monthly }: Retired): readonly string[] {
  return [`  ${address}`, id ?? '', `since ${since}`, monthly === null ? 'no price known' : `${monthly} USD`];
}

function report({ deleted, missing, byHand }: Purged, file: string, environment: string, options: PurgeFlags, io: Io): void {
  if (options.json === true)
    return printJson(
      {
        environment,
        deleted: deleted.map(named),
        missing: missing.map(named),
        byHand: byHand.map(named),
        monthly: retiredMonthly([...deleted, ...missing]),
      },
      io,
    );
  io.out(`Deleted: ${counted(deleted.length, 'resource')}, which cost ${retiredMonthly(deleted)} USD a month.\n`);
  if (missing.length > 0) io.out(`Not there any more: ${missing.map(({ address }) => address).join(', ')}.\n`);
  if (byHand.length > 0)
    io.out(
      `${[`Delete these at the provider yourself, because it takes them up again by no id; then take them out of ${file}:`, ...columns(byHand.map(row))].join('\n')}\n`,
    );
}

function named({ address, id }: Retired): { readonly address: string; readonly id: string | null } {
  return { address, id };
}
