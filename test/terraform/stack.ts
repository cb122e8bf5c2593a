import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../support/scratch';

/** Terraform JSON written by hand, with `terraform_data` only, so that no provider is needed. */
export type StackJson = Readonly<Record<string, unknown>>;

/** A stack directory as synthesis leaves it: `<project>/cdktf.out/stacks/<tier>/cdk.tf.json`. */
export function writeStack(json: StackJson, options: { project?: string; tier?: string } = {}): string {
  const project = options.project ?? scratch('terrace-stack-');
  const directory = join(project, 'cdktf.out', 'stacks', options.tier ?? 'tier1');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(json, null, 2));
  return directory;
}

/** A backend whose state lies in the project folder. */
export function localState(path = 'state.tfstate'): StackJson {
  return { backend: { local: { path: `../../../${path}` } } };
}

/** A stack with these `terraform_data` resources. */
export function dataStack(resources: Readonly<Record<string, unknown>>, more: StackJson = {}): StackJson {
  return { terraform: localState(), resource: { terraform_data: resources }, ...more };
}

/** Addresses in the state file of a project, sorted; empty when there is none. */
export function addressesInState(directory: string, path = 'state.tfstate'): readonly string[] {
  const state = JSON.parse(readFileSync(join(directory, '..', '..', '..', path), 'utf8')) as {
    resources: readonly { type: string; name: string }[];
  };
  return state.resources.map((each) => `${each.type}.${each.name}`).sort();
}

/** A shell step inside Terraform, which is how a test makes an apply slow or fail. */
export function runs(command: string): StackJson {
  return { provisioner: [{ 'local-exec': { command } }] };
}

/** Plan files that lie in a stack directory: there should be none when a command is over. */
export function plansIn(directory: string): readonly string[] {
  return readdirSync(join(directory, '.terraform')).filter((name) => name.endsWith('.tfplan'));
}
