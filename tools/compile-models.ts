import { dated, number, optionalText, text, yes, type Row } from './cells';
import { banner, type Compiler } from './compiler';
import { parseCsv } from './csv';
import { listLiteral, type Plain } from './typescript-literal';

const source = 'catalog/models/models.csv';

/** The compiler of catalog/models. */
export const modelCompiler: Compiler = {
  source,
  target: 'catalog/models/models.generated.ts',
  compile: (csv) =>
    `${banner(source)}import type { LanguageModel } from './types';\n\nexport const models: readonly LanguageModel[] = ${listLiteral(parseCsv(csv).map(model))};\n`,
};

function model(row: Row): Plain {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    parametersBillion: number(row, 'parameters_b'),
    quantization: text(row, 'quantization'),
    file: {
      repository: text(row, 'repository'),
      name: text(row, 'file'),
      bytes: number(row, 'bytes'),
      exact: yes(row, 'exact'),
      sha256: optionalText(row, 'sha256'),
    },
    shape: { layers: number(row, 'layers'), kvHeads: number(row, 'kv_heads'), headDimension: number(row, 'head_dim') },
    contextTokens: number(row, 'context_tokens'),
    licence: { name: text(row, 'licence'), commercialUse: yes(row, 'commercial_use') },
    ...dated(row),
  };
}
