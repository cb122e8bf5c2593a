import { CostBudget } from '../../../constructs/aws/cost-budget';
import { WebFirewall } from '../../../constructs/aws/web-firewall';
import { made, network } from './support';

test('a web firewall counts large bodies instead of refusing uploads, refuses floods, and logs without cookies', () => {
  const found = made((stack) => new WebFirewall(stack, 'acl', { name: 'coach', balancerArn: 'arn:aws:elasticloadbalancing:::x' }));
  const rules = found['aws_wafv2_web_acl.acl']?.['rule'] as {
    readonly name: string;
    readonly priority: number;
    readonly statement: object;
    readonly action?: object;
  }[];
  expect(rules.map(({ name, priority }) => [name, priority])).toEqual([
    ['AWSManagedRulesAmazonIpReputationList', 0],
    ['AWSManagedRulesCommonRuleSet', 1],
    ['AWSManagedRulesKnownBadInputsRuleSet', 2],
    ['floods', 3],
  ]);
  // The bindings pass statements on as they stand: Terraform knows them by these names alone.
  expect(rules[1]?.statement).toEqual({
    managed_rule_group_statement: {
      vendor_name: 'AWS',
      name: 'AWSManagedRulesCommonRuleSet',
      rule_action_override: [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }],
    },
  });
  expect(rules[3]).toMatchObject({
    action: { block: {} },
    statement: { rate_based_statement: { limit: 2000, evaluation_window_sec: 300, aggregate_key_type: 'IP' } },
  });
  expect(found['aws_wafv2_web_acl_logging_configuration.acl_logging']).toMatchObject({
    redacted_fields: [{ single_header: { name: 'authorization' } }, { single_header: { name: 'cookie' } }],
    logging_filter: { default_behavior: 'DROP' },
  });
  // CloudWatch takes logs of WAF under this beginning only.
  expect(found['aws_cloudwatch_log_group.acl_log']).toMatchObject({ name: 'aws-waf-logs-coach', retention_in_days: 30 });
});

test('flow records go to a log of their own, which only the flow log may write', () => {
  const found = network({ nat: 'none' });
  expect(found['aws_flow_log.network_flows']).toMatchObject({
    traffic_type: 'ALL',
    vpc_id: '${aws_vpc.network.id}',
    log_destination: '${aws_cloudwatch_log_group.network_flows_log.arn}',
  });
  expect(found['aws_iam_role_policy.network_flows_role_policy']?.['policy']).toContain('aws_cloudwatch_log_group.network_flows_log.arn');
});

test('costs out of the ordinary are told to those whom the budget tells', () => {
  const found = made(
    (stack) => new CostBudget(stack, 'budget', { name: 'coach', environment: 'shop', monthly: '900', emails: ['ops@example.com'] }),
  );
  expect(JSON.parse(String(found['aws_ce_anomaly_monitor.budget_anomalies']?.['monitor_specification']))).toEqual({
    And: null,
    CostCategories: null,
    Dimensions: null,
    Not: null,
    Or: null,
    Tags: { Key: 'environment', MatchOptions: null, Values: ['shop'] },
  });
  expect(found['aws_ce_anomaly_subscription.budget_anomalies_told']).toMatchObject({
    frequency: 'DAILY',
    subscriber: [{ type: 'EMAIL', address: 'ops@example.com' }],
    monitor_arn_list: ['${aws_ce_anomaly_monitor.budget_anomalies.arn}'],
  });
});
