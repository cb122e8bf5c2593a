import { addressBook, gatherReferences } from './addresses';
import type { AddressBook } from './addresses';
import { componentOf, recordedTierAddress } from './component';
import { newerFormat, notTerraformJson } from './errors';
import { resourceGraph } from './graph';
import { isObject, objectAt, textAt } from './json';
import { stateResources } from './state-resources';
import type { StateResource } from './state-resources';
import type { JsonObject, ResourceGraph, ResourceNode } from './types';

/** Terraform 1.11 writes format 1.0 for states. */
const formatMajor = '1';

/**
 * Reads the output of `terraform show -json` of a state, or the prior state that a plan holds: what exists now.
 * @throws TerraceError `graph-wrong-document`, `graph-newer-format`, `graph-duplicate-address`
 */
export function graphFromState(json: unknown): ResourceGraph {
  const state = stateIn(json);
  const resources = stateResources(objectAt(state, 'values'));
  const book = addressBook(resources.map((resource) => resource.address));
  const ours = resources.some((resource) => resource.address === recordedTierAddress);
  return resourceGraph(resources.map((resource) => toNode(resource, book, ours)));
}

/** An empty state has no `values`, and a plan for nothing existing has no `prior_state`. */
function stateIn(json: unknown): JsonObject {
  if (!isObject(json)) throw wrongState();
  if ('planned_values' in json) return objectAt(json, 'prior_state');
  const version = textAt(json, 'format_version');
  if (version === undefined) throw wrongState();
  if (version.split('.', 1)[0] !== formatMajor) throw newerFormat('state', version, formatMajor);
  return json;
}

function wrongState(): Error {
  return notTerraformJson('a Terraform state in JSON', 'Give the output of `terraform show -json`, not the state file itself.');
}

function toNode(resource: StateResource, book: AddressBook, ours: boolean): ResourceNode {
  const explicit = resource.dependsOn.flatMap((base) => book.find(base));
  return {
    address: resource.address,
    type: resource.type,
    name: resource.name,
    ...(resource.module === undefined ? {} : { module: resource.module }),
    provider: resource.provider,
    values: resource.values,
    ...gatherReferences(new Map(), explicit, resource.address),
    component: componentOf(resource, ours),
    unknown: [],
  };
}
