import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { packageFile } from '../../terraform/package-root';
import { TerraceError } from '../../values/errors';
import { synthesize } from '../../stacks/synthesize';
import { arbitraryEnvironment } from '../support/arbitrary-environment';
import { sampleEnvironment } from '../support/environments';
import { resources, synthesized, wholeLadder } from '../support/project';
import { scratch } from '../support/scratch';

const seed = 20261121;

test('every tier that can be built is synthesized, the others are named', () => {
  const { tiers, warnings, recorded } = wholeLadder({ tier: 'tier2' });
  expect(tiers.map(({ id }) => id)).toEqual(['tier1', 'tier2', 'tier3']);
  expect(recorded.id).toBe('tier2');
  expect(warnings).toEqual([
    expect.stringMatching(
      /^tier4 is left out: inference needs a server with 20 GB of GPU memory, and none is known to be sold in fra1\. Seen on sale: gpu-6000adax1-48gb in tor1 \(2026-09-03\), /,
    ) as string,
    expect.stringMatching(
      /^tier5 is left out: inference needs a server with 48 GB of GPU memory, and none is known to be sold in fra1\..* Take such a region or size, or set gpu\.otherwise to cpu or api\. tier5 has clusters in 2 regions, and the environment names 1: fra1\./,
    ) as string,
    expect.stringMatching(
      /^tier6 is left out: components kubernetes-cluster, cache, event-stream, edge-compute, ml-pipeline, audit-log are not built on digitalocean as tier6 has them\./,
    ) as string,
  ]);
});

test('who reads one tier gets the same bytes of it without waiting for the others', () => {
  const [all, alone] = [wholeLadder({ tier: 'tier2' }), synthesized({ tier: 'tier2' })];
  expect(alone.tiers.map(({ id }) => id)).toEqual(['tier2']);
  expect(alone.recorded.json).toEqual(all.recorded.json);
  expect(alone.warnings).toEqual(all.warnings);
});

test('a generation of a component that no tier has is named, with what was meant', () => {
  const { warnings } = synthesized({ generations: { databse: 2, database: 1, something: 3 } });
  expect(warnings.filter((warning) => warning.startsWith('generations.'))).toEqual([
    'generations.databse names no component of any tier, so nothing follows from it. Did you mean database?',
    'generations.something names no component of any tier, so nothing follows from it. Remove it.',
  ]);
});

test('what a file says and a tier has no use for is named, at the tier where the environment stands', () => {
  const said = (own: Partial<Environment>): readonly string[] =>
    synthesized({ platform: 'aws', region: 'us-east-1', ...own }).warnings.filter((each) => /^(?:regions|gpu|pipeline)/.test(each));
  const more = {
    regions: ['us-west-2', 'eu-west-1'],
    gpu: { spot: false, otherwise: 'cpu', google: { nodes: 1, spot: false, otherwise: 'cpu' } },
  } as const;
  expect(said({ ...more, tier: 'tier1', pipeline: { image: 'ghcr.io/example/train:1', spot: false } })).toEqual([
    'regions[0] is us-west-2, and tier1 stands in us-east-1 alone on aws: nothing is made in us-west-2.',
    'regions[1] is eu-west-1, and tier1 stands in us-east-1 alone on aws: nothing is made in eu-west-1.',
    'gpu is given, and tier1 has no GPUs: nothing follows from it until a tier that does.',
    'gpu.google is given, and tier1 has no cluster at Google: nothing follows from it until a tier that does.',
    'pipeline is given, and tier1 has no pipeline: nothing follows from it until a tier that does.',
  ]);
  expect(said({ ...more, tier: 'tier5' })).toEqual([
    'regions[1] is eu-west-1, and tier5 stands in us-east-1, us-west-2 alone on aws: nothing is made in eu-west-1.',
    'gpu.google is given, and tier5 has no cluster at Google: nothing follows from it until a tier that does.',
  ]);
  const three = { tier: 'tier6', namePrefix: 'co', load: { dailyUsers: 1_000_000 }, placements: { cluster: ['aws'] } } as const;
  expect(said({ ...more, ...three, gpu: { spot: false, otherwise: 'api' } })).toEqual([]);
  // Who goes to a tier that has a use for them is told nothing.
  expect(said({ ...more, tier: 'tier4', promotion: { to: 'tier5', phase: 'expand' } })).toEqual([]);
});

test('a recorded tier that cannot be built is an error with what is missing, and nothing is written', () => {
  const project = scratch();
  expect(() => synthesize(sampleEnvironment({ tier: 'tier6' }), { project })).toThrow(
    expect.objectContaining({
      code: 'TIER_NOT_BUILT',
      exitCode: 2,
      message: 'Environment sample is at tier6, which cannot be built on digitalocean. Tiers that are: tier1, tier2, tier3.',
    }),
  );
  expect(readdirSync(project)).toEqual([]);
});

test('a platform that is not built yet says so', () => {
  expect(() => synthesize(sampleEnvironment({ platform: 'google', region: 'europe-west3' }), { project: scratch() })).toThrow(
    'Environment sample is at tier1, which cannot be built on google. No tier is built on google yet; use digitalocean.',
  );
});

test('local state in another output folder is refused, because it would build everything a second time', () => {
  expect(() => synthesize(sampleEnvironment(), { project: scratch(), outdir: 'elsewhere' })).toThrow(
    expect.objectContaining({ code: 'STATE_LOCAL_OUTDIR', exitCode: 2 }),
  );
});

test.each(['cdktf.out', 'cdktf.out/stacks', 'cdktf.out/stacks/tier1'])(
  'local state behind a link in place of %s is refused too, because Terraform looks for it from where the folder really is',
  (linked) => {
    const [project, elsewhere] = [scratch(), scratch()];
    mkdirSync(join(project, linked, '..'), { recursive: true });
    symlinkSync(elsewhere, join(project, linked));
    expect(() => synthesize(sampleEnvironment(), { project })).toThrow(
      expect.objectContaining({ code: 'STATE_LOCAL_OUTDIR', message: expect.stringContaining(`${linked}, a link to `) as string }),
    );
    expect(readdirSync(elsewhere)).toEqual([]);
  },
);

test('a project that is reached by a link keeps its local state where it was', () => {
  const [project, door] = [scratch(), join(scratch(), 'door')];
  symlinkSync(project, door);
  expect(synthesized({}, door).recorded.json['terraform']).toEqual(synthesized({}, project).recorded.json['terraform']);
});

test('local state is a constant path below the project', () => {
  expect(synthesized().recorded.json['terraform']).toMatchObject({
    backend: { local: { path: '../../../.terrace/state/sample.tfstate' } },
  });
});

// The project reads back whatever is in it, so that members named there would exclude those that join by their own project_id.
test.each(['tier1', 'tier2', 'tier3', 'tier4', 'tier5'] as const)(
  'the project of %s leaves its members to a resource that knows only its own',
  (tier) => {
    const found = resources(synthesized({ tier }));
    expect(found['digitalocean_project.network_project']).not.toHaveProperty('resources');
    const members = found['digitalocean_project_resources.network_project_members'];
    expect(members?.['project']).toBe('${digitalocean_project.network_project.id}');
    expect(members?.['resources']).toContain('${digitalocean_domain.dns.urn}');
  },
);

test.each(['tier1', 'tier2', 'tier3', 'tier4'] as const)('no server of %s runs a moment before its firewall', (tier) => {
  const found = Object.entries(resources(synthesized({ tier })));
  const servers = found.filter(([address]) => /^digitalocean_droplet(_autoscale)?\./.test(address));
  expect(servers.length).toBeGreaterThan(0);
  for (const [address, { depends_on: after }] of servers) {
    expect(after).toEqual([`digitalocean_firewall.${/\.(.*?)_/.exec(address)?.[1]}_firewall`]);
  }
});

test('with the longest names and generations every name is one that DigitalOcean takes, and servers have host names', () => {
  const longest = {
    namePrefix: 'a-prefix-of-14',
    name: 'n'.repeat(30),
    generations: {
      database: 999,
      cache: 999,
      app: 999,
      inference: 999,
      replicas: 999,
      cluster: 999,
      network: 999,
      configuration: 999,
      storage: 999,
      frontend: 999,
      backup: 999,
      dns: 999,
      monitoring: 999,
    },
  };
  // API specification of 2026-08-07: volumes 64, projects 175, tags 255; a host name is a label of 63 (RFC 1123, 2.1), a bucket too. Others are given no limit there; 63 is what all take.
  const limits: Readonly<Record<string, number>> = {
    digitalocean_volume: 64,
    digitalocean_project: 175,
    digitalocean_tag: 255,
    digitalocean_certificate: 255,
    digitalocean_domain: 253,
  };
  const long = (['tier1', 'tier2', 'tier3', 'tier4', 'tier5'] as const).flatMap((tier) =>
    Object.entries(resources(synthesized({ tier, ...longest, disposable: longest.name }))).flatMap(([address, { name }]) => {
      const limit = limits[address.split('.')[0] ?? ''] ?? 63;
      return typeof name === 'string' && name.length > limit ? [`${address}: ${name.length}`] : [];
    }),
  );
  expect(long).toEqual([]);
});

test('state in S3 is locked and encrypted', () => {
  const { recorded } = synthesized({ state: { backend: 's3', bucket: 'states', region: 'eu-central-1', key: 'sample.tfstate' } });
  expect(recorded.json['terraform']).toMatchObject({
    backend: { s3: { bucket: 'states', key: 'sample.tfstate', region: 'eu-central-1', encrypt: true, use_lockfile: true } },
  });
});

test('state in Spaces names its endpoint and claims no lock', () => {
  const { recorded } = synthesized({ state: { backend: 'spaces', bucket: 'states', region: 'fra1', key: 'sample.tfstate' } });
  expect(recorded.json['terraform']).toMatchObject({
    backend: { s3: { endpoints: { s3: 'https://fra1.digitaloceanspaces.com' }, region: 'us-east-1' } },
  });
  expect(JSON.stringify(recorded.json['terraform'])).not.toContain('lockfile');
});

test('what holds data is protected, unless the environment is disposable', () => {
  const { disposable: _disposable, ...kept } = sampleEnvironment({ tier: 'tier3' });
  const guarded = (environment: typeof kept) => {
    const found = resources(synthesize(environment, { project: scratch() }));
    return Object.keys(found)
      .filter((address) => (found[address]?.['lifecycle'] as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true)
      .sort();
  };
  expect(guarded(kept)).toEqual([
    'digitalocean_database_cluster.database_g1',
    'digitalocean_database_db.database_g1_app',
    'digitalocean_domain.dns',
    'digitalocean_spaces_bucket.backup',
    'digitalocean_spaces_bucket.frontend_bucket',
    'digitalocean_spaces_bucket.storage',
    'terraform_data.recorded_channel_keys',
    'terraform_data.recorded_generations',
    'terraform_data.recorded_tier',
  ]);
  expect(guarded(sampleEnvironment({ tier: 'tier3' }))).toEqual([]);
});

test('a private image is pulled with a password that the pipeline gives', () => {
  const app = { ...sampleEnvironment().app, registry: { server: 'ghcr.io', username: 'bot' } };
  const synthesis = synthesized({ app });
  const content = String(resources(synthesis)['digitalocean_spaces_bucket_object.configuration_app']?.['content']);
  expect(content).toContain('"registry":{"server":"ghcr.io","username":"bot","password":"${');
  expect(content).toContain('var.registry_password');
  expect(synthesis.recorded.json['variable']).toMatchObject({
    registry_password: {
      sensitive: true,
      nullable: false,
      validation: [
        {
          error_message:
            'The password of bot at ghcr.io is empty. Set TF_VAR_registry_password, or take app.registry out of the environment file.',
        },
      ],
    },
  });
});

test('a component keeps its address in every tier, and takes its generation into it', () => {
  const moved = resources(synthesized({ tier: 'tier3', generations: { database: 2 } }));
  expect(Object.keys(moved)).toContain('digitalocean_database_cluster.database_g2');
  expect(moved['digitalocean_database_cluster.database_g2']).toMatchObject({ name: 'coach-sample-database-g2' });
});

test('two tiers of one environment in one process are the same bytes as in two', () => {
  const first = wholeLadder({ tier: 'tier3' });
  const second = wholeLadder({ tier: 'tier3' });
  expect(second.tiers.map(({ json }) => json)).toEqual(first.tiers.map(({ json }) => json));
});

test('any valid environment synthesizes, or fails with one of our errors', () => {
  const project = scratch();
  fc.assert(
    fc.property(arbitraryEnvironment(), ({ environment }) => {
      try {
        synthesize(environment, { project });
      } catch (error) {
        if (!(error instanceof TerraceError)) throw error;
        expect(error.code).toBe('TIER_NOT_BUILT');
      }
    }),
    { seed, numRuns: 40 },
  );
});

describe('as a process', () => {
  const main = packageFile('dist', 'main.js');
  const environment = readFileSync(packageFile('environments', 'production.yaml'), 'utf8');

  function run(variables: Readonly<Record<string, string>>, nodeOptions: readonly string[] = []): string {
    const project = join(scratch(), variables['FOLDER'] ?? 'project');
    mkdirSync(join(project, 'environments'), { recursive: true });
    writeFileSync(join(project, 'environments', 'production.yaml'), environment);
    execFileSync(process.execPath, [...nodeOptions, main], {
      cwd: project,
      env: { PATH: process.env['PATH'] ?? '', ...variables },
      stdio: 'pipe',
    });
    return ['tier1', 'tier2', 'tier3']
      .map((tier) => readFileSync(join(project, 'cdktf.out', 'stacks', tier, 'cdk.tf.json'), 'utf8'))
      .join('\n');
  }

  test('the same bytes with another clock, locale, time zone, folder and home', () => {
    expect(existsSync(main)).toBe(true);
    const other = {
      HOME: scratch(),
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'tr_TR.UTF-8',
      FOLDER: 'another/folder with a space',
    };
    const clock = ['--require', packageFile('test', 'support', 'other-clock.cjs')];
    const first = run({ HOME: scratch() });
    expect(run({ HOME: scratch() })).toBe(first);
    expect(run(other, clock)).toBe(first);
  });

  test('no secret of the surroundings reaches a synthesized file', () => {
    const secrets = Object.fromEntries(
      ['TF_VAR_secret_session_key', 'DIGITALOCEAN_TOKEN', 'SPACES_ACCESS_KEY_ID', 'SPACES_SECRET_ACCESS_KEY', 'AWS_SECRET_ACCESS_KEY'].map(
        (name) => [name, `sentinel-${name}-value`],
      ),
    );
    expect(run({ HOME: scratch(), ...secrets })).not.toContain('sentinel-');
  });
});
