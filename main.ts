import { loadEnvironment } from './environments/load';
import { synthesize } from './stacks/synthesize';
import { renderError, TerraceError } from './values/errors';

/** Entry of the `cdktf` command: environment file -> stacks -> cdk.tf.json. */
function main(): void {
  const project = process.cwd();
  const { environment, warnings } = loadEnvironment(process.env['TERRACE_ENVIRONMENT'], { cwd: project });
  const outdir = process.env['CDKTF_OUTDIR'];
  const synthesis = synthesize(environment, { project, ...(outdir === undefined ? {} : { outdir }) });
  for (const warning of [...warnings, ...synthesis.warnings]) console.log(`warning: ${warning}`);
}

try {
  main();
} catch (error) {
  // One message for a person instead of a stack trace, which cdktf would print twice.
  if (!(error instanceof TerraceError)) throw error;
  console.error(renderError(error));
  process.exitCode = error.exitCode;
}
