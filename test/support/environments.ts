import type { Environment } from '../../environments/schema';
import { publicKey } from './public-key';

/** A valid environment for tests of constructs: tier 1 on DigitalOcean, local state, disposable. Tiers with GPU servers stand where these are sold. */
export function sampleEnvironment(overrides: Partial<Environment> = {}): Environment {
  const places = (overrides.platform ?? 'digitalocean') === 'digitalocean' ? placesWithGpus[overrides.tier ?? 'tier1'] : {};
  return { ...sample, ...places, ...overrides };
}

/** Where DigitalOcean's cards were seen on sale: `catalog/digitalocean/gpu-regions.csv`. */
const placesWithGpus: Readonly<Partial<Record<Environment['tier'], Partial<Environment>>>> = {
  tier4: { region: 'tor1' },
  tier5: { region: 'tor1', regions: ['ams3'] },
};

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
  alerts: { emails: [] },
  state: { backend: 'local', path: '.terrace/state/sample.tfstate' },
  generations: {},
  channelKeys: [1],
  disposable: 'sample',
  tags: {},
};

/** A public key of the right form. Nobody holds the private half: its bytes are made up. */
export const samplePublicKey = publicKey('ssh-ed25519', [Buffer.alloc(32, 7)], 'admin@example');
