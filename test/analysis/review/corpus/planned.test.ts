import { guardStack, type Verdict, verdictOf } from '../../../../analysis/review';
import { needs } from '../../../support/needs';
import { digitalOceanTier } from './bases';
import { dangerousOnDigitalOcean, harmlessOnDigitalOcean } from './digitalocean';
import { type Case, edited } from './edit';
import { type Planner, planner, workers } from './planner';

jest.setTimeout(1_800_000);

const withTerraform = needs('terraform');
const order: readonly Verdict[] = ['safe', 'attention', 'dangerous'];
const all = [...dangerousOnDigitalOcean, ...harmlessOnDigitalOcean].filter(({ unplanned }) => unplanned === undefined);
/** Every third; `npm run soak` plans all of them. */
const cases = process.env['TERRACE_SOAK'] === '1' ? all : all.filter((_, index) => index % 3 === 0);

interface Compared {
  readonly name: string;
  readonly synths: Verdict;
  readonly plan: Verdict | 'refused';
  readonly both: Verdict | undefined;
  readonly why: string;
  /** Addresses that the plan replaces or deletes and two syntheses did not see. */
  readonly unseen: readonly string[];
}

async function compared(one: Case, terraform: Planner, worker: number): Promise<Compared> {
  const base = digitalOceanTier(one.base);
  const head = edited(base, one.edit);
  const bySyntheses = guardStack({ stack: one.base, base, head });
  const made = await terraform.plan(one.base, head, worker);
  const name = `${one.base}: ${one.name}`;
  const synths = verdictOf(bySyntheses.findings);
  if ('refused' in made) return { name, synths, plan: 'refused', both: undefined, why: made.refused, unseen: [] };
  const byPlan = guardStack({ stack: one.base, plan: made.plan });
  const gone = new Set(bySyntheses.change.changes.filter(({ action }) => action === 'replace' || action === 'delete').map(({ address }) => address));
  return {
    name,
    synths,
    plan: verdictOf(byPlan.findings),
    both: verdictOf(guardStack({ stack: one.base, base, head, plan: made.plan }).findings),
    why: byPlan.findings.map(({ id, address }) => `${id} ${address}`).join('; '),
    unseen: byPlan.change.changes.filter(({ action, address, previousAddress = address }) => (action === 'replace' || action === 'delete') && !gone.has(address) && !gone.has(previousAddress) && !gone.has(address.replace('[0]', ''))).map(({ address }) => address),
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

withTerraform('on the stand-in, the verdict from two syntheses is never milder than that from the plan of real Terraform', async () => {
  const terraform = await planner(Object.fromEntries(['tier1', 'tier2', 'tier3'].map((tier) => [tier, digitalOceanTier(tier)])));
  try {
    const results = await inTurns(cases, (one, worker) => compared(one, terraform, worker));
    const refused = results.filter(({ plan }) => plan === 'refused');
    console.log(`${results.length} edits planned by real Terraform on the stand-in; refused: ${refused.length}; called dangerous by the plan alone: ${results.filter(({ plan }) => plan === 'dangerous').length}`);
    expect(refused.map(({ name, why }) => `${name}: ${why}`)).toEqual([]);
    const milder = (one: Compared): boolean => one.plan !== 'refused' && order.indexOf(one.synths) < order.indexOf(one.plan);
    expect(results.filter(milder)).toEqual([]);
    expect(results.filter(({ plan, both }) => both !== undefined && plan !== 'refused' && order.indexOf(both) < order.indexOf(plan))).toEqual([]);
    expect(results.filter(({ unseen }) => unseen.length > 0).map(({ name, unseen }) => [name, unseen])).toEqual([]);
  } finally {
    await terraform.stop();
  }
});
