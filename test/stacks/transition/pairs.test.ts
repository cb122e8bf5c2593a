import { gate } from '../../../promotion/gate';
import { pairOf, sidesOf, transition, stageOf } from '../../../stacks/transition';
import type { Environment } from '../../../environments/schema';
import type { PromotionPhase } from '../../../tiers/phase';
import type { TierId } from '../../../tiers/tier';
import { needs } from '../../support/needs';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { soak } from '../../support/soak';
import { actions, inPhase, patience, type PlanDocument, type Stage, stage } from './support';

const terraform = needs('terraform');

interface Pair {
  readonly from: TierId;
  readonly to: TierId;
  /** Part of the test's name. */
  readonly how?: string;
  readonly reversible?: boolean;
  /** Tried in `npm run soak` alone. */
  readonly rarely?: boolean;
  readonly more?: Partial<Environment>;
}

/** Two regions, and no card that is not sold there. */
const upper: Partial<Environment> = { region: 'tor1', regions: ['ams3'], gpu: { spot: false, otherwise: 'cpu' } };

/** Applied with real Terraform on the stand-in, whose plans follow the provider's own schema. */
const pairs: readonly Pair[] = [
  { from: 'tier1', to: 'tier2' },
  { from: 'tier2', to: 'tier3', rarely: true },
  { from: 'tier2', to: 'tier3', how: ', data moved', reversible: true },
  { from: 'tier1', to: 'tier3', rarely: true },
  { from: 'tier3', to: 'tier4', more: upper },
  { from: 'tier2', to: 'tier1', rarely: true },
  { from: 'tier4', to: 'tier5', rarely: true, more: upper },
  { from: 'tier5', to: 'tier4', rarely: true, more: upper },
];

/** Types whose objects hold data; no phase deletes or replaces one. */
const stateful = /^digitalocean_(database_cluster|database_db|database_replica|volume|spaces_bucket|domain|reserved_ip)$/;

const tried = pairs.filter(({ rarely }) => soak || rarely !== true);

describe.each(tried.map((pair) => [`${pair.from} to ${pair.to}${pair.how ?? ''}`, pair] as const))(
  '%s',
  (_, { from, to, reversible, more }) => {
    const environment = keptEnvironment({ tier: from, ...more });
    const target = { to, reversible: reversible === true };
    const promoting = (phase: PromotionPhase): Environment => inPhase(environment, to, phase, reversible === true ? { reversible } : {});
    const leavingIn = (phase: PromotionPhase) =>
      transition(sidesOf(environment, pairOf(environment, target), scratch()), stageOf[phase]).leaving;
    let place: Stage;

    beforeAll(async () => {
      place = await stage();
    });
    afterAll(() => place.stop());

    terraform(
      'no phase endangers data, the way back leads to where it began, and the end is the target tier',
      async () => {
        await place.apply(environment);
        const began = place.addresses();
        const applied: Record<string, ReturnType<typeof actions>> = {};

        for (const phase of ['expand', 'migrate', 'cutover', 'contract'] as const) {
          const document = await place.apply(promoting(phase), phase === 'cutover' ? to : from);
          expect(gate({ plan: document }, phase, leavingIn(phase)).refused).toEqual([]);
          expect(lost(document)).toEqual([]);
          applied[phase] = actions(document);
          if (phase === 'expand')
            expect(back(await place.plan(promoting('rollback')), leavingIn('rollback'))).toEqual(applied[phase]?.['create']);
          if (phase !== 'contract') expect(began.filter((address) => !place.addresses().includes(address))).toEqual([]);
        }

        expect(Object.keys(applied['expand'] ?? {}).sort()).toEqual(
          expect.not.arrayContaining(['delete', 'delete+create', 'create+delete', 'forget']),
        );
        for (const phase of ['expand', 'migrate', 'cutover']) expect(applied[phase]).not.toHaveProperty('delete');
        for (const phase of ['expand', 'migrate', 'cutover']) expect(applied[phase]).not.toHaveProperty('delete+create');
        expect(applied['contract']?.['delete+create']).toEqual(expect.arrayContaining(['terraform_data.recorded_tier']));
        expect(actions((await place.plan(pairOf(environment, target).target)).document)).toEqual({});
      },
      patience,
    );
  },
);

/** Stateful resources that a plan deletes or replaces. */
function lost(document: PlanDocument): readonly string[] {
  return (document.resource_changes ?? [])
    .filter(({ type, change }) => stateful.test(type) && change.actions.includes('delete') && !isCache(change.before))
    .map(({ address }) => address);
}

function isCache(before: unknown): boolean {
  return (before as { readonly engine?: unknown } | null)?.engine === 'valkey';
}

/** Everything that the way back lets go of, once the gate has let it through. */
function back({ document }: { readonly document: PlanDocument }, leaving: ReturnType<typeof transition>['leaving']): readonly string[] {
  expect(gate({ plan: document }, 'rollback', leaving).refused).toEqual([]);
  const { delete: deleted = [], forget: forgotten = [] } = actions(document);
  return [...deleted, ...forgotten].sort();
}
