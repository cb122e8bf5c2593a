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

test('what AWS alone has is refused elsewhere, and what needs one size without spot says so, all at once', () => {
  const gpu = { warm: 1, reservation: 'new', sizes: ['g6.xlarge'] };
  expect(messages({ ...onAws, gpu, app: { ...onAws.app, secretsFrom: 'manager' } })).toEqual([]);
  expect(messages({ ...onAws, gpu: { warm: 1, spot: true } })).toEqual([
    'ENVIRONMENT_GPU_OPTION: gpu.warm cannot be had with gpu.spot. Remove one of the two.',
  ]);
  expect(messages({ ...onAws, gpu: { ...gpu, sizes: ['g6.xlarge', 'g5.xlarge'] } })).toEqual([
    'ENVIRONMENT_GPU_OPTION: gpu.warm needs one size, and gpu.sizes names 2. Name the one that shall be had.',
    'ENVIRONMENT_GPU_OPTION: gpu.reservation needs one size, and gpu.sizes names 2. Name the one that shall be had.',
  ]);
  expect(messages({ ...onAws, gpu: { ...gpu, reservation: 'cr-12' } })).toEqual([
    'ENVIRONMENT_WRONG_VALUE: gpu.reservation is "cr-12". Allowed: new, or the id of a capacity reservation, like cr-0123456789abcdef0.',
  ]);
  const elsewhere = { ...sampleEnvironment(), app: { ...sampleEnvironment().app, secretsFrom: 'manager' } };
  expect(messages({ ...elsewhere, gpu: { ...gpu, diskGib: 200 } })).toEqual([
    'ENVIRONMENT_GPU_OPTION: gpu.warm is for AWS, and the environment stands on digitalocean. Remove it.',
    'ENVIRONMENT_GPU_OPTION: gpu.reservation is for AWS, and the environment stands on digitalocean. Remove it.',
    'ENVIRONMENT_GPU_OPTION: gpu.diskGib is for AWS, and the environment stands on digitalocean. Remove it.',
    'ENVIRONMENT_NO_SECRET_MANAGER: app.secretsFrom is "manager", which digitalocean has none of that Terrace knows. Allowed there: pipeline.',
  ]);
});
