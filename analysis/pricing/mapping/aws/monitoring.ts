import { hoursPerMonth } from '../../arithmetic';
import { decimal, one, zero } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, countOr, isSet, onUnlessOff, textOr } from '../read';
import { assembled, type Part } from '../results';
import { awsType } from './place';

const freeNote =
  "CloudWatch: an account's first 10 alarms, 10 custom metrics, 3 dashboards and 5 GB of logs are free and are not deducted.";

/** An alarm: each metric that it watches; one that looks more often than once a minute costs more. */
export const metricAlarm = awsType('aws_cloudwatch_metric_alarm', (block, at) => {
  const queries = blocks(block, 'metric_query').flatMap((query) => blocks(query, 'metric'));
  // An alarm on an anomaly watches the metric and both ends of its band.
  const metrics = (queries.length === 0 ? one : decimal(queries.length)).times(isSet(block, 'threshold_metric_id') ? 3 : 1);
  const fast = [block, ...queries].some((each) => isFast(each));
  return assembled(
    [at.monthly(fast ? 'alarm, high resolution' : 'alarm', 'cloudwatch', fast ? 'alarm-high-resolution' : 'alarm-standard', metrics)],
    [freeNote],
  );
});

/** Seconds from which on an alarm is an ordinary one. */
const minute = 60;

function isFast(block: Block): boolean {
  const period = countOr(block, 'period', minute);
  return period !== undefined && period.lt(minute);
}

/** A dashboard. */
export const dashboard = awsType('aws_cloudwatch_dashboard', (_, at) =>
  assembled([at.monthly('dashboard', 'cloudwatch', 'dashboard')], [freeNote]),
);

/** Logs that are written and kept. */
export const logGroup = awsType('aws_cloudwatch_log_group', (block, at) => {
  const rare = textOr(block, 'log_group_class', 'STANDARD') === 'INFREQUENT_ACCESS';
  return assembled(
    [
      at.used('logs written', 'logsGb', 'cloudwatch', rare ? 'logs-ingest-infrequent-access' : 'logs-ingest-standard', 'GB'),
      at.used('logs kept', 'logStorageGb', 'cloudwatch', 'logs-storage', 'GB-month'),
      at.used('logs searched', 'logSearchGb', 'cloudwatch', 'logs-insights-scanned', 'GB', { optional: true }),
    ],
    [freeNote],
  );
});

/** A filter makes a custom metric, which costs something only while matching lines come. */
export const metricFilter = awsType('aws_cloudwatch_log_metric_filter', (_, at) => {
  const assumption = 'one metric without dimensions, charged for hours in which lines match; a whole month is taken as typical';
  return assembled(
    [{ ...at.monthly('custom metric', 'cloudwatch', 'custom-metric'), usage: { low: zero, typical: one, high: one, assumption } }],
    [freeNote],
  );
});

/** Tests that run by themselves. */
export const canary = awsType('aws_synthetics_canary', (block, at) => assembled([canaryRuns(block, at)]));

const minutesPerMonth = hoursPerMonth * 60;

/** How often it runs is in its schedule, unless that is a cron expression. */
function canaryRuns(block: Block, at: Place): Part {
  const [schedule] = blocks(block, 'schedule');
  const match = /^rate\((\d+) (minute|hour)s?\)$/.exec(schedule === undefined ? '' : (textOr(schedule, 'expression', '') ?? ''));
  const minutes = Number(match?.[1]) * (match?.[2] === 'hour' ? 60 : 1);
  if (match === null || !(minutes > 0)) return at.used('runs', 'canaryRuns', 'cloudwatch', 'synthetics-canary-run', 'run');
  return at.amount('runs', 'cloudwatch', 'synthetics-canary-run', 'run', decimal(minutesPerMonth).div(minutes));
}

/** Managed Prometheus by samples and what is kept. */
export const prometheusWorkspace = awsType('aws_prometheus_workspace', (_, at) =>
  assembled([
    at.used('samples', 'samplesMillion', 'managed-prometheus', 'samples', '10M-samples', { factor: 0.1 }),
    at.used('storage', 'storageGb', 'managed-prometheus', 'storage', 'GB-month'),
    at.used('samples queried', 'queriedSamplesMillion', 'managed-prometheus', 'query-samples-processed', 'billion-samples', {
      factor: 0.001,
    }),
  ]),
);

/** A collector of metrics. */
export const prometheusScraper = awsType('aws_prometheus_scraper', (_, at) =>
  assembled([at.hourly('collector', 'managed-prometheus', 'collector')]),
);

/** Managed Grafana by its editors. */
export const grafanaWorkspace = awsType('aws_grafana_workspace', (_, at) =>
  assembled([at.used('editors', 'users', 'managed-grafana', 'editor-user', 'month')]),
);

/** A trail: the first copy of management events is free, events of data are not. */
export const cloudTrail = awsType('aws_cloudtrail', (block, at) => {
  const data =
    blocks(block, 'event_selector').some((selector) => blocks(selector, 'data_resource').length > 0) ||
    blocks(block, 'advanced_event_selector').length > 0;
  if (!data || onUnlessOff(block, 'enable_logging') === false)
    return { kind: 'free', reason: "a region's first trail of management events is free; its bucket is priced itself" };
  return assembled([at.used('data events', 'eventsMillion', 'cloudtrail', 'data-events', '100k-events', { factor: 10 })]);
});

/** A rule of AWS Config by how often it is evaluated. */
export const configRule = awsType('aws_config_config_rule', (_, at) =>
  assembled([at.used('evaluations', 'evaluations', 'config', 'rule-evaluations-first-100k', 'evaluation')]),
);
