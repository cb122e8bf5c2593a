import type { ComponentOf } from '../../components/component';
import type { ClusterCloud } from '../../constructs/kubernetes/flavour';
import { zoneCount } from '../platforms/aws/builds';
import { choiceOf as onAws } from '../platforms/aws/gpu';
import { nodeChoice as onDigitalocean } from '../platforms/digitalocean/gpu';
import { choiceOf as atGoogle } from '../platforms/google/gpu';
import { component } from '../platforms/naming';
import type { ClusterPlan } from './filling';

type Pool = ComponentOf<'gpu-pool'>;
type Plan = Pick<ClusterPlan, 'environment' | 'tier' | 'site' | 'share'>;

/** How a model is served in one cluster. */
export interface Serving {
  readonly pods: number;
  /** Processors of each, where no GPU that will do is sold. */
  readonly cpus?: number;
}

/** What a cloud has to serve with in a region, which its own layer chooses too. What cannot be had is refused before. */
const choices: Readonly<Record<ClusterCloud, (pool: Pool, plan: Plan) => string | undefined>> = {
  aws: (pool, { environment, tier, site }) => onAws(pool, environment, { region: site.region, zones: zoneCount(tier) }).kind,
  digitalocean: (pool, { environment, site }) => onDigitalocean(pool, environment, site.region).kind,
  // A second cloud has what is asked for; were an environment at home there, it would have the tier's own.
  google: (pool, { environment, site }) => (site.cloud === environment.platform ? 'gpu' : atGoogle(pool, environment, site.region)?.kind),
};

/** How a pool's model is served in a cluster; undefined where it is not. */
export function servingOf(pool: Pool, plan: Plan): Serving | undefined {
  const [kind, pods] = [choices[plan.site.cloud](pool, plan), podsOf(pool, plan)];
  if (kind === undefined || kind === 'api' || pods === 0) return undefined;
  return { pods, ...(kind === 'cpu' ? { cpus: cpusOf(plan) } : {}) };
}

/** Of three servers for two clusters the first has two. A second cloud has those that the environment asks for there. */
function podsOf({ count }: Pool, { share: { index, atHome }, environment }: Plan): number {
  return index >= atHome ? (environment.gpu?.google?.nodes ?? 0) : Math.floor(count / atHome) + (index < count % atHome ? 1 : 0);
}

/** Of a node's processors, what is left beside what runs on every node. An assumption. */
const keptVcpus = 2;

function cpusOf({ tier }: Plan): number {
  return Math.max(1, (component(tier, 'kubernetes-cluster')?.nodeVcpus ?? 4) - keptVcpus);
}
