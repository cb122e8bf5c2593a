import { execFileSync } from 'node:child_process';
import { loadEnvironment } from '../../environments/load';
import { packageFile } from '../../terraform/package-root';
import { sampleEnvironment } from '../support/environments';
import { scratch } from '../support/scratch';
import type { Environment } from '../../environments/schema';

type Counts = Readonly<Record<string, number>>;

/** Modules of each provider that a synthesis loads, in a process of its own because jest has a module cache of its own. */
function loaded(environment: Environment): { readonly before: Counts; readonly after: Counts } {
  const script = `
    const { synthesize } = require(${JSON.stringify(packageFile('dist', 'stacks', 'synthesize.js'))});
    const provider = (file) => /[/]@cdktf[/]provider-(\\w+)[/]/.exec(file)?.[1];
    const counts = () => {
      const found = {};
      for (const name of Object.keys(require.cache).map(provider)) if (name !== undefined) found[name] = (found[name] ?? 0) + 1;
      return found;
    };
    const before = counts();
    synthesize(${JSON.stringify(environment)}, { project: ${JSON.stringify(scratch())}, recordedOnly: true });
    console.log(JSON.stringify({ before, after: counts() }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as ReturnType<typeof loaded>;
}

function example(name: string): Environment {
  return loadEnvironment(packageFile('environments', 'examples', `${name}.yaml`), { cwd: scratch() }).environment;
}

test.each<readonly [string, Environment, readonly string[]]>([
  ['tier 1 on AWS', sampleEnvironment({ platform: 'aws', region: 'us-east-1' }), ['aws']],
  ['tier 1 on DigitalOcean', sampleEnvironment(), ['digitalocean']],
  ['tier 4 on AWS', example('aws-tier4'), ['aws']],
  ['tier 4 on DigitalOcean', example('digitalocean-tier4'), ['digitalocean']],
  ['tier 5 on AWS', example('aws-tier5'), ['aws', 'helm', 'kubernetes']],
  ['tier 5 on DigitalOcean', example('digitalocean-tier5'), ['digitalocean', 'helm', 'kubernetes']],
  ['tier 6 on AWS and Google', example('aws-tier6'), ['aws', 'cloudflare', 'google', 'helm', 'kubernetes']],
])('%s loads the providers that it has resources of, and none before something is built', (_, environment, providers) => {
  const { before, after } = loaded(environment);
  expect(before).toEqual({});
  expect(Object.keys(after).sort()).toEqual(providers);
});
