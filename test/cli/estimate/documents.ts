import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../analysis/graph';
import type { OpenProject } from '../../../cli/project';
import { openProject } from '../../../cli/project';
import { scratch } from '../../support/scratch';
import { type Outcome, type } from '../desk';

type Resources = Readonly<Record<string, JsonObject>>;

const parts = (address: string): { type: string; name: string } => {
  const [kind = '', name = ''] = address.replace(/\[.*$/, '').split('.').slice(-2);
  return { type: kind, name };
};

const valuesOf = (resources: Resources): JsonObject => ({
  root_module: {
    resources: Object.entries(resources).map(([address, values]) => ({
      address,
      mode: 'managed',
      ...parts(address),
      provider_name: `registry.terraform.io/x/${parts(address).type.split('_', 1)[0]}`,
      schema_version: 0,
      values,
      sensitive_values: {},
    })),
  },
});

/** A plan as `terraform show -json` prints it, which creates these resources. */
export function planJson(resources: Resources, more: JsonObject = {}): JsonObject {
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: valuesOf(resources),
    resource_changes: Object.entries(resources).map(([address, after]) => ({
      address,
      mode: 'managed',
      ...parts(address),
      change: { actions: ['create'], before: null, after, after_unknown: { id: true }, before_sensitive: false, after_sensitive: {} },
    })),
    configuration: { provider_config: {}, root_module: {} },
    ...more,
  };
}

/** A state as `terraform show -json` prints it. */
export function stateJson(resources: Resources): JsonObject {
  return { format_version: '1.0', terraform_version: '1.11.4', values: valuesOf(resources) };
}

/** A configuration in JSON syntax. */
export function configurationJson(resources: Resources): JsonObject {
  const groups: Record<string, Record<string, JsonObject>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const { type: kind, name } = parts(address);
    groups[kind] = { ...groups[kind], [name]: body };
  }
  return { resource: groups };
}

/** A file with this content in a folder of its own. */
export function fileOf(content: unknown, name = 'input.json'): string {
  const file = join(scratch(), name);
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

/** Types a command that needs no project, or the sample one. */
export async function terrace(args: readonly string[], options: { cwd?: string; open?: OpenProject } = {}): Promise<Outcome> {
  return type(args, options.open ?? openProject, {
    env: { TERRACE_ENVIRONMENT: undefined, CDKTF_OUTDIR: undefined },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
}
