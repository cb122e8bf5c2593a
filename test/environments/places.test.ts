import { checkEnvironment } from '../../environments/check';
import { sampleEnvironment } from '../support/environments';

const complaints = (platform: unknown): readonly string[] => {
  const checked = checkEnvironment({ ...sampleEnvironment(), platform, region: 'us-east-1', namePrefix: 'co' });
  return 'findings' in checked ? checked.findings.map(({ message }) => message) : [];
};

const placed = (platform: unknown): unknown => {
  const checked = checkEnvironment({ ...sampleEnvironment(), platform, region: 'us-east-1', namePrefix: 'co' });
  return 'environment' in checked ? [checked.environment.platform, checked.environment.placements] : checked;
};

test('a word is the platform of everything', () => {
  expect(placed('aws')).toEqual(['aws', undefined]);
  expect(placed({ default: 'aws' })).toEqual(['aws', undefined]);
});

test('a mapping has a default and components that stand elsewhere, on one platform or several', () => {
  expect(placed({ default: 'aws', cluster: ['aws', 'google'], database: 'google' })).toEqual([
    'aws',
    { cluster: ['aws', 'google'], database: ['google'] },
  ]);
});

test('everything that is wrong in the mapping is told at once, each at its place', () => {
  expect(complaints({ default: 'awss', cluster: ['aws', 'gogle'], databse: 'google', cache: 7 })).toEqual([
    'platform.default is "awss". Allowed: one of digitalocean, aws, google. Did you mean aws?',
    'platform.cluster[1] is "gogle". Allowed: one of digitalocean, aws, google. Did you mean google?',
    'platform.cache is 7. Allowed: one of digitalocean, aws, google, or a list of them.',
  ]);
  expect(complaints({ default: 'aws', databse: 'google' })).toEqual([
    expect.stringMatching(/^platform\.databse is no component of any tier\. Allowed: default, network, .* Did you mean database\?$/),
  ]);
});

test.each([
  [{ cluster: ['aws'] }, 'platform.default is missing. Add it: one of digitalocean, aws, google.'],
  [['aws'], 'platform is a list. Allowed: one of digitalocean, aws, google, or a mapping with default.'],
  [{ default: 'aws', cluster: [] }, 'platform.cluster is a list. Allowed: at least one platform.'],
])('%j', (platform, complaint) => {
  expect(complaints(platform)).toEqual([complaint]);
});

test('the region is held against the default', () => {
  expect(complaints({ default: 'digitalocean', cluster: ['aws'] })).toEqual([
    expect.stringMatching(/^region is "us-east-1", which DigitalOcean does not have\./),
  ]);
});
