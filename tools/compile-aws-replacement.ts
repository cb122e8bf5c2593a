import { banner, type Compiler } from './compiler';
import { keyedLiteral, type Plain } from './typescript-literal';

interface Probed {
  readonly replaces?: readonly string[];
  readonly inPlace?: readonly string[];
  readonly conditional?: Readonly<Record<string, string>>;
  readonly hiddenWhenRemoved?: readonly string[];
  readonly effects?: Readonly<Record<string, string>>;
}

const source = 'catalog/aws/replacement.json';

/** What a change does to an AWS resource, as it was probed. */
export const awsReplacementCompiler: Compiler = {
  source,
  target: 'catalog/aws/replacement.generated.ts',
  compile: (text) => {
    const { types } = JSON.parse(text) as { types: Readonly<Record<string, Probed>> };
    const table = Object.fromEntries(Object.entries(types).map(([type, probed]) => [type, compact(probed)]));
    return `${banner(source)}import type { ProbedType } from './replacement-types';\n\nexport const probedTypes: Readonly<Record<string, ProbedType>> = ${keyedLiteral(table)};\n`;
  },
};

/** Lists of names as one text each: they are looked into only for the types that a change touches. */
function compact({ replaces = [], inPlace = [], conditional = {}, hiddenWhenRemoved = [], effects = {} }: Probed): Plain {
  return {
    replaces: replaces.join(' '),
    inPlace: inPlace.join(' '),
    ...(hiddenWhenRemoved.length === 0 ? {} : { hidden: hiddenWhenRemoved.join(' ') }),
    ...(Object.keys(conditional).length === 0 ? {} : { conditional }),
    ...(Object.keys(effects).length === 0 ? {} : { effects }),
  };
}
