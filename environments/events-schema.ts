import { z } from 'zod';
import { kafkaLayouts } from '../catalog/digitalocean';
import { mapping, means, pattern, whole } from './fields';

const brokerCounts = kafkaLayouts.map(({ brokers }) => brokers);
const allowedCounts = `${brokerCounts.slice(0, -1).join(', ')} or ${brokerCounts.at(-1)}`;

/** An event stream, in tiers where it is a choice. */
export const eventsSchema = z.strictObject(
  {
    brokers: means(z.literal([...brokerCounts], { error: allowedCounts }).default(3), {
      description: 'How many brokers. More of them come by a deploy; fewer must be able to keep what is there.',
    }),
    retentionHours: means(whole('a whole number from 1 to 8760', 1, 8760).default(72), {
      description: 'Hours for which events are kept.',
    }),
    topics: means(
      z
        .record(
          pattern('1 to 100 lower-case letters, digits, - and ., a letter first', /^[a-z][a-z0-9.-]{0,99}$/),
          whole('a whole number of partitions from 3 to 2048', 3, 2048),
          { error: 'a mapping from a topic to the number of its partitions' },
        )
        .refine((topics) => Object.keys(topics).length > 0, { error: 'at least one topic' }),
      {
        description:
          'Topics and the partitions of each, which may become more and never fewer. Each event has three copies, of which two are there before it counts as written. On DigitalOcean the deploy makes them, and the app may write to and read these alone; on AWS the app makes its own. A topic that is taken out of the file would be deleted with its events.',
      },
    ),
  },
  mapping('a mapping with brokers, retentionHours, topics'),
);
