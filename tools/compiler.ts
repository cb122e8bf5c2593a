/** Turns one readable source file into one generated TypeScript file. Paths are relative to the project. */
export interface Compiler {
  readonly source: string;
  readonly target: string;
  /** Source text to generated text: nothing else goes in, so that a test can tell a stale file. */
  readonly compile: (source: string) => string;
}

/** The first line of every generated file. */
export function banner(source: string): string {
  return `// Generated from ${source} by \`npm run compile\`. Do not edit.\n`;
}
