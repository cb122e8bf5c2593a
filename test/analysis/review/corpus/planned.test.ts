import { readFileSync, writeFileSync } from 'node:fs';
import { guardStack, type Verdict, verdictOf } from '../../../../analysis/review';
import { needs } from '../../../support/needs';
import { needsAwsProvider } from '../../../support/aws-emulator';
import { dangerousOnAws, harmlessOnAws } from './aws';
import { foreignAws } from './aws-base';
import { baseOf, digitalOceanTier } from './bases';
import { dangerousOnDigitalOcean, harmlessOnDigitalOcean } from './digitalocean';
import { type Case, edited } from './edit';
import { planner } from './planner';
import { awsPlanner, recordedState } from './planner-aws';
import { type Planned, workers } from './terraform';
import { soak } from '../../../support/soak';

jest.setTimeout(1_800_000);

const withTerraform = needs('terraform');
const order: readonly Verdict[] = ['safe', 'attention', 'dangerous'];

/** Some of them; `npm run soak` plans all. */
function some(cases: readonly Case[], every: number): readonly Case[] {
  return cases.filter(({ unplanned }) => unplanned === undefined).filter((_, index) => soak || index % every === 0);
}

interface Compared {
  readonly name: string;
  readonly synths: Verdict;
  readonly plan: Verdict | 'refused';
  readonly both: Verdict | undefined;
  readonly why: string;
  /** Addresses that the plan replaces or deletes and two syntheses did not see. */
  readonly unseen: readonly string[];
}

function compared(one: Case, made: Planned): Compared {
  const base = baseOf(one.base);
  const head = edited(base, one.edit);
  const bySyntheses = guardStack({ stack: one.base, base, head });
  const name = `${one.base}: ${one.name}`;
  const synths = verdictOf(bySyntheses.findings);
  if ('refused' in made) return { name, synths, plan: 'refused', both: undefined, why: made.refused, unseen: [] };
  const byPlan = guardStack({ stack: one.base, plan: made.plan });
  const gone = new Set(
    bySyntheses.change.changes.filter(({ action }) => action === 'replace' || action === 'delete').map(({ address }) => address),
  );
  return {
    name,
    synths,
    plan: verdictOf(byPlan.findings),
    both: verdictOf(guardStack({ stack: one.base, base, head, plan: made.plan }).findings),
    why: byPlan.findings.map(({ id, address }) => `${id} ${address}`).join('; '),
    unseen: byPlan.change.changes
      .filter(
        ({ action, address, previousAddress = address }) =>
          (action === 'replace' || action === 'delete') &&
          !gone.has(address) &&
          !gone.has(previousAddress) &&
          !gone.has(address.replace('[0]', '')),
      )
      .map(({ address }) => address),
  };
}

async function inTurns(list: readonly Case[], work: (one: Case, worker: number) => Promise<Compared>): Promise<readonly Compared[]> {
  const results: Compared[] = [];
  const queue = [...list];
  const turns = async (worker: number): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.push(await work(next, worker));
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => turns(worker)));
  return results;
}

/** Nothing that a plan calls bad is called better from two syntheses, nor where both are given. */
function expectNoneMilder(results: readonly Compared[], where: string): void {
  const refused = results.filter(({ plan }) => plan === 'refused');
  console.log(
    `${results.length} edits planned by real Terraform ${where}; refused: ${refused.length}; called dangerous by the plan alone: ${results.filter(({ plan }) => plan === 'dangerous').length}`,
  );
  expect(refused.map(({ name, why }) => `${name}: ${why}`)).toEqual([]);
  const milder = (one: Compared): boolean => one.plan !== 'refused' && order.indexOf(one.synths) < order.indexOf(one.plan);
  expect(results.filter(milder)).toEqual([]);
  expect(results.filter(({ plan, both }) => both !== undefined && plan !== 'refused' && order.indexOf(both) < order.indexOf(plan))).toEqual(
    [],
  );
  expect(results.filter(({ unseen }) => unseen.length > 0).map(({ name, unseen }) => [name, unseen])).toEqual([]);
}

withTerraform('on the stand-in, the verdict from two syntheses is never milder than that from the plan of real Terraform', async () => {
  const terraform = await planner(Object.fromEntries(['tier1', 'tier2', 'tier3'].map((tier) => [tier, digitalOceanTier(tier)])));
  try {
    const cases = some([...dangerousOnDigitalOcean, ...harmlessOnDigitalOcean], 9);
    expectNoneMilder(
      await inTurns(cases, async (one, worker) =>
        compared(one, await terraform.plan(one.base, edited(digitalOceanTier(one.base), one.edit), worker)),
      ),
      'on the stand-in',
    );
  } finally {
    await terraform.stop();
  }
});

needsAwsProvider()('on hashicorp/aws 5.100.0, the verdict from two syntheses is never milder than that from the plan', async () => {
  const provider = await awsPlanner();
  try {
    const cases = some([...dangerousOnAws, ...harmlessOnAws], 18);
    const made = await provider.plan(Object.fromEntries(cases.map((one) => [one.name, edited(baseOf(one.base), one.edit)])));
    expectNoneMilder(
      cases.map((one) => compared(one, made[one.name] ?? { refused: 'not planned' })),
      'with hashicorp/aws 5.100.0',
    );
  } finally {
    await provider.stop();
  }
});

// Minutes of planning the same once more: only the soak asks whether the recorded state is still what the provider makes of the base.
if (soak) {
  needsAwsProvider()('the recorded state is what hashicorp/aws 5.100.0 plans to create', async () => {
    const provider = await awsPlanner();
    try {
      const state = await provider.stateOf(foreignAws);
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(recordedState, `${JSON.stringify(state, null, 1)}\n`);
      expect(JSON.parse(readFileSync(recordedState, 'utf8'))).toEqual(state);
    } finally {
      await provider.stop();
    }
  });
}
