import type { Choices } from '../../tiers/choices';
import { isRecord } from '../../values/record';
import type { JsonValue, ResourceGraph } from '../graph';

/** Hours that a tier keeps events where nothing in a graph says for how long: the tiers' own. */
const otherwiseHours = 72;

/** The event stream of a graph, as an environment file chooses it; undefined where it has none. */
export function eventsIn(graph: ResourceGraph): Choices['events'] {
  const [kafka] = graph.ofType('digitalocean_database_cluster').filter(({ values }) => values['engine'] === 'kafka');
  const [msk] = graph.ofType('aws_msk_cluster');
  const brokers = numberOf(kafka?.values['node_count'] ?? msk?.values['number_of_broker_nodes']);
  return brokers === undefined ? undefined : { brokers, retentionHours: hoursIn(graph) ?? otherwiseHours };
}

/** Of the topics, which are all alike; or of the brokers' settings. */
function hoursIn(graph: ResourceGraph): number | undefined {
  const [topic] = graph.ofType('digitalocean_database_kafka_topic');
  const config = topic?.values['config'];
  const [block] = (Array.isArray(config) ? config : [config]) as readonly (JsonValue | undefined)[];
  const milliseconds = isRecord(block) ? Number(block['retention_ms']) : Number.NaN;
  if (milliseconds > 0) return milliseconds / 3_600_000;
  const [settings] = graph.ofType('aws_msk_configuration').map(({ values }) => values['server_properties']);
  return typeof settings === 'string' ? numberOf(Number(/^log\.retention\.hours=(\d+)$/m.exec(settings)?.[1])) : undefined;
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
