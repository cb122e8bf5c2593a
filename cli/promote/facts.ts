import { parse } from 'yaml';
import { type GivenFacts, readFacts } from '../../promotion/plan';
import { givenFile } from '../given-file';
import type { Io } from '../io';
import { numberOption } from '../numbers';
import { notYaml } from '../planning-errors';
import type { FactFlags } from './commands';

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
