import { gate } from '../../../promotion/gate';
import { pairOf, sidesOf, type Stage, transition } from '../../../stacks/transition';
import type { PromotionPhase } from '../../../tiers/phase';
import { scratch } from '../../support/scratch';
import { built, environmentAt, rowsOf, targetOf, tried } from './ways';

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
test.each(rowsOf(tried))('%s: from phase to phase, and back, nothing that a phase does not name', (_, each) => {
  const environment = environmentAt(each.from, each.here);
  const pair = pairOf(environment, targetOf(each));
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
});

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
