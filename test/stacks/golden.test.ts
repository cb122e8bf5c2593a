import { builtTiers } from '../support/built-tiers';
import { expectGolden } from '../support/golden';
import { resources, synthesized } from '../support/project';

describe.each(builtTiers)('$tier on $platform', ({ tier, platform, place }) => {
  const found = resources(synthesized({ tier, ...place, app: app(), access: access(), alerts: { emails: ['ops@example.com'] } }));

  test('bill of materials', () => {
    const counts = new Map<string, number>();
    for (const address of Object.keys(found)) counts.set(type(address), (counts.get(type(address)) ?? 0) + 1);
    const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${String(count).padStart(3)}  ${name}`);
    expectGolden(`${platform}-${tier}/bill-of-materials.txt`, lines.join('\n'));
  });

  // An address that is missing here without a `moved` or `removed` block is a resource that Terraform destroys.
  test('addresses, which are a contract', () => {
    expectGolden(`${platform}-${tier}/addresses.txt`, Object.keys(found).sort().join('\n'));
  });

  test('resources', () => {
    const shown = Object.entries(found)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([address, values]) => [address, readable(values)]);
    expectGolden(`${platform}-${tier}/resources.json`, JSON.stringify(Object.fromEntries(shown), null, 2));
  });
});

function app() {
  return {
    image: 'ghcr.io/example/app:1.0.0',
    port: 8080,
    healthPath: '/healthz',
    settings: { LOG_LEVEL: 'info' },
    secrets: ['SESSION_KEY'],
  };
}

function access() {
  return {
    sshKeys: { ada: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH ada' },
    allowedCidrs: ['203.0.113.7/32'],
  };
}

function type(address: string): string {
  return address.split('.')[0] ?? '';
}

/** User data and releases have tests of their own; here they would hide everything else. */
function readable(values: Record<string, unknown>): Record<string, unknown> {
  const { '//': _metadata, user_data: userData, content, droplet_template: template, ...rest } = values;
  return {
    ...rest,
    ...(userData === undefined ? {} : { user_data: '(bootstrap)' }),
    ...(content === undefined ? {} : { content: '(release)' }),
    ...(template === undefined ? {} : { droplet_template: readable(template as Record<string, unknown>) }),
  };
}
