import { join } from 'node:path';
import { graphFromSynthesis, type ResourceGraph } from '../../analysis/graph';
import type { StackInput, Way, WayPlan } from '../../analysis/review';
import { platformOf, tierOf } from '../../analysis/review/deltas';
import type { PromotionPlan } from '../../promotion/types';
import type { PlatformId, TierId } from '../../tiers/tier';
import { TerraceError } from '../../values/errors';
import { loadInput } from '../environment-load';
import type { Project } from '../project';

/** Where an environment is, as its synthesized stacks tell. */
interface Place {
  readonly tier: TierId;
  readonly platform: PlatformId;
  readonly region: string | undefined;
}

/** The way from the tier and platform of the base to those of the head, where a change edits them; undefined where it does not. */
export async function wayBetween(stacks: readonly StackInput[], project: Project | undefined): Promise<Way | undefined> {
  const [was, is] = [placeIn(stacks.map(({ base }) => base)), placeIn(stacks.map(({ head }) => head))];
  if (was === undefined || is === undefined || (was.tier === is.tier && was.platform === is.platform)) return undefined;
  const moves = was.platform !== is.platform;
  const title = { from: nameOf(was, moves), to: nameOf(is, moves) };
  const command = `terrace promote plan ${project?.environment.name ?? 'ENVIRONMENT'} --to ${is.tier}${moves ? ` --platform ${is.platform} --region ${is.region ?? 'REGION'}` : ''}`;
  if (project === undefined)
    return { ...title, command, text: 'Which environment it is was not said: give --environment to see the plan here.' };
  return { ...title, command, ...(await planned(project, was, is)) };
}

function nameOf({ tier, platform }: Place, moves: boolean): string {
  return moves ? `${tier} on ${platform}` : tier;
}

/** The file says where it shall be; where it is stands in the base. */
async function planned({ environment, folder }: Project, was: Place, is: Place): Promise<Pick<Way, 'text' | 'plan'>> {
  const [{ planOf }, { renderPlan }] = await Promise.all([import('../../promotion/plan-of'), import('../../promotion/plan')]);
  const there = {
    ...environment,
    tier: was.tier,
    platform: was.platform,
    region: was.platform === environment.platform ? environment.region : (was.region ?? environment.region),
  };
  const target = { to: is.tier, ...(was.platform === is.platform ? {} : { platform: is.platform, region: environment.region }) };
  try {
    const plan = planOf(there, { target, load: loadInput(environment), outdir: join(folder, 'cdktf.out') });
    return { text: renderPlan(plan), plan: forReview(plan) };
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error;
    return { text: [error.message, ...error.problems.map(({ where, message }) => `${where}: ${message}`)].join('\n') };
  }
}

function forReview({ pause, cost, components, prerequisites, irreversible }: PromotionPlan): WayPlan {
  return {
    pause: { typicalMs: pause.typicalMs, worstMs: pause.worstMs, note: pause.note },
    cost: { before: cost.before, during: cost.during, after: cost.after },
    components: components.map(({ id, verdict, why }) => ({ id, verdict, why })),
    open: prerequisites.flatMap(({ state, what, remedy }) => (state === 'met' ? [] : [{ state, what, remedy }])),
    irreversible: irreversible.map(({ what, from }) => ({ what, from })),
  };
}

function placeIn(configurations: readonly StackInput['base'][]): Place | undefined {
  const graphs = configurations.flatMap((json) => (json === undefined ? [] : [graphFromSynthesis(json)]));
  const own = graphs.find((graph) => tierOf(graph) !== undefined);
  const tier = tierOf(own);
  return own === undefined || tier === undefined ? undefined : { tier: tier.id, platform: platformOf(own), region: regionOf(own) };
}

/** Of a provider, or where it has none, the region that most of its resources name. */
function regionOf({ providers, resources }: ResourceGraph): string | undefined {
  const said = Object.values(providers).flatMap(({ region }) => (typeof region === 'string' ? [region] : []));
  const all = said.length > 0 ? said : resources.flatMap(({ values }) => (typeof values['region'] === 'string' ? [values['region']] : []));
  const counts = new Map<string, number>();
  for (const region of all) counts.set(region, (counts.get(region) ?? 0) + 1);
  return [...counts].reduce<readonly [string, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] ? one : most),
    undefined,
  )?.[0];
}
