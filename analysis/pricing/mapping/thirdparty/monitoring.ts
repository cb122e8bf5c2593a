import { hoursPerMonth } from '../../arithmetic';
import { decimal } from '../../decimal';
import { type Block, blocks, quantity, text, textOr, why } from '../read';
import { assembled, free, freeType, unpriced, unpricedType } from '../results';
import type { Mapping } from '../types';
import type { Place } from '../place';
import { typeOf } from './place';

const datadogType = typeOf('datadog');
const pagerdutyType = typeOf('pagerduty');

const hostNote =
  'Datadog: hosts are billed where its agent runs, which Terraform does not state; they are priced on the Pro plan, month by month.';

/** What an integration watches, for as many hosts as usage says. */
const integrations = [
  'datadog_integration_aws',
  'datadog_integration_aws_account',
  'datadog_integration_gcp',
  'datadog_integration_gcp_sts',
  'datadog_integration_azure',
].map((type) =>
  datadogType(type, (_, at) =>
    assembled(
      [
        {
          ...at.used('hosts', 'monitoredHosts', 'infrastructure', 'pro/on-demand/host', 'month'),
          committed: [at.product('infrastructure', 'pro/annual/host')],
        },
        {
          ...at.used('hosts with tracing', 'tracedHosts', 'apm', 'apm/on-demand/host', 'month', { optional: true }),
          committed: [at.product('apm', 'apm/annual/host')],
        },
      ],
      [hostNote],
    ),
  ),
);

const logIndex = datadogType('datadog_logs_index', (_, at) =>
  assembled([
    at.used('logs taken in', 'logsGb', 'logs', 'ingest', 'GB'),
    at.used('logs indexed for 15 days', 'eventsMillion', 'logs', 'standard-indexing-15d', 'million-events'),
  ]),
);

const synthetics = datadogType('datadog_synthetics_test', (block, at) => {
  if (text(block, 'status') === 'paused') return free('a paused test does not run');
  const [options] = blocks(block, 'options_list');
  const every = options === undefined ? undefined : quantity(options, 'tick_every');
  const places = block.values['locations'];
  if (every === undefined || every.isZero())
    return unpriced(options === undefined ? why(block, 'options_list') : why(options, 'tick_every'));
  if (!Array.isArray(places)) return unpriced(why(block, 'locations'));
  const browser = textOr(block, 'type', 'api') === 'browser';
  const runs = decimal(hoursPerMonth * 3600)
    .div(every)
    .times(places.length)
    .div(browser ? 1000 : 10_000);
  return assembled([
    at.amount(
      browser ? 'browser tests' : 'API tests',
      'synthetics',
      browser ? 'browser-tests' : 'api-tests',
      browser ? '1k-runs' : '10k-runs',
      runs,
    ),
  ]);
});

const logMetric = datadogType('datadog_logs_metric', (_, at) =>
  assembled([at.used('custom metrics', 'customMetrics', 'infrastructure', 'custom-metrics-100', 'month', { factor: 0.01 })]),
);

/** Roles that only read, whose seats have a price of their own. */
const readers: ReadonlySet<string> = new Set(['read_only_user', 'read_only_limited_user', 'observer', 'restricted_access']);

const user = pagerdutyType('pagerduty_user', (block, at) => {
  const role = textOr(block, 'role', 'user');
  if (role === undefined) return unpriced(why(block, 'role'));
  if (readers.has(role)) return unpriced('the price book has no price for people who only read');
  return assembled(
    [seat(at)],
    ['PagerDuty: people are priced on the Professional plan, month by month; which plan an account has is not in Terraform.'],
  );
});

function seat(at: Place): ReturnType<Place['monthly']> {
  const service = 'incident-management';
  return {
    ...at.monthly('person', service, 'professional/monthly-billing/user'),
    committed: [at.product(service, 'professional/annual-billing/user')],
  };
}

/** Terms of an index of Pinecone. */
const pineconeIndex = typeOf('pinecone')('pinecone_index', (block, at) => {
  const [spec] = blocks(block, 'spec');
  const [pod] = spec === undefined ? [] : blocks(spec, 'pod');
  if (pod !== undefined) return podIndex(pod, at);
  return assembled(
    [
      at.used('storage', 'storageGb', 'pinecone', 'serverless/standard/storage', 'GB-month'),
      at.used('read units', 'readUnitsMillion', 'pinecone', 'serverless/standard/read-units-low', 'million-units'),
      at.used('write units', 'writeUnitsMillion', 'pinecone', 'serverless/standard/write-units-low', 'million-units'),
    ],
    ['Pinecone: the Standard plan bills at least 50 USD a month for an organization, which is not applied.'],
  );
});

function podIndex(pod: Block, at: Place): ReturnType<Mapping['map']> {
  const type = text(pod, 'pod_type');
  const count = quantity(pod, 'pods') ?? decimal(1);
  return type === undefined
    ? unpriced(why(pod, 'pod_type'))
    : assembled([at.hourly(`pod ${type}`, 'pinecone', `pod/${type}`, { quantity: count })]);
}

const partOfPlan: Readonly<Record<string, readonly string[]>> = {
  'part of the plan': [
    'datadog_api_key',
    'datadog_application_key',
    'datadog_dashboard',
    'datadog_dashboard_json',
    'datadog_downtime',
    'datadog_downtime_schedule',
    'datadog_integration_pagerduty',
    'datadog_integration_pagerduty_service_object',
    'datadog_integration_slack_channel',
    'datadog_logs_archive',
    'datadog_logs_custom_pipeline',
    'datadog_logs_pipeline_order',
    'datadog_monitor',
    'datadog_monitor_json',
    'datadog_role',
    'datadog_security_monitoring_rule',
    'datadog_service_account',
    'datadog_service_definition_yaml',
    'datadog_service_level_objective',
    'datadog_slo_correction',
    'datadog_synthetics_global_variable',
    'datadog_synthetics_private_location',
    'datadog_team',
    'datadog_user',
    'datadog_webhook',
    'pagerduty_addon',
    'pagerduty_business_service',
    'pagerduty_escalation_policy',
    'pagerduty_event_orchestration',
    'pagerduty_event_orchestration_service',
    'pagerduty_extension',
    'pagerduty_maintenance_window',
    'pagerduty_ruleset',
    'pagerduty_schedule',
    'pagerduty_service',
    'pagerduty_service_dependency',
    'pagerduty_service_integration',
    'pagerduty_slack_connection',
    'pagerduty_tag',
    'pagerduty_team',
    'pagerduty_team_membership',
    'pagerduty_user_contact_method',
    'pagerduty_user_notification_rule',
    'pagerduty_webhook_subscription',
    'pinecone_api_key',
    'pinecone_project',
  ],
};

/** Datadog, PagerDuty and Pinecone. */
export const monitoringMappings: readonly Mapping[] = [
  ...integrations,
  logIndex,
  synthetics,
  logMetric,
  user,
  pineconeIndex,
  unpricedType('pinecone_collection', 'the price book has no price for it'),
  ...Object.entries(partOfPlan).flatMap(([reason, names]) => names.map((name) => freeType(name, reason))),
];
