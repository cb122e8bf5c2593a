import type { Environment } from '../../../environments/schema';
import { gate } from '../../../promotion/gate';
import { tierProblems } from '../../../stacks/problems';
import { pairOf, sidesOf, type Stage, transition } from '../../../stacks/transition';
import { ladder } from '../../../tiers';
import type { PromotionPhase } from '../../../tiers/phase';
import type { PlatformId, Tier } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { soak } from '../../support/soak';

const moves: readonly (readonly [PlatformId, PlatformId])[] = [
  ['digitalocean', 'digitalocean'],
  ['aws', 'aws'],
  ['digitalocean', 'aws'],
];

const places: Readonly<Partial<Record<PlatformId, { readonly region: string; readonly regions: readonly string[] }>>> = {
  digitalocean: { region: 'tor1', regions: ['ams3'] },
  aws: { region: 'us-east-1', regions: ['us-west-2', 'eu-west-1'] },
};

function environmentAt(tier: Tier, platform: PlatformId): Environment {
  const { region = '', regions = [] } = places[platform] ?? {};
  return keptEnvironment({ tier: tier.id, platform, region, regions: [...regions], gpu: { spot: false, otherwise: 'cpu' } });
}

interface Way {
  readonly from: Tier;
  readonly to: Tier;
  readonly here: PlatformId;
  readonly there: PlatformId;
}

/** Pairs of which both sides can be built; what cannot is named by `terrace promote plan`. */
const built = moves.flatMap(([here, there]) => {
  const can = (tier: Tier, platform: PlatformId): boolean => tierProblems(environmentAt(tier, platform), tier).length === 0;
  const [froms, tos] = [ladder.filter((tier) => can(tier, here)), ladder.filter((tier) => can(tier, there))];
  return froms.flatMap((from) => tos.filter((to) => here !== there || from !== to).map((to): Way => ({ from, to, here, there })));
});

const place = ({ id }: Tier): number => ladder.findIndex((tier) => tier.id === id);

/** Neighbours up and down, and the same tier on another platform, with each change; every pair, those that skip tiers among them, in `npm run soak`. */
const tried = built.filter(({ from, to, here, there }) => soak || (here === there ? Math.abs(place(from) - place(to)) === 1 : from === to));

const way: readonly (readonly [PromotionPhase, Stage])[] = [
  ['expand', 'expanded'],
  ['migrate', 'resized'],
  ['cutover', 'switched'],
  ['contract', 'contracted'],
];

test('there are pairs: five tiers each way on DigitalOcean, six on AWS, and every one of the first to every one of the second', () => {
  expect(built).toHaveLength(5 * 4 + 6 * 5 + 5 * 6);
});

/** By configurations alone, without Terraform: what the guard can see in them. Plans of the same are made on the stand-in. */
test.each(tried.map((each) => [`${each.here} ${each.from.id} to ${each.there} ${each.to.id}`, each] as const))(
  '%s: from phase to phase, and back, nothing that a phase does not name',
  (_, { from, to, here, there }) => {
    const environment = environmentAt(from, here);
    const pair = pairOf(environment, { to: to.id, ...(here === there ? {} : { platform: there, ...places[there] }) });
    const sides = sidesOf(environment, pair, scratch());
    const remembered = recordedIn(sides.old);
    let [base, declared] = [sides.old, providersOf(sides.old)];
    for (const [phase, stage] of way) {
      const { json: head, leaving } = transition(sides, stage);
      expect([phase, gate({ base, head }, phase, leaving).refused]).toEqual([phase, []]);
      expect([phase, undeclaredIn(head)]).toEqual([phase, []]);
      // What the state names by now, and what this phase names.
      declared = new Set([...declared, ...providersOf(head)]);
      expect([phase, [...declared].filter((each) => !configuredIn(head).has(each))]).toEqual([phase, []]);
      // Until the last apply the state remembers the old tier, protected; that apply alone replaces it.
      if (phase === 'contract') expect(recordedIn(head)).toEqual(replacing(recordedIn(sides.new), remembered));
      else expect([phase, recordedIn(head)]).toEqual([phase, remembered]);
      base = head;
    }
    const { json, leaving } = transition(sides, 'returned');
    expect(gate({ base: transition(sides, 'expanded').json, head: json }, 'rollback', leaving).refused).toEqual([]);
    expect([...providersOf(sides.new), ...providersOf(sides.old)].filter((each) => !configuredIn(json).has(each))).toEqual([]);
    expect(recordedIn(json)).toEqual(remembered);
  },
);

type Json = Readonly<Record<string, unknown>>;

/** Local values that a configuration reads and does not have. */
function undeclaredIn(json: Json): readonly string[] {
  const declared = Object.keys((json['locals'] ?? {}) as Json);
  const read = [...JSON.stringify(json).matchAll(/\blocal\.([\w-]+)/g)].map(([, name = '']) => name);
  return [...new Set(read)].filter((name) => !declared.includes(name));
}
type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What the state remembers of tier and generations, with what protects it. */
function recordedIn(json: Json): Readonly<Record<string, Json | undefined>> {
  const { terraform_data: all = {} } = json['resource'] as Blocks;
  return { tier: all['recorded_tier'], generations: all['recorded_generations'] };
}

/** The new tier without what would forbid its replacement; what does not change goes on being protected. */
function replacing(next: ReturnType<typeof recordedIn>, before: ReturnType<typeof recordedIn>): ReturnType<typeof recordedIn> {
  const same = (key: string): boolean => next[key]?.['triggers_replace'] === before[key]?.['triggers_replace'];
  return Object.fromEntries(
    Object.entries(next).map(([key, { lifecycle, ...rest } = {}]) => [key, same(key) ? { lifecycle, ...rest } : rest]),
  );
}

/** Provider configurations that resources name: `aws`, `aws.us_west_2`. */
function providersOf(json: Json): ReadonlySet<string> {
  const bodies = Object.entries(json['resource'] as Blocks).flatMap(([type, named]) =>
    Object.values(named).map(({ provider }) => (typeof provider === 'string' ? provider : (type.split('_', 1)[0] ?? ''))),
  );
  // terraform_data is Terraform's own.
  return new Set(bodies.filter((each) => each !== 'terraform'));
}

function configuredIn(json: Json): ReadonlySet<string> {
  const { provider } = json as { readonly provider: Readonly<Record<string, readonly { readonly alias?: string }[]>> };
  return new Set(
    Object.entries(provider).flatMap(([name, blocks]) => blocks.map(({ alias }) => (alias === undefined ? name : `${name}.${alias}`))),
  );
}
