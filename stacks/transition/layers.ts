import type { CdkTfJson } from '../../analysis/graph';

/** A layer of which everything goes: what still says how its state and its clusters are reached. */
export function emptied({ resource: _resource, locals: _locals, output: _output, ...rest }: CdkTfJson): CdkTfJson {
  return rest;
}
