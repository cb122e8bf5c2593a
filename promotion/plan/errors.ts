import { type Problem, TerraceError } from '../../values/errors';

/** The facts about an environment's data cannot be read. */
export function factsNotValid(problems: readonly Problem[]): TerraceError {
  return new TerraceError('PROMOTION_FACTS', 'The facts about the data are not valid:', problems, 2);
}

/** A promotion that cannot begin, with everything that stands in its way. */
export function promotionRefused(environment: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError('PROMOTION_REFUSED', `${environment} cannot be promoted like this. Nothing was changed.`, problems, 2);
}

/** The environment is where it shall go. */
export function goesNowhere(tier: string, others: readonly string[]): Problem {
  return {
    code: 'PROMOTION_NOWHERE',
    where: '--to',
    message: `It is at ${tier} already. Name another tier (${others.join(', ')}), or another platform with --platform.`,
  };
}

/** One promotion at a time. */
export function underWay(to: string, phase: string, environment: string): Problem {
  return {
    code: 'PROMOTION_UNDER_WAY',
    where: 'promotion',
    message: `It is being promoted to ${to} already, in phase ${phase}. Finish that first (terrace promote run ${environment}), or take it back (terrace promote rollback ${environment}).`,
  };
}

/** Where else an environment could go, when a side of the pair cannot be built. */
export function noPath(ways: readonly string[]): Problem {
  return {
    code: 'PROMOTION_NO_PATH',
    where: '--to',
    message: ways.length === 0 ? 'No other tier can be reached from here.' : `What can be reached from here: ${ways.join(', ')}.`,
  };
}

/** Another platform has other regions. */
export function regionMissing(platform: string): Problem {
  return { code: 'PROMOTION_REGION', where: '--region', message: `${platform} has regions of its own. Name one with --region.` };
}

/** A region is a place of the data. */
export function regionKept(here: string, given: string): Problem {
  return {
    code: 'PROMOTION_REGION',
    where: '--region',
    message: `It is "${given}", and the environment stays in ${here}: only a promotion to another platform goes to another region (--platform). Leave it out.`,
  };
}

/** Whoever names a region expects that something comes to stand there. */
export function regionsIdle(idle: readonly string[], tier: string, standing: readonly string[]): Problem {
  return {
    code: 'PROMOTION_REGION',
    where: '--regions',
    message: `It names ${idle.join(', ')}, and ${tier} stands in ${standing.join(', ')} alone. Leave ${idle.length === 1 ? 'it' : 'them'} out.`,
  };
}

/** A promotion goes on as it was begun. */
export function begunOtherwise(option: string, given: string | undefined, begun: string | undefined): Problem {
  const said = given === undefined ? 'It is given' : `It is "${given}"`;
  return {
    code: 'PROMOTION_BEGUN_OTHERWISE',
    where: option,
    message: `${said}, and this promotion was begun ${begun === undefined ? 'without' : `with "${begun}"`}. Leave it out to go on, or go back first and begin anew.`,
  };
}

/** Two places say otherwise of the way that data are moved. */
export function factsContradict(
  name: string,
  [given, place]: readonly [string, string],
  [other, elsewhere]: readonly [string, string],
): Problem {
  return {
    code: 'PROMOTION_FACTS_CONTRADICT',
    where: `${place}: ${name}`,
    message: `It is "${given}", and "${other}" in ${elsewhere}. Data are moved in one way: correct the one that is wrong, or take it out.`,
  };
}

/** Data that do not fit into what they are to move to. */
export function doesNotFit(component: string, what: string, has: string, cure: string): Problem {
  return { code: 'PROMOTION_DATA_DOES_NOT_FIT', where: component, message: `${what} into ${has}. ${cure}` };
}

/** A load that the target does not carry at all. */
export function loadDoesNotFit(tier: string, headroom: number, binding: string): Problem {
  return {
    code: 'PROMOTION_LOAD_DOES_NOT_FIT',
    where: tier,
    message: `It carries ${Number(headroom.toPrecision(3))} times the load: ${binding} would be over its limit from the first minute. Promote to a tier that carries it.`,
  };
}

/** A load that the target carries, but without the room that a promotion wants. */
export function capacityShort(tier: string, headroom: number, required: number, binding: string): Problem {
  return {
    code: 'PROMOTION_CAPACITY_SHORT',
    where: tier,
    message: `It carries ${Number(headroom.toPrecision(3))} times the load, of ${required} that it must; ${binding} binds first. Promote to a tier that carries it, or correct the load in the environment file. To go there all the same: --accept-short-capacity.`,
  };
}

/** An app that goes to several servers keeps on one what all of them need. */
export function keptOnServer(setting: string, value: string, what: 'sessions' | 'files', remedy: string): Problem {
  return {
    code: 'PROMOTION_APP_STATE',
    where: `app.settings.${setting}`,
    message: `It is ${JSON.stringify(value)}: the app keeps ${what} on one server, and the next tier has several, each of which would have its own. ${remedy}, release that, and promote then.`,
  };
}
