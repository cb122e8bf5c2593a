import { graphFromSynthesis } from '../../../../analysis/graph';
import { rules } from '../../../../analysis/review/rules';
import { riskAnswers } from '../../../../analysis/review/rules/tier/risk-answers';
import { accepted, isLike, ownWaiver, ownWaivers } from '../../../../analysis/review/rules/waivers';
import type { Environment } from '../../../../environments/schema';
import { ladder } from '../../../../tiers';
import { statedTier } from '../../../../tiers/roadmaps';
import { exampleInputs, examples } from './support';

interface Found {
  readonly id: string;
  readonly address: string;
}

/** What builds something else of a tier. */
const choices: Readonly<Record<string, readonly Partial<Environment>[]>> = {
  'aws-tier4': [
    { gpu: { spot: false, otherwise: 'refuse', sizes: ['g6.xlarge'], reservation: 'new' } },
    { gpu: { spot: true, otherwise: 'refuse' } },
  ],
  'aws-tier6': [{ database: { engine: 'citus' } }],
};

/** What every example breaks as it would be kept, with every choice; those of the third tier also as their files have them, disposable. */
const found = new Map(
  examples.map((name) => [
    name,
    [
      ...exampleInputs(name, true),
      ...(name.endsWith('tier3') ? exampleInputs(name, false) : []),
      ...(choices[name] ?? []).flatMap((own) => exampleInputs(name, true, own)),
    ].flatMap((input) => rules.flatMap((rule) => rule.breaches(input).map(({ address }): Found => ({ id: rule.id, address })))),
  ]),
);

test.each(examples)('%s has no finding that nobody has accepted', (name) => {
  const open = (found.get(name) ?? []).filter((each) => ownWaiver(each) === undefined);
  expect([...new Set(open.map(({ id, address }) => `${id} ${address}`))]).toEqual([]);
});

test('each accepted finding is there, with a reason that can be read', () => {
  const all = [...found.values()].flat();
  for (const { id, addresses, reason } of accepted) {
    expect(reason).toMatch(/^[A-Z].{30,}\.$/);
    for (const pattern of addresses) {
      const used = all.some((each) => each.id === id && isLike(each.address, pattern));
      expect([id, pattern, used || !isBuilt(pattern)]).toEqual([id, pattern, true]);
    }
  }
});

test('an accepted finding speaks of that address alone', () => {
  expect(ownWaiver({ id: 'TRC-DO-015', address: 'digitalocean_droplet.app_g1_1' })).toMatchObject({
    owner: 'terrace',
    until: '2027-11-30',
  });
  expect(ownWaiver({ id: 'TRC-DO-015', address: 'digitalocean_droplet.other' })).toBeUndefined();
  expect(ownWaiver({ id: 'TRC-DO-014', address: 'digitalocean_droplet.app_g1_1' })).toBeUndefined();
  expect(ownWaiver({ id: 'TRC-DO-015', address: 'module.x.digitalocean_droplet.app_g1_1' })).toBeUndefined();
});

test('a later generation is accepted as the first was', () => {
  const of = (address: string) => ownWaiver({ id: 'TRC-AWS-022', address })?.id;
  expect(['aws_s3_bucket.frontend_bucket', 'aws_s3_bucket.frontend_g2_bucket', 'aws_s3_bucket.configuration_g12'].map(of)).toEqual(
    Array.from({ length: 3 }, () => 'TRC-AWS-022'),
  );
  expect(['aws_s3_bucket.storage_g2', 'aws_s3_bucket.frontend_gg_bucket'].map(of)).toEqual([undefined, undefined]);
});

test('what Terrace did not make has no waivers of Terrace', () => {
  const finding = { id: 'TRC-DO-015', address: 'digitalocean_droplet.app_g1_1' };
  const ours = { resource: { terraform_data: { recorded_tier: { triggers_replace: 'tier1' } } } };
  expect(ownWaivers([finding], graphFromSynthesis(ours))).toHaveLength(1);
  expect(ownWaivers([finding], graphFromSynthesis({ resource: {} }))).toEqual([]);
});

test('every risk that the roadmap names for a tier of the ladder has an answer, or is accepted', () => {
  const risks = ladder.flatMap(({ roadmap, stated }) => statedTier(roadmap, stated).risks);
  expect(Object.keys(riskAnswers).sort()).toEqual([...risks].sort());
  for (const risk of risks) {
    const waiver = ownWaiver({ id: 'TRC-TIER-011', address: `terraform_data.recorded_tier[${JSON.stringify(risk)}]` });
    expect([risk, (riskAnswers[risk] ?? []).length > 0 || waiver !== undefined]).toEqual([risk, true]);
  }
});

/** Risks of tiers that no example builds yet are accepted ahead of them. */
function isBuilt(address: string): boolean {
  const built = new Set(examples.map((name) => name.split('-').at(-1)));
  const risk = /\["(.*)"\]$/.exec(address)?.[1];
  return risk === undefined || ladder.some(({ id, roadmap, stated }) => built.has(id) && statedTier(roadmap, stated).risks.includes(risk));
}
