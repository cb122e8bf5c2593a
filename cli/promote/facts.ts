import { parse } from 'yaml';
import type { Environment } from '../../environments/schema';
import { begunOtherwise, decidedBy, factsContradict, type GivenFacts, readFacts } from '../../promotion/plan';
import type { MoveSettings } from '../../promotion/movers/mover-of';
import { readMove } from '../../promotion/movers/settings-file';
import { readAccess } from '../../promotion/run/access';
import type { Problem } from '../../values/errors';
import { givenFile } from '../given-file';
import { pathIn } from '../input/path';
import type { Io } from '../io';
import { numberOption } from '../numbers';
import { notYaml } from '../planning-errors';
import { ownAccessFile } from './access-file';
import type { FactFlags } from './commands';

/** What is known of the data, and where places that say it contradict each other. */
export interface Known {
  readonly facts: GivenFacts;
  readonly problems: readonly Problem[];
}

type Whose = { readonly environment: Environment; readonly folder: string };

/**
 * What a plan and a run go by: facts of the command line, and beside them those of the file that says how this machine reaches the databases. What they
 * decide has to be the same in both, in the settings of a move that a person has given, and in what a promotion that is under way was begun with.
 */
export function knownFacts(
  options: FactFlags & { readonly access?: string },
  io: Io,
  { environment: { name, promotion }, folder }: Whose,
): Known {
  const given = givenFacts(options, io);
  const file = options.access === undefined ? ownAccessFile(folder, name) : pathIn(io, options.access);
  const { facts: own = {}, moves = {} } = readAccess(file);
  const [place, begun] = [options.facts ?? '--facts', decidedBy(promotion ?? {})];
  const kept: readonly Said[] = [
    [decidedBy(own), file],
    ...Object.values(moves).map((each): Said => [decidedIn(readMove(each, io.env)), each]),
  ];
  const facts = { ...own, ...given, ...begun };
  if (promotion === undefined) return { facts, problems: contradictions([[decidedBy(given), place], ...kept]) };
  const otherwise = differing(decidedBy(given), { cacheUse: 'cache', ...decidedBy(own), ...begun });
  return {
    facts,
    problems: [
      ...contradictions([...kept, [begun, `the promotion of ${name}'s environment file`]]),
      ...otherwise.map(([fact, one, other]) => begunOtherwise(`${place}: ${fact}`, one, other)),
    ],
  };
}

/** What a place decides, by the names of the facts. */
type Decisions = Readonly<Record<string, string>>;
type Said = readonly [decided: Decisions, place: string];

/** What the settings of a move decide. */
function decidedIn(move: MoveSettings): Decisions {
  if (move.kind === 'cache') return { cacheUse: move.use };
  if (move.kind !== 'postgres' && move.kind !== 'dump') return {};
  return {
    databaseMove: move.kind === 'dump' ? 'dump' : 'logical-replication',
    ...(move.shardKey === undefined ? {} : { shardKey: move.shardKey }),
  };
}

/** Each place against every later one. */
function contradictions(said: readonly Said[]): readonly Problem[] {
  return said.flatMap(([one, place], index) =>
    said
      .slice(index + 1)
      .flatMap(([other, elsewhere]) =>
        differing(one, other).flatMap(([fact, here, there]) =>
          there === undefined ? [] : [factsContradict(fact, [here, place], [there, elsewhere])],
        ),
      ),
  );
}

/** What the one decides and the other does not, or otherwise. */
function differing(one: Decisions, other: Decisions): readonly (readonly [fact: string, one: string, other: string | undefined])[] {
  return Object.entries(one).flatMap(([fact, here]) => (here === other[fact] ? [] : [[fact, here, other[fact]] as const]));
}

/** Facts of the file, with those of the command line in their place. @throws `PROMOTION_FACTS`, `CLI_NOT_YAML`, `CLI_NOT_A_NUMBER` */
export function givenFacts({ databaseGb, facts }: FactFlags, io: Io): GivenFacts {
  const size = numberOption('database-gb', databaseGb);
  const file = facts === undefined ? {} : factsIn(givenFile('facts', facts, io), facts);
  return readFacts({ ...file, ...(size === undefined ? {} : { databaseGb: size }) });
}

/** YAML, of which JSON is a part. */
function factsIn(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    return readFacts(parse(text, { maxAliasCount: 0 }), file) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof Error && error.name === 'TerraceError') throw error;
    throw notYaml('facts', String((error as Error).message));
  }
}
