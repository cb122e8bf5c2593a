import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration';
import { Wafv2WebAcl, type Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Construct } from 'constructs';
import { named } from './site';

export interface WebFirewallProps {
  /** Name in the account and region. */
  readonly name: string;
  /** ARN of the load balancer that it stands before. */
  readonly balancerArn: string;
}

/**
 * Groups of rules that AWS keeps up to date (WAF developer guide, AWS Managed Rules), and rules of theirs that only count: the common
 * group refuses bodies above 8 KB, which every upload has.
 */
const managed: readonly { readonly group: string; readonly counted: readonly string[] }[] = [
  { group: 'AWSManagedRulesAmazonIpReputationList', counted: [] },
  { group: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY'] },
  { group: 'AWSManagedRulesKnownBadInputsRuleSet', counted: [] },
];

/** Requests of one address within five minutes: what forty people behind it make who are there, of ten a minute each by the load model. An assumption. */
const mostRequests = 2000;

/**
 * A web firewall before a load balancer: known bad addresses, known attacks, and floods from one address are refused. What it refuses is
 * logged without cookies and credentials, and kept for thirty days.
 */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, { name, balancerArn }: WebFirewallProps) {
    super(scope, id);
    const firewall = new Wafv2WebAcl(this, 'Resource', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: [...managed.map(managedRule), floods(managed.length)],
      visibilityConfig: seen(name),
      ...named(name),
    });
    new Wafv2WebAclAssociation(this, 'association', { resourceArn: balancerArn, webAclArn: firewall.arn });
    const log = new CloudwatchLogGroup(this, 'log', { name: `aws-waf-logs-${name}`, retentionInDays: 30, ...named(name) });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: firewall.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: ['authorization', 'cookie'].map((header) => ({ singleHeader: { name: header } })),
      loggingFilter: {
        defaultBehavior: 'DROP',
        filter: [{ behavior: 'KEEP', requirement: 'MEETS_ANY', condition: [{ actionCondition: { action: 'BLOCK' } }] }],
      },
    });
  }
}

/** Statements nest without an end, so that the bindings take them as Terraform spells them. */
function managedRule({ group, counted }: (typeof managed)[number], priority: number): Wafv2WebAclRule {
  const overrides = counted.map((name) => ({ name, action_to_use: { count: {} } }));
  return {
    name: group,
    priority,
    overrideAction: { none: {} },
    statement: { managed_rule_group_statement: { vendor_name: 'AWS', name: group, rule_action_override: overrides } },
    visibilityConfig: seen(group),
  };
}

function floods(priority: number): Wafv2WebAclRule {
  return {
    name: 'floods',
    priority,
    action: { block: {} },
    statement: { rate_based_statement: { limit: mostRequests, evaluation_window_sec: 300, aggregate_key_type: 'IP' } },
    visibilityConfig: seen('floods'),
  };
}

/** Counted in CloudWatch, with samples of requests in AWS's own pages. */
function seen(metricName: string) {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
