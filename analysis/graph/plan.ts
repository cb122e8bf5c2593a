import { addressBook, gatherReferences, sortedSet } from './addresses';
import type { AddressBook } from './addresses';
import { componentOf, recordedTierAddress } from './component';
import { configurationOf } from './configuration';
import type { Configuration } from './configuration';
import { newerFormat, notTerraformJson } from './errors';
import { resourceGraph } from './graph';
import { isList, isObject, objectAt, objectsAt, textAt, textsAt } from './json';
import { providerName, stateResources } from './state-resources';
import type { StateResource } from './state-resources';
import type { Action, JsonObject, JsonValue, ResourceGraph, ResourceNode } from './types';

/** Terraform 1.11 writes format 1.2; a new minor version only adds members. */
const formatMajor = '1';

/**
 * Reads the output of `terraform show -json PLANFILE`: everything that exists after the plan, changed or not.
 * @throws TerraceError `graph-wrong-document`, `graph-newer-format`, `graph-duplicate-address`
 */
export function graphFromPlan(json: unknown): ResourceGraph {
  const plan = assertPlan(json);
  const planned = stateResources(objectAt(plan, 'planned_values'));
  const changes = currentChanges(plan);
  const gone = [...changes.values()].filter(isRemoval).map(removedResource);
  const context: PlanContext = {
    changes,
    configuration: configurationOf(plan),
    book: addressBook([...planned, ...gone].map((resource) => resource.address)),
    ours: planned.some((resource) => resource.address === recordedTierAddress),
  };
  return resourceGraph(
    planned.map((one) => toNode(one, context)),
    {
      removed: gone.map((one) => toNode(one, context)),
      providers: context.configuration.providers,
    },
  );
}

interface PlanContext {
  readonly changes: ReadonlyMap<string, JsonObject>;
  readonly configuration: Configuration;
  readonly book: AddressBook;
  readonly ours: boolean;
}

function assertPlan(json: unknown): JsonObject {
  const hint = 'Give the output of `terraform show -json PLANFILE`.';
  if (!isObject(json)) throw notTerraformJson('a Terraform plan in JSON', hint);
  const version = textAt(json, 'format_version');
  if (version === undefined || !('planned_values' in json)) throw notTerraformJson('a Terraform plan in JSON', hint);
  if (version.split('.', 1)[0] !== formatMajor) throw newerFormat('plan', version, formatMajor);
  return json;
}

/** The change of each address. A deposed object is what a failed replacement left over, not the resource itself. */
function currentChanges(plan: JsonObject): ReadonlyMap<string, JsonObject> {
  const managed = objectsAt(plan, 'resource_changes').filter(
    (change) => textAt(change, 'mode') !== 'data' && change['deposed'] === undefined,
  );
  return new Map(managed.map((change) => [textAt(change, 'address') ?? '', change]));
}

function isRemoval(change: JsonObject): boolean {
  return ['delete', 'forget'].includes(actionOf(change) ?? '');
}

function removedResource(change: JsonObject): StateResource {
  const module = textAt(change, 'module_address');
  return {
    address: textAt(change, 'address') ?? '',
    type: textAt(change, 'type') ?? '',
    name: textAt(change, 'name') ?? '',
    provider: providerName(textAt(change, 'provider_name')),
    values: objectAt(objectAt(change, 'change'), 'before'),
    dependsOn: [],
    ...(module === undefined ? {} : { module }),
  };
}

function toNode(resource: StateResource, context: PlanContext): ResourceNode {
  const change = context.changes.get(resource.address);
  const action = actionOf(change);
  const declared = context.configuration.resource(resource);
  const found = new Map(
    [...declared.references].map(([name, references]) => [name, references.flatMap((one) => context.book.find(one.base, one.key))]),
  );
  const explicit = declared.dependsOn.flatMap((one) => context.book.find(one.base, one.key));
  return {
    address: resource.address,
    type: resource.type,
    name: resource.name,
    ...(resource.module === undefined ? {} : { module: resource.module }),
    provider: declared.provider ?? resource.provider,
    values: resource.values,
    ...gatherReferences(found, explicit, resource.address),
    component: componentOf(resource, context.ours),
    ...(action === undefined ? {} : { action }),
    ...(declared.configured === undefined ? {} : { configured: declared.configured }),
    unknown: sortedSet(unknownPaths(objectAt(change, 'change')['after_unknown'])),
  };
}

/** Terraform's lists of actions; an unknown list is never taken for harmless. */
const actionNames: Readonly<Record<string, Action>> = {
  'no-op': 'no-op',
  create: 'create',
  read: 'read',
  update: 'update',
  'delete create': 'replace',
  'create delete': 'replace',
  'create forget': 'replace',
  delete: 'delete',
  forget: 'forget',
};

function actionOf(change: JsonObject | undefined): Action | undefined {
  if (change === undefined) return undefined;
  return actionNames[textsAt(objectAt(change, 'change'), 'actions').join(' ')] ?? 'unrecognized';
}

/** Paths of the leaves that are `true` in `after_unknown`. */
function unknownPaths(value: JsonValue | undefined): readonly string[] {
  const found: string[] = [];
  collectUnknown(value, '', found);
  return found;
}

function collectUnknown(value: JsonValue | undefined, path: string, found: string[]): void {
  if (value === true) found.push(path);
  else if (isList(value)) value.forEach((member, index) => collectUnknown(member, below(path, String(index)), found));
  else if (isObject(value)) for (const [key, member] of Object.entries(value)) collectUnknown(member, below(path, key), found);
}

function below(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}
