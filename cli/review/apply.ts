import { deploy } from '../deploy';
import type { Io } from '../io';
import { type OpenProject, stackOf } from '../project';
import { withTerraform } from '../terraform-command';
import type { ApplyFlags } from './commands';
import { planDangerous, stateChanged } from './errors';
import { recordOf, removeRecord, type StateMark, stateMarkOf } from './saved';

/** Applies a plan that was reviewed: exactly that one, over exactly that state. @returns 0 */
export async function applyCommand(plan: string, flags: ApplyFlags, io: Io, open: OpenProject): Promise<number> {
  const record = recordOf(plan, io);
  if (record.verdict === 'dangerous' && flags.dangerous !== true) throw planDangerous(plan);
  const project = await open(flags.environment ?? record.environment, io);
  const stack = stackOf(project, record.tier);
  const now = await withTerraform('deploy', io, project, stack, async (place) => {
    await place.terraform.init();
    return stateMarkOf(place);
  });
  if (shown(now) !== shown(record.state)) throw stateChanged(plan, shown(record.state), shown(now));
  const options = {
    plan,
    ...(flags.autoApprove === undefined ? {} : { autoApprove: flags.autoApprove }),
    ...(flags.json === undefined ? {} : { json: flags.json }),
  };
  const code = await deploy(record.tier, options, io, () => Promise.resolve(project));
  removeRecord(plan, io);
  return code;
}

function shown(mark: StateMark): string {
  return mark === null ? 'no state' : `serial ${mark.serial} of ${mark.lineage}`;
}
