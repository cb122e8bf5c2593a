import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { synthesize, type Synthesis } from '../../stacks/synthesize';
import { sampleEnvironment } from './environments';
import { scratch } from './scratch';

/** Synthesizes the tier at which an environment stands, in a folder of its own. */
export function synthesized(overrides: Partial<Environment> = {}, project = scratch()): Synthesis {
  return synthesize(sampleEnvironment(overrides), { project, recordedOnly: true });
}

/** Synthesizes every tier of it, as a person's project does. */
export function wholeLadder(overrides: Partial<Environment> = {}): Synthesis {
  return synthesize(sampleEnvironment(overrides), { project: scratch() });
}

/** The resources of a tier: address -> arguments. */
export function resources(synthesis: Synthesis, tier = synthesis.recorded.id): Record<string, Record<string, unknown>> {
  const json = synthesis.tiers.find(({ id }) => id === tier)?.json as { resource: Record<string, Record<string, Record<string, unknown>>> };
  return Object.fromEntries(
    Object.entries(json.resource).flatMap(([type, named]) => Object.entries(named).map(([name, values]) => [`${type}.${name}`, values])),
  );
}

/** The text of a group's release on AWS, as it stands in the synthesized JSON. */
export function releaseOf(synthesis: Synthesis, group: string): string {
  return String(resources(synthesis)[`aws_s3_object.configuration_${group}`]?.['content']);
}

/** A folder like a user's project: `environments/<name>.yaml` with these texts. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = scratch();
  mkdirSync(join(folder, 'environments'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'environments', `${name}.yaml`), text);
  return folder;
}
