import { catalogFacts, type Facts } from '../../../terraform/standin/facts';
import { applyChange } from '../../../terraform/standin/objects/apply';
import { plan, type Planned } from '../../../terraform/standin/plan';
import { conform, resourceOf, type Resource } from '../../../terraform/standin/schema';
import type { Account } from '../../../terraform/standin/store';
import { isMap, type Value, type ValueMap } from '../../../terraform/standin/values';
import type { Arguments } from './fixture';

/** An account without Terraform: what a plan and an apply would do to it, in this process. */
export class Cloud {
  account: Account = { made: {}, objects: {}, contents: {} };

  constructor(private readonly facts: Facts = catalogFacts) {}

  /** Makes an object. Throws `status message` when the API refuses. */
  make(type: string, args: Arguments): ValueMap {
    return this.change(type, null, plannedState(planOf(type, null, args)));
  }

  /** Changes an object in place: arguments as before, with these differences. */
  edit(type: string, prior: ValueMap, args: Arguments): ValueMap {
    return this.change(type, prior, plannedState(planOf(type, prior, args)));
  }

  remove(type: string, state: ValueMap): void {
    this.change(type, state, null);
  }

  private change(type: string, prior: ValueMap | null, planned: ValueMap | null): ValueMap {
    const [account, outcome] = applyChange(this.account, { type, resource: known(type), facts: this.facts, prior, planned });
    if ('refusal' in outcome) throw new Error(`${outcome.refusal.status} ${outcome.refusal.message}`);
    this.account = account;
    return outcome.state ?? {};
  }
}

/** The plan of a resource whose configuration holds these arguments; what is not named keeps its prior value. */
export function planOf(type: string, prior: ValueMap | null, args: Arguments): Planned {
  const resource = known(type);
  return plan({ type, resource, prior, proposed: conform(resource, { ...prior, ...(args as ValueMap) }) });
}

export function known(type: string): Resource {
  const resource = resourceOf(type);
  if (resource === undefined) throw new Error(`no such type: ${type}`);
  return resource;
}

function plannedState({ state, errors }: Planned): ValueMap {
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return state;
}

/** Terraform JSON lets a single block stand without brackets; a plan sees a list. */
export function listed(type: string, args: Arguments): Arguments {
  const names = Object.keys(known(type).blocks ?? {});
  const wrap = (name: string, value: unknown): unknown => (names.includes(name) && isMap(value as Value) ? [value] : value);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, wrap(name, value)]));
}
