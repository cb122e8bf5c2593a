import { graphFromPlan, resourceGraph } from '../../graph';
import type { JsonObject, JsonValue, ResourceGraph, ResourceNode } from '../../graph';
import { componentOf, recordedTierAddress } from '../../graph/component';
import { byText } from '../../graph/order';
import { isList, isObject, objectAt, objectsAt, textAt, textsAt } from '../../graph/json';
import { providerName } from '../../graph/state-resources';
import { differences } from './difference';
import type { ChangeAction, ResourceChange } from './types';

/** What a plan says, as far as a review needs it. */
export interface PlanChanges {
  readonly changes: readonly ResourceChange[];
  readonly before: ResourceGraph;
  readonly after: ResourceGraph;
  /** Whether Terraform calls the plan complete: false with -target, or where a step was deferred. */
  readonly complete: boolean;
}

/**
 * Reads the output of `terraform show -json PLANFILE`: exact actions, and the attributes that force a replacement.
 * @throws TerraceError `GRAPH_WRONG_DOCUMENT`, `GRAPH_NEWER_FORMAT`
 */
export function changesInPlan(json: unknown): PlanChanges {
  const after = graphFromPlan(json);
  const plan = json as JsonObject;
  const rows = objectsAt(plan, 'resource_changes').filter((row) => textAt(row, 'mode') !== 'data');
  const ours = rows.some((row) => textAt(row, 'address') === recordedTierAddress);
  const changes = rows.map((row) => changeOf(row, after, ours));
  const before = resourceGraph(
    changes.flatMap((change) => (change.before === undefined || change.address.includes(' (') ? [] : [change.before])),
  );
  return {
    changes: [...changes].sort(byText((change) => change.address)),
    before,
    after,
    complete: plan['complete'] !== false && plan['errored'] !== true,
  };
}

const actions: Readonly<Record<string, ChangeAction>> = {
  'no-op': 'no-op',
  read: 'no-op',
  create: 'create',
  update: 'update',
  delete: 'delete',
  forget: 'forget',
  'delete create': 'replace',
  'create delete': 'replace',
  'create forget': 'replace',
};

function changeOf(row: JsonObject, graph: ResourceGraph, ours: boolean): ResourceChange {
  const detail = objectAt(row, 'change');
  const written = textsAt(detail, 'actions').join(' ');
  const planned = Object.hasOwn(actions, written) ? actions[written] : undefined;
  const previousAddress = textAt(row, 'previous_address');
  const address = textAt(row, 'address') ?? '';
  const deposed = textAt(row, 'deposed');
  const before = nodeOf(row, detail['before'], previousAddress ?? address, ours);
  const after = graph.get(address);
  const action = planned === 'no-op' && previousAddress !== undefined ? 'move' : (planned ?? 'replace');
  return {
    address: deposed === undefined ? address : `${address} (left over: ${deposed})`,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    type: textAt(row, 'type') ?? '',
    component: after?.component ?? before?.component ?? address,
    action,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined || action === 'delete' || action === 'forget' ? {} : { after }),
    changed:
      action === 'update' || action === 'replace' ? differences(before?.values ?? {}, after?.values ?? {}).map(({ path }) => path) : [],
    because: replacePaths(detail['replace_paths']),
    ...(planned === undefined ? { doubt: `the plan's action "${written}" is not known to this release` } : {}),
  };
}

/** A resource as it was, from the values before the change. */
function nodeOf(row: JsonObject, values: JsonValue | undefined, address: string, ours: boolean): ResourceNode | undefined {
  if (!isObject(values)) return undefined;
  const module = textAt(row, 'module_address');
  const name = textAt(row, 'name') ?? '';
  return {
    address,
    type: textAt(row, 'type') ?? '',
    name,
    ...(module === undefined ? {} : { module }),
    provider: providerName(textAt(row, 'provider_name')),
    values,
    references: [],
    referencesByAttribute: {},
    component: componentOf(
      { name: address.split('.').at(-1)?.replace(/\[.*$/, '') ?? name, ...(module === undefined ? {} : { module }) },
      ours,
    ),
    unknown: [],
  };
}

function replacePaths(value: JsonValue | undefined): readonly string[] {
  if (!isList(value)) return [];
  return value.filter(isList).map((steps) => steps.filter((step) => typeof step === 'string').join('.'));
}
