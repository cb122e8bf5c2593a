import { execFileSync } from 'node:child_process';
import { packageFile } from '../../terraform/package-root';
import { sampleEnvironment } from '../support/environments';
import { scratch } from '../support/scratch';

/** Modules of each provider that a synthesis loads, in a process of its own because jest has a module cache of its own. */
function loaded(place: { readonly platform: 'aws' | 'digitalocean'; readonly region: string }): Record<string, number> {
  const environment = sampleEnvironment(place);
  const script = `
    const { synthesize } = require(${JSON.stringify(packageFile('dist', 'stacks', 'synthesize.js'))});
    const count = (name) => Object.keys(require.cache).filter((file) => file.includes('/@cdktf/provider-' + name + '/')).length;
    const counts = () => ({ aws: count('aws'), digitalocean: count('digitalocean') });
    const before = counts();
    synthesize(${JSON.stringify(environment)}, { project: ${JSON.stringify(scratch())} });
    const after = counts();
    console.log(JSON.stringify({ before: before.aws + before.digitalocean, aws: after.aws, digitalocean: after.digitalocean }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as Record<string, number>;
}

test('an environment on AWS loads nothing of DigitalOcean, and neither is loaded before something is built', () => {
  const { before, aws, digitalocean } = loaded({ platform: 'aws', region: 'us-east-1' });
  expect({ before, digitalocean }).toEqual({ before: 0, digitalocean: 0 });
  expect(aws).toBeGreaterThan(20);
});

test('an environment on DigitalOcean loads nothing of AWS', () => {
  const { before, aws, digitalocean } = loaded({ platform: 'digitalocean', region: 'fra1' });
  expect({ before, aws }).toEqual({ before: 0, aws: 0 });
  expect(digitalocean).toBeGreaterThan(10);
});
