import type { Rule } from '../../types';
import { allOf, everyOf } from '../conditions';
import { holdsNoSecret } from '../secrets';
import { serverTypes } from './servers';

/** A launch template's user data is in base64, which hides nothing. */
export const secretsInUserDataOnAws: Rule = {
  id: 'TRC-AWS-058',
  severity: 'high',
  summary: 'The user data holds what looks like a secret.',
  why: 'Every process on the server can read it from the metadata service, and it lies in the state.',
  remedy: 'Let the server read it from Secrets Manager with its role.',
  link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html',
  checkov: ['CKV_AWS_46'],
  trivy: ['AVD-AWS-0029', 'AVD-AWS-0129'],
  breaches: everyOf(serverTypes, allOf(holdsNoSecret('user_data'), holdsNoSecret('user_data_base64'))),
};
