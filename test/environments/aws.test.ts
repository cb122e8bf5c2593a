import { checkEnvironment } from '../../environments/check';
import { sampleEnvironment } from '../support/environments';

const onAws = { ...sampleEnvironment(), platform: 'aws', region: 'eu-central-1' };

function messages(value: unknown): readonly string[] {
  const checked = checkEnvironment(value);
  return 'findings' in checked ? checked.findings.map(({ code, message }) => `${code}: ${message}`) : [];
}

test('an environment on AWS stands in a region of AWS', () => {
  expect(messages(onAws)).toEqual([]);
  expect(messages({ ...onAws, region: 'eu-centrl-1' })).toEqual([
    'ENVIRONMENT_UNKNOWN_REGION: region is "eu-centrl-1", which Terrace\'s catalog does not know on AWS. Allowed: ap-southeast-1, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2. Did you mean eu-central-1?',
  ]);
  expect(messages({ ...onAws, region: 'fra1' })[0]).toMatch(
    /does not know on AWS.*Zones and prices of another are a row each in catalog\/aws\.$/,
  );
});

test('names on AWS leave room for the name of a cache', () => {
  const name = 'a'.repeat(14);
  expect(messages({ ...onAws, name, disposable: name, namePrefix: 'b'.repeat(14), state: { backend: 'local' } })).toEqual([]);
  expect(messages({ ...onAws, name, disposable: name, namePrefix: 'b'.repeat(15), state: { backend: 'local' } })).toEqual([
    `ENVIRONMENT_NAMES_TOO_LONG: namePrefix is "${'b'.repeat(15)}", and with the name "${name}" it is 29 characters long. Allowed: 28 together, because both begin the names of caches on AWS, of 40 characters at most. Shorten one of the two.`,
  ]);
});
