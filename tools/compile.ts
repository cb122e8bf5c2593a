import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digitalOceanCompilers } from './compile-digitalocean';
import { modelCompiler } from './compile-models';
import { priceCompilers } from './compile-prices';
import type { Compiler } from './compiler';

/** Everything that is generated. A new kind of data adds its compilers here. */
export const compilers: readonly Compiler[] = [...digitalOceanCompilers, ...priceCompilers, modelCompiler];

/** Writes every generated file that is not current. @returns the targets that were written */
export function compileAll(root: string): readonly string[] {
  return compilers.filter((compiler) => isStale(compiler, root)).map((compiler) => write(compiler, root));
}

/** Whether a generated file differs from what its source says, or is missing. */
export function isStale(compiler: Compiler, root: string): boolean {
  return generatedText(compiler, root) !== readOrEmpty(join(root, compiler.target));
}

function write(compiler: Compiler, root: string): string {
  writeFileSync(join(root, compiler.target), generatedText(compiler, root));
  return compiler.target;
}

function generatedText(compiler: Compiler, root: string): string {
  return compiler.compile(readFileSync(join(root, compiler.source), 'utf8'));
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
