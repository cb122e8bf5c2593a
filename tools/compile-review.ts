import { reviewJsonSchema } from '../analysis/review/document/schema';
import type { Compiler } from './compiler';

/** The JSON Schema of what `terrace review --json` prints. */
export const reviewCompiler: Compiler = {
  source: 'analysis/review/document/schema.ts',
  target: 'docs/review.schema.json',
  compile: () => `${JSON.stringify(reviewJsonSchema(), null, 2)}\n`,
};
