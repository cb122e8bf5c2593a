import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { packageFile } from '../../../terraform/package-root';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { layers, twoRegions } from './fixture';

jest.setTimeout(120_000);

const helm = needs('helm');
const chart = packageFile('constructs/kubernetes/chart');

/** What releases of our own chart are given, references to other resources as plain words. */
function given(): readonly (readonly [release: string, values: string])[] {
  const { resource } = layers(scratch(), twoRegions('aws')).json;
  const own = Object.entries(resource['helm_release'] ?? {}).filter(([, release]) => String(release['chart']).startsWith('assets/'));
  return own.map(([name, release]) => [name, ((release['values'] as string[])[0] ?? '').replaceAll(/\$\{[^}]*\}/g, 'reference')]);
}

helm('our own chart renders every object that it is given, as it was given, and Helm has no fault to find', () => {
  const folder = scratch();
  const releases = given();
  expect(releases.length).toBe(4);
  for (const [release, values] of releases) {
    const file = join(folder, 'values.json');
    writeFileSync(file, values);
    const run = (...command: string[]): string =>
      execFileSync('helm', [...command, '--values', file], {
        encoding: 'utf8',
        env: { ...process.env, HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder },
      });
    expect(run('lint', chart, '--strict')).toContain('0 chart(s) failed');
    const rendered = parseAllDocuments(run('template', 'ours', chart)).map((each) => each.toJSON() as unknown);
    // Helm sorts what it renders by kind.
    expect([release, inOrder(rendered)]).toEqual([release, inOrder((JSON.parse(values) as { objects: unknown[] }).objects)]);
  }
});

function inOrder(objects: readonly unknown[]): readonly unknown[] {
  return (objects as readonly { readonly kind: string; readonly metadata: { readonly name: string } }[])
    .slice()
    .sort((a, b) => (`${a.kind} ${a.metadata.name}` < `${b.kind} ${b.metadata.name}` ? -1 : 1));
}
