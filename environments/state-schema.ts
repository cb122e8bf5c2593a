import { z } from 'zod';
import { spacesRegions } from '../catalog/digitalocean';
import { mapping, means, pattern, text } from './fields';
import { bucketName } from './grammar/names';
import { whyNotStatePath } from './grammar/state';

const stateKey = () => text('a relative path of letters, digits and . _ - / that ends in <name>.tfstate', whyNotStatePath).optional();
const bucket = () => pattern('3 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends', bucketName);

/** State in a file. */
export const localState = z.strictObject(
  {
    backend: means(z.literal('local'), { description: 'A file on this machine.' }),
    path: means(stateKey(), {
      description: 'Where the state lies, relative to the folder of cdktf.json. Default: .terrace/state/<name>.tfstate',
    }),
  },
  mapping('a mapping with backend, path'),
);

/** State in S3. */
export const s3State = z.strictObject(
  {
    backend: means(z.literal('s3'), { description: 'An object in Amazon S3, locked by a conditional write.' }),
    bucket: means(bucket(), { description: 'An existing S3 bucket, versioned and private.' }),
    region: means(pattern('an AWS region, like eu-central-1', /^[a-z]{2}(?:-[a-z]+)+-[0-9]$/), {
      description: 'The AWS region of the bucket.',
    }),
    key: means(stateKey(), { description: 'The object that holds the state. Default: <name>.tfstate' }),
  },
  mapping('a mapping with backend, bucket, region, key'),
);

/** State in Spaces. */
export const spacesState = z.strictObject(
  {
    backend: means(z.literal('spaces'), {
      description:
        'An object in DigitalOcean Spaces. A backend without a lock, until a conditional write has been seen to be refused on a real account.',
    }),
    bucket: means(bucket(), { description: 'An existing Spaces bucket, versioned and private.' }),
    region: means(z.enum(spacesRegions() as [string, ...string[]], { error: `one of ${spacesRegions().join(', ')}` }), {
      description: 'The Spaces region of the bucket.',
    }),
    key: means(stateKey(), { description: 'The object that holds the state. Default: <name>.tfstate' }),
  },
  mapping('a mapping with backend, bucket, region, key'),
);
