import { decimal, one, zero } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, flag, isUnknown, onUnlessOff, text, textOr, why } from '../read';
import { assembled, free, missing, type Part, unpriced } from '../results';
import { awsGlobalType, awsType } from './place';

/** A firewall in front of web services: itself, its rules, and the requests that it looks at. */
export const webAcl = awsType('aws_wafv2_web_acl', (block, at) =>
  assembled([
    at.monthly('web firewall', 'wafv2', 'web-acl'),
    rules(block, at),
    at.used('requests', 'requestsMillion', 'wafv2', 'requests', 'million-requests'),
    ...botControl(block, at),
  ]),
);

/** Rules that several firewalls share. */
export const webRuleGroup = awsType('aws_wafv2_rule_group', (block, at) => {
  const part = rules(block, at);
  return part === undefined ? free('a group without rules costs nothing') : assembled([part]);
});

function rules(block: Block, at: Place): Part | undefined {
  if (isUnknown(block, 'rule') || isUnknown(block, 'rule_json') || typeof block.values['rule_json'] === 'string')
    return missing('rules', 'how many rules it has is not stated in blocks');
  const count = blocks(block, 'rule').length;
  return count === 0 ? undefined : at.monthly('rules', 'wafv2', 'rule', decimal(count));
}

const botRules = 'AWSManagedRulesBotControlRuleSet';

function botControl(block: Block, at: Place): readonly Part[] {
  if (!JSON.stringify(block.values['rule'] ?? null).includes(botRules)) return [];
  return [
    at.monthly('bot control', 'wafv2', 'bot-control-common'),
    at.used('requests to bot control', 'requestsMillion', 'wafv2', 'bot-control-requests', 'million-requests'),
  ];
}

/** A key, each of its first two rotations, and the calls that use it; those of most asymmetric keys cost more, of RSA 2048 they do not. */
export const kmsKey = awsType('aws_kms_key', (block, at) => {
  const ordinary = /^(SYMMETRIC_DEFAULT|HMAC_\d+|RSA_2048)$/.test(textOr(block, 'customer_master_key_spec', 'SYMMETRIC_DEFAULT') ?? '');
  return assembled(
    [
      ...key(block, at),
      at.used('calls', 'kmsRequestsMillion', 'kms', ordinary ? 'requests' : 'asymmetric-requests', '10k-requests', { factor: 100 }),
    ],
    ["KMS: an account's first 20,000 calls a month are free and are not deducted."],
  );
});

/** Keys whose material comes from elsewhere, and copies in other regions, cost the same. */
export const otherKeys = ['aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'].map((type) =>
  awsType(type, (block, at) => assembled(key(block, at))),
);

function key(block: Block, at: Place): readonly Part[] {
  const customerKey = at.monthly('key', 'kms', 'customer-key');
  if (flag(block, 'enable_key_rotation') !== true) return [customerKey];
  const assumption = 'each of the first two yearly rotations costs as much as a key; none has happened yet';
  return [
    customerKey,
    {
      ...at.monthly('rotated versions of the key', 'kms', 'customer-key'),
      usage: { low: zero, typical: zero, high: one.plus(1), assumption },
    },
  ];
}

/** A secret and its copies in other regions. */
export const secret = awsType('aws_secretsmanager_secret', (block, at) =>
  assembled([
    at.monthly('secret', 'secrets-manager', 'secret', decimal(1 + blocks(block, 'replica').length)),
    at.used('calls', 'secretCallsMillion', 'secrets-manager', 'api-calls', '10k-requests', { factor: 100 }),
  ]),
);

/** A parameter: standard ones are free. */
export const ssmParameter = awsType('aws_ssm_parameter', (block, at) => {
  const tier = textOr(block, 'tier', 'Standard');
  if (tier === 'Standard') return free('standard parameters are free');
  if (tier !== 'Advanced') return unpriced(`${why(block, 'tier')}: only the value tells whether it becomes an advanced parameter`);
  return assembled([
    at.monthly('advanced parameter', 'ssm', 'advanced-parameter/storage'),
    at.used('calls', 'secretCallsMillion', 'ssm', 'advanced-parameter/api', '10k-requests', { factor: 100 }),
  ]);
});

/** A certificate authority of one's own. */
export const privateAuthority = awsType('aws_acmpca_certificate_authority', (block, at) => {
  const mode = text(block, 'usage_mode');
  if (mode === 'SHORT_LIVED_CERTIFICATE') return unpriced('the price book has no price for authorities of short-lived certificates');
  return assembled([at.monthly('private certificate authority', 'acm-pca', 'private-ca')]);
});

/** Shield Advanced, for a whole organization. */
export const shieldSubscription = awsGlobalType('aws_shield_subscription', (_, at) =>
  assembled([
    {
      ...at.monthly('Shield Advanced', 'shield', 'advanced/subscription'),
      product: { provider: 'aws', service: 'shield', sku: 'advanced/subscription', region: 'us-east-1' },
    },
  ]),
);

/** A watch over an account's logs. */
export const guardDuty = awsType('aws_guardduty_detector', (block, at) => {
  if (onUnlessOff(block, 'enable') === false) return free('a detector that is switched off costs nothing');
  return assembled([
    at.used('management events', 'eventsMillion', 'guardduty', 'cloudtrail-management-events', 'million-events'),
    at.used('flow and DNS logs', 'logsGb', 'guardduty', 'vpc-flow-dns', 'GB'),
  ]);
});
