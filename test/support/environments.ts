import type { Environment } from '../../environments/schema';

/** A valid environment for tests of constructs: tier 1 on DigitalOcean, local state, disposable. */
export function sampleEnvironment(overrides: Partial<Environment> = {}): Environment {
  return { ...sample, ...overrides };
}

const sample: Environment = {
  name: 'sample',
  roadmap: 'deadlock-coach',
  tier: 'tier1',
  platform: 'digitalocean',
  region: 'fra1',
  namePrefix: 'coach',
  domain: 'app.coach.example',
  app: { image: 'ghcr.io/example/deadlock-coach:1.4.2', port: 8080, healthPath: '/healthz', settings: {}, secrets: [] },
  access: { sshKeys: {}, allowedCidrs: [] },
  load: { dailyUsers: 10 },
  state: { backend: 'local', path: '.terrace/state/sample.tfstate' },
  generations: {},
  channelKeys: [1],
  disposable: 'sample',
  tags: {},
};
