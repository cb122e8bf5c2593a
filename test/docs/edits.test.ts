import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../cli/explain';
import { typedFor } from '../../cli/typed';
import type { Environment } from '../../environments/schema';
import { lockMessage } from '../../stacks/locks';
import { TerraceError } from '../../values/errors';
import { needs } from '../support/needs';
import { keptEnvironment, sandbox, summary, type Sandbox } from '../support/sandbox';
import { root } from './pages';

const page = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
const squash = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The cell beside the one that names a field. */
function saidAbout(field: string): string {
  const row = page.split('\n').find((line) => line.startsWith('|') && line.split('|')[1]?.includes(`\`${field}\``) === true);
  return row?.split('|')[2]?.trim() ?? '';
}

describe('what the page says that an edit does, planned by real Terraform on the stand-in', () => {
  const planned = needs('terraform');
  const before = keptEnvironment({ tier: 'tier3' });
  const healthPath: Partial<Environment> = { app: { ...before.app, healthPath: '/up' } };
  let place: Sandbox;

  beforeAll(async () => {
    place = await sandbox();
    await place.apply(before);
  });
  afterAll(() => place.stop());

  const refused: readonly (readonly [string, Partial<Environment>])[] = [
    ['region', { region: 'ams3' }],
    ['namePrefix', { namePrefix: 'other' }],
    ['domain', { domain: 'app.other.example' }],
    ['tier', { tier: 'tier2' }],
    ['generations', { generations: { database: 2 } }],
  ];
  for (const [field, edit] of refused) {
    planned(`${field} is refused`, async () => {
      expect(saidAbout(field)).toBe('refused');
      await expect(place.plan({ ...before, ...edit })).rejects.toThrow(TerraceError);
    });
  }

  const inPlace: readonly (readonly [string, Partial<Environment>, readonly string[]])[] = [
    [
      'app.healthPath',
      healthPath,
      [
        'digitalocean_loadbalancer.load-balancer',
        'digitalocean_spaces_bucket_object.configuration_app',
        'digitalocean_uptime_check.monitoring_uptime',
      ],
    ],
    ['load', { load: { dailyUsers: 5000 } }, []],
    ['budget', { budget: { monthly: '5' } }, []],
    ['retired', { retired: { database: 2, storage: 1 } }, []],
  ];
  for (const [field, edit, updated] of inPlace) {
    planned(`${field} changes in place what the page names`, async () => {
      expect(saidAbout(field)).toMatch(updated.length === 0 ? /^nothing/ : /in place$/);
      expect(summary(await place.plan({ ...before, ...edit }))).toEqual(updated.length === 0 ? {} : { update: updated });
    });
  }

  planned('tags change in place', async () => {
    expect(saidAbout('tags')).toMatch(/in place$/);
    expect(Object.keys(summary(await place.plan({ ...before, tags: { team: 'coach' } })))).toEqual(['update']);
  });
});

describe('messages on the page are those that are printed', () => {
  test('lock (a)', () => {
    expect(squash(page)).toContain(squash(lockMessage({ environment: 'staging', recorded: 'tier3', tier: 'tier2' })));
  });

  test('lock (b), explained', () => {
    const refusal = new TerraceError('TERRAFORM_FAILED', 'terraform plan failed:', [
      { code: 'TERRAFORM_DIAGNOSTIC', message: 'Instance cannot be destroyed: ...' },
    ]);
    const situation = {
      command: 'deploy',
      environment: 'staging',
      file: 'environments/staging.yaml',
      typed: typedFor(undefined),
      recorded: 'tier2',
      tier: 'tier2',
      disposable: false,
      remembered: 'tier3',
    } as const;
    const [explanation = ''] = explain(refusal, situation).message.split('\n\n');
    expect(explanation.split('\n')).toHaveLength(3);
    expect(page).toContain(`Error: ${explanation}\n`);
  });

  test('what a person sees when something is wrong', () => {
    const sources = ['cli/explain.ts', 'terraform/errors.ts', 'terraform/terraform.ts']
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const seen = [...page.slice(page.indexOf('## When something is wrong')).matchAll(/^\| `([^`]+)` \|/gm)].map(([, text = '']) => text);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.filter((text) => !sources.includes(text))).toEqual([]);
  });
});
