import { loadEnvironment } from './environments/load';
import { problemsBeside } from './stacks/problems';
import { synthesize } from './stacks/synthesize';
import { forPerson, renderError } from './values/errors';

/** Entry of the `cdktf` command: environment file -> stacks -> cdk.tf.json. */
function main(): void {
  const project = process.cwd();
  const { environment, warnings } = loadEnvironment(process.env['TERRACE_ENVIRONMENT'], { cwd: project, further: problemsBeside });
  const outdir = process.env['CDKTF_OUTDIR'];
  const synthesis = synthesize(environment, { project, ...(outdir === undefined ? {} : { outdir }) });
  for (const warning of [...warnings, ...synthesis.warnings]) console.log(`warning: ${warning}`);
}

try {
  main();
} catch (error) {
  // One message for a person instead of a stack trace, which cdktf would print twice.
  const known = forPerson(error);
  if (known === undefined) throw error;
  console.error(renderError(known));
  process.exitCode = known.exitCode;
}
