import type { Rule } from '../../types';
import { anyOf, everyOf, has, is } from '../conditions';

/** Only a symmetric key for encryption can be rotated. */
export const keyRotation: Rule = {
  id: 'TRC-AWS-035',
  severity: 'low',
  summary: 'The key is never renewed.',
  why: 'The longer a key is used, the more opens with it should it leak.',
  remedy: 'Set enable_key_rotation = true.',
  link: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  checkov: ['CKV_AWS_7'],
  trivy: ['AVD-AWS-0065'],
  breaches: everyOf(
    ['aws_kms_key'],
    anyOf(
      is('enable_key_rotation', true),
      has('key_usage', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'),
      has(
        'customer_master_key_spec',
        'RSA_2048',
        'RSA_3072',
        'RSA_4096',
        'ECC_NIST_P256',
        'ECC_NIST_P384',
        'ECC_NIST_P521',
        'ECC_SECG_P256K1',
      ),
    ),
  ),
};
