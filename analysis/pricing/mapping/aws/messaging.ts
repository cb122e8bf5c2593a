import { flag, text, textOr, why } from '../read';
import { assembled, free, missing, unpriced } from '../results';
import { awsType } from './place';

const sqsNote = "SQS and SNS: an account's first million requests a month are free and are not deducted.";

/** A queue by its requests; a message takes about three: sent, received, deleted. */
export const sqsQueue = awsType('aws_sqs_queue', (block, at) => {
  const fifo = flag(block, 'fifo_queue');
  if (fifo === undefined) return unpriced(why(block, 'fifo_queue'));
  return assembled(
    [at.used('requests', 'messagesMillion', 'sqs', fifo ? 'fifo/requests' : 'standard/requests', 'million-requests')],
    [sqsNote],
  );
});

/** A topic by what is published. */
export const snsTopic = awsType('aws_sns_topic', (block, at) => {
  const fifo = flag(block, 'fifo_topic');
  if (fifo === undefined) return unpriced(why(block, 'fifo_topic'));
  return assembled(
    [
      at.used('requests', 'messagesMillion', 'sns', fifo ? 'fifo/publish-requests' : 'standard/publish-requests', 'million-requests'),
      fifo ? at.used('payload', 'ingestGb', 'sns', 'fifo/publish-payload', 'GB') : undefined,
    ],
    [sqsNote],
  );
});

/** How a topic delivers; to other services of AWS for nothing. */
const deliveries: Readonly<Record<string, { readonly sku: string; readonly unit: string; readonly factor: number }>> = {
  http: { sku: 'http-notifications', unit: '100k-notifications', factor: 10 },
  https: { sku: 'http-notifications', unit: '100k-notifications', factor: 10 },
  email: { sku: 'email-notifications', unit: '100k-notifications', factor: 10 },
  'email-json': { sku: 'email-notifications', unit: '100k-notifications', factor: 10 },
  firehose: { sku: 'firehose-notifications', unit: 'million-notifications', factor: 1 },
  application: { sku: 'mobile-push', unit: 'million-notifications', factor: 1 },
};

/** What a subscription delivers. */
export const snsSubscription = awsType('aws_sns_topic_subscription', (block, at) => {
  const protocol = text(block, 'protocol');
  if (protocol === undefined) return unpriced(why(block, 'protocol'));
  if (protocol === 'sqs' || protocol === 'lambda') return free('deliveries to queues and functions are free');
  const delivery = deliveries[protocol];
  if (delivery === undefined)
    return unpriced(
      protocol === 'sms' ? 'text messages have a price for each country, which the price book does not have' : why(block, 'protocol'),
    );
  return assembled([
    at.used(`deliveries by ${protocol}`, 'notificationsMillion', 'sns', delivery.sku, delivery.unit, { factor: delivery.factor }),
  ]);
});

/** A bus by the events that are published to it; those of AWS itself are free. */
export const eventBus = awsType('aws_cloudwatch_event_bus', (_, at) =>
  assembled([at.used('events', 'eventsMillion', 'eventbridge', 'custom-events', 'million-events')]),
);

/** Events that are kept. */
export const eventArchive = awsType('aws_cloudwatch_event_archive', (_, at) =>
  assembled([
    at.used('archived events', 'ingestGb', 'eventbridge', 'archive-processing', 'GB'),
    at.used('archive', 'archiveGb', 'eventbridge', 'archive-storage', 'GB-month'),
  ]),
);

/** A reader of events that learns their schemas. */
export const schemaDiscoverer = awsType('aws_schemas_discoverer', (_, at) =>
  assembled([at.used('events', 'eventsMillion', 'eventbridge', 'schema-discovery', 'million-events')]),
);

/** A workflow: by its steps, or an express one by its runs. */
export const stateMachine = awsType('aws_sfn_state_machine', (block, at) => {
  const type = textOr(block, 'type', 'STANDARD');
  if (type === 'STANDARD')
    return assembled([at.used('steps', 'stepsMillion', 'step-functions', 'standard/transitions', '1k-transitions', { factor: 1000 })]);
  if (type !== 'EXPRESS') return unpriced(why(block, 'type'));
  return assembled([
    at.used('runs', 'stepsMillion', 'step-functions', 'express/requests', 'million-requests'),
    missing('duration', 'the price book has no price for GB-seconds of express workflows'),
  ]);
});

/** Mails of a verified domain. */
export const sesDomain = awsType('aws_ses_domain_identity', (_, at) =>
  assembled([at.used('mails', 'emailsThousand', 'ses', 'outbound-email', '1k-emails')]),
);

/** The same in its second version. */
export const sesIdentity = awsType('aws_sesv2_email_identity', (_, at) =>
  assembled([at.used('mails', 'emailsThousand', 'ses', 'outbound-email', '1k-emails')]),
);
