import type { CdkTfJson, JsonObject } from '../../analysis/graph';
import { guardStack, type Finding } from '../../analysis/review';
import { recorded, recordedVersions, type RecordedEnvironment, releaseOf } from '../../tools/releases';

jest.setTimeout(240_000);

/** What going from one set of stacks to another does to data. */
function dangers(before: RecordedEnvironment['stacks'], after: RecordedEnvironment['stacks']): readonly string[] {
  return Object.keys(before).flatMap((stack) => {
    const [base, head] = [before[stack], after[stack]];
    if (base === undefined || head === undefined) return [`${stack} is no more`];
    return guardStack({ stack, base, head })
      .findings.filter(endangers)
      .map(({ id, summary }) => `${stack}: ${id} ${summary}`);
  });
}

function endangers({ severity }: Finding): boolean {
  return severity === 'high';
}

const versions = recordedVersions();

test('at least one version is kept, with every platform', () => {
  expect(versions.length).toBeGreaterThanOrEqual(1);
  const platforms = Object.values(releaseOf(versions[0] ?? '')).map(({ environment }) => environment.platform);
  expect([...new Set(platforms)].sort()).toEqual(['aws', 'digitalocean']);
});

describe.each(versions)('an environment of version %s', (version) => {
  const release = Object.entries(releaseOf(version));

  test.each(release)('%s keeps everything that holds data when its code is updated', (_, { environment, stacks }) => {
    expect(dangers(stacks, recorded(environment).stacks)).toEqual([]);
  });
});

test('a version that replaces, renames or unprotects something would be seen', () => {
  const { stacks } = releaseOf(versions.at(-1) ?? '')['digitalocean-tier3'] as RecordedEnvironment;
  const [[name, json]] = Object.entries(stacks) as [[string, CdkTfJson]];
  const changed = (edit: (resources: Record<string, Record<string, JsonObject>>) => void): readonly string[] => {
    const copy = structuredClone(json) as unknown as { resource: Record<string, Record<string, JsonObject>> };
    edit(copy.resource);
    return dangers({ [name]: json }, { [name]: copy as unknown as CdkTfJson }).map((text) => text.split(' ')[1] ?? '');
  };
  const type = 'digitalocean_database_cluster';
  expect(
    changed(
      (resources) => void (resources[type] = { ...resources[type], database_g1: { ...resources[type]?.['database_g1'], name: 'other' } }),
    ),
  ).toContain('guard/replaced');
  expect(changed((resources) => void (resources[type] = { postgres: resources[type]?.['database_g1'] ?? {} }))).toContain('guard/moved');
  expect(changed((resources) => void delete resources['digitalocean_database_firewall'])).toContain('guard/public');
});
