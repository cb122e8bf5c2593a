import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, ResourceGraph } from '../analysis/graph';
import { readEnvironment } from '../environments/load';
import { synthesize } from '../stacks/synthesize';
import { graphOfTier } from '../stacks/tier-graph';
import { isRecord } from '../values/record';
import { banner, type Compiler } from './compiler';
import { listLiteral, type Plain } from './typescript-literal';

/** Tiers that can be built, by platform: each has an example environment, whose resources the selector knows. */
export const storedTiers = [
  { platform: 'digitalocean', tier: 'tier1' },
  { platform: 'digitalocean', tier: 'tier2' },
  { platform: 'digitalocean', tier: 'tier3' },
  { platform: 'digitalocean', tier: 'tier4' },
  { platform: 'digitalocean', tier: 'tier5' },
  { platform: 'aws', tier: 'tier1' },
  { platform: 'aws', tier: 'tier2' },
  { platform: 'aws', tier: 'tier3' },
  { platform: 'aws', tier: 'tier4' },
  { platform: 'aws', tier: 'tier5' },
  { platform: 'aws', tier: 'tier6' },
] as const;

/** Long texts that neither price nor capacity reads. */
const unread: ReadonlySet<string> = new Set(['user_data', 'content']);

/** The resources of every example environment, as the selector prices them. */
export const selectionCompilers: readonly Compiler[] = storedTiers.map(({ platform, tier }) => {
  const name = `${platform}-${tier}`;
  const source = `environments/examples/${name}.yaml`;
  return { source, target: `analysis/selection/${name}.generated.ts`, compile: (text) => storedText(source, name, text) };
});

function storedText(source: string, name: string, text: string): string {
  const constant = name.replace(/-([a-z])/, (_match, letter: string) => letter.toUpperCase());
  const { resources, providers } = storedGraph(name, text);
  const rows = resources.map((node) => ({ ...node, values: readable(node.values) }) as unknown as Plain);
  const regions = regionsOf(providers);
  const also =
    regions === undefined
      ? ''
      : `\n/** Where the providers build. */\nexport const ${constant}Providers: ResourceGraph['providers'] = ${JSON.stringify(regions)};\n`;
  const types = regions === undefined ? 'ResourceNode' : 'ResourceGraph, ResourceNode';
  return `${banner(source)}import type { ${types} } from '../graph';\n\nexport const ${constant}: readonly ResourceNode[] = ${listLiteral(rows)};\n${also}`;
}

/** The regions of provider configurations, where prices follow from them; undefined where no provider states one. */
function regionsOf(providers: ResourceGraph['providers']): ResourceGraph['providers'] | undefined {
  const stated = Object.entries(providers).flatMap(([name, { region }]) => (region === undefined ? [] : [[name, { region }] as const]));
  return stated.length === 0 ? undefined : Object.fromEntries(stated);
}

/** What an example environment becomes, read back from its synthesis in a folder of its own. */
function storedGraph(name: string, text: string): ResourceGraph {
  const { environment } = readEnvironment(text, name);
  if (environment === undefined) throw new Error(`environments/examples/${name}.yaml is not valid`);
  const project = mkdtempSync(join(tmpdir(), 'terrace-selection-'));
  try {
    return graphOfTier(synthesize(environment, { project, recordedOnly: true }).recorded);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function readable(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !unread.has(name))
      .map(([name, value]) => [name, isRecord(value) ? readable(value as JsonObject) : value]),
  );
}
