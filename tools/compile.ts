import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsCompilers } from './compile-aws';
import { awsReplacementCompiler } from './compile-aws-replacement';
import { capacityCompilers } from './compile-capacity';
import { digitalOceanCompilers } from './compile-digitalocean';
import { documentCompilers } from './compile-docs';
import { environmentCompilers } from './compile-environment-schema';
import { estimateCompilers } from './compile-estimate';
import { modelCompiler } from './compile-models';
import { priceCompilers } from './compile-prices';
import { pricingCoverageCompiler } from './compile-pricing-coverage';
import { reviewCompiler } from './compile-review';
import { roadmapCompilers } from './compile-roadmaps';
import { selectionCompilers } from './compile-selection';
import type { Compiler } from './compiler';
import { messageOf } from '../values/errors';

/** Everything that is generated. A new kind of data adds its compilers here. */
export const compilers: readonly Compiler[] = [
  ...digitalOceanCompilers,
  ...awsCompilers,
  awsReplacementCompiler,
  ...priceCompilers,
  modelCompiler,
  ...roadmapCompilers,
  ...environmentCompilers,
  ...estimateCompilers,
  reviewCompiler,
  ...selectionCompilers,
  ...capacityCompilers,
  ...documentCompilers,
  pricingCoverageCompiler,
];

/** Writes every generated file that is not current. @returns the targets that were written */
export function compileAll(root: string): readonly string[] {
  return compilers.filter((compiler) => refresh(compiler, root)).map((compiler) => compiler.target);
}

/** Whether a generated file differs from what its source says, or is missing. */
export function isStale(compiler: Compiler, root: string): boolean {
  return generatedText(compiler, root) !== readOrEmpty(join(root, compiler.target));
}

/** Writes a generated file where it is stale. @returns whether it was */
function refresh(compiler: Compiler, root: string): boolean {
  const text = generatedText(compiler, root);
  const target = join(root, compiler.target);
  if (text === readOrEmpty(target)) return false;
  writeFileSync(target, text);
  return true;
}

function generatedText({ source, compile }: Compiler, root: string): string {
  const text = readFileSync(join(root, source), 'utf8');
  try {
    return compile(text);
  } catch (error) {
    throw new Error(`${source}: ${messageOf(error)}`, { cause: error });
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

if (require.main === module) {
  const written = compileAll(process.cwd());
  for (const target of written) console.log(`wrote ${target}`);
  if (written.length === 0) console.log('all generated files are current');
}
