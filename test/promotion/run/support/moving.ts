import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { movesTo, type Moving, settingsOfAll } from '../../../../cli/promote/moving';
import type { Environment } from '../../../../environments/schema';
import type { Goal } from '../../../../promotion/next-phase';
import type { Intent } from '../../../../promotion/run/decide';
import { drive, type Ports } from '../../../../promotion/run/drive';
import { moversOf } from '../../../../promotion/run/moves';
import type { Held } from '../../../../promotion/run/released';
import type { TierId } from '../../../../tiers/tier';
import type { TerraceError } from '../../../../values/errors';
import { keptEnvironment } from '../../../support/sandbox';
import { scratch } from '../../../support/scratch';

export type Promotion = NonNullable<Environment['promotion']>;

const server = '{ host: 127.0.0.1, port: 1, database: app, user: app }';

/** What a person gives of a database, so that only what follows from the state is left. */
const named = `source: ${server}\ntarget: ${server}\nroute: { kind: none }\nfacts: { cacheUse: state }\n`;

/** A promotion of the sample, as the commands see it. @param access what a person gives */
export function movingBy(
  from: Partial<Environment>,
  promotion: Promotion | undefined,
  state: readonly Held[],
  env: Moving['env'],
  access: string,
): Moving {
  const folder = scratch();
  mkdirSync(join(folder, '.terrace', 'promotion'), { recursive: true });
  writeFileSync(join(folder, '.terrace', 'promotion', 'sample.access.yaml'), access);
  const environment = keptEnvironment({ ...from, ...(promotion === undefined ? {} : { promotion }) });
  return { project: { environment, folder }, state: () => Promise.resolve(state), env };
}

/** A promotion whose database a person names; `more` of what a person gives. */
export function movingOf(
  from: Partial<Environment>,
  promotion: Promotion | undefined,
  state: readonly Held[],
  env: Moving['env'],
  more = '',
): Moving {
  return movingBy(from, promotion, state, env, `${named}${more}`);
}

/** What a promotion is driven with. */
interface Given {
  readonly state: readonly Held[];
  readonly env: Moving['env'];
  /** What a person gives. */
  readonly access?: string;
}

/** A promotion of what this names, driven as `terrace promote run` drives it; deploys do what they are told. */
export function promoting(from: Partial<Environment>, promotion: Promotion, ids: readonly string[], { state, env, access = named }: Given) {
  const place = { tier: from.tier as TierId, platform: from.platform ?? 'digitalocean', promotion: promotion as Promotion | undefined };
  const deploys: (() => Promise<void>)[] = [];
  const read = new Map<Promotion | undefined, Moving>();
  const movers: Ports['movers'] = async () => {
    const moving = read.get(place.promotion) ?? movingBy(from, place.promotion, state, env, access);
    read.set(place.promotion, moving);
    const { database, others } = await settingsOfAll(moving);
    const moves = movesTo(moving).filter((move) => ids.includes(move.change.id));
    return moversOf(moves, { settings: database, others, options: {} });
  };
  const ports: Ports = {
    read: () => Promise.resolve({ environment: 'sample', ...place, resizes: false, layered: false }),
    stands: () => Promise.resolve(undefined),
    isDeployed: () => Promise.resolve(true),
    deploy: async () => {
      await deploys.shift()?.();
    },
    write: (goal: Goal) => {
      if (goal === 'done' && place.promotion?.phase === 'contract') place.tier = promotion.to;
      place.promotion = goal === 'done' ? undefined : { ...promotion, phase: goal };
      return Promise.resolve();
    },
    isPaused: () => Promise.resolve(false),
    movers,
    say: () => undefined,
  };
  const run = async (intent: Intent): Promise<string> => {
    const { step } = await drive(intent, ports);
    return step.do === 'wait' ? `wait ${step.for}` : `end ${step.at}`;
  };
  /** Does something just before the next deploy of a stage leads the app there. */
  const beforeDeploy = (acts: readonly (() => Promise<void>)[]): void => void deploys.push(...acts);
  return { place, run, movers, beforeDeploy };
}

/** What an error says: its code, then each of its problems. */
export async function codeOf(act: Promise<unknown>): Promise<readonly string[]> {
  return await act.then(
    () => [],
    (error: TerraceError) => [error.code, ...error.problems.map(({ where = '', message }) => `${where}: ${message}`)],
  );
}
