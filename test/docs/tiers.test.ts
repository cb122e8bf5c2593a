import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unprotectedOf } from '../../tools/docs/tier-facts';
import { storedTiers } from '../../analysis/selection';
import { ladder, tier } from '../../tiers';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'tiers.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);

test.each(ladder.map(({ id }) => id))(
  'the page of %s shows what it is, costs, carries, promises, and what it does not protect against',
  (id) => {
    const own = sections.find((section) => section.startsWith(`${id}:`)) ?? '';
    const parts = [
      /```mermaid\nflowchart LR\n/,
      /\| component \| what it (?:is|becomes) \|/,
      /<summary>Bill of materials on (?:AWS|DigitalOcean): \d+ resources<\/summary>\n\n\d+ `/,
      /\$[\d,]+(?:\.\d\d)? a month/,
      /Every limit, .*\(capacity\.md#tier\d-on-/,
      /\(RPO\).*\(RTO\)/,
      /\*\*What it does not protect against\*\*\n\n- /,
    ];
    for (const part of parts) expect([part.source, part.test(own)]).toEqual([part.source, true]);
  },
);

test('tiers with clusters list what runs in them, and say where no web firewall stands', () => {
  const own = (id: string): string => sections.find((section) => section.startsWith(`${id}:`)) ?? '';
  expect(own('tier4')).not.toContain('in the clusters');
  for (const id of ['tier5', 'tier6'])
    expect(own(id)).toMatch(/<summary>Bill of materials in the clusters on AWS: \d+ resources<\/summary>\n\n[^<]*\d+ `helm_release`/);
  expect(own('tier5')).toContain('Attacks on the app itself, on DigitalOcean: no web firewall');
  expect(own('tier6')).toContain('Attacks on the app itself, at Google: no web firewall');
});

test('what is lost with one part is what capacity finds, and says on which platform where they differ', () => {
  const of = (id: 'tier1' | 'tier3' | 'tier4') =>
    unprotectedOf(
      tier(id),
      storedTiers.filter((stored) => stored.tier.id === id),
    ).filter((text) => text.includes('The loss of one part'));
  expect(of('tier1')).toHaveLength(1);
  expect(of('tier1')[0]).toContain('`app` (one server) takes everything along');
  expect(of('tier3')[0]).toContain('`inference`');
  expect(of('tier4')).toEqual([]);
});
