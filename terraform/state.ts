import { isRecord } from '../values/record';
import { list, record, text } from './json';

/** One resource in the state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a state holds. */
export interface TerraformState {
  readonly resources: readonly StateResource[];
}

/**
 * Reads `terraform show -json` of a state; an empty state has no `values`.
 * Source: Terraform documentation, "JSON output format", format 1.0.
 */
export function readState(state: Record<string, unknown>): TerraformState {
  return { resources: inModule(record(record(state['values'])['root_module'])) };
}

function inModule(module: Record<string, unknown>): readonly StateResource[] {
  const own = list(module['resources']).filter(isRecord).filter(isManaged).map(readResource);
  const nested = list(module['child_modules']).filter(isRecord).flatMap(inModule);
  return [...own, ...nested];
}

function isManaged(resource: Record<string, unknown>): boolean {
  return resource['mode'] === 'managed';
}

function readResource(resource: Record<string, unknown>): StateResource {
  return { address: text(resource['address']) ?? '', type: text(resource['type']) ?? '', values: record(resource['values']) };
}
