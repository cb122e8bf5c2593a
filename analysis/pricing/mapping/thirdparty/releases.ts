import { templateParts } from '../../../graph/expressions';
import { isList, isObject, textAt } from '../../../graph/json';
import type { JsonObject, JsonValue, ResourceGraph, ResourceNode } from '../../../graph/types';
import { attributesOf, isSet, text } from '../read';
import { assembled, free, missing, unpriced } from '../results';
import type { Mapping, MappingResult } from '../types';
import { claimsIn, volumesOf } from './claims';
import { onNodes } from './on-nodes';

/**
 * Charts of which it is known what they ask of the cloud: nothing, or the volumes and the balancer that their values state. `volumes`
 * asks for some by itself where the values state none.
 */
const known: Readonly<Record<string, 'nothing' | 'volumes' | 'balancer'>> = {
  'https://charts.jetstack.io cert-manager': 'nothing',
  'https://charts.external-secrets.io external-secrets': 'nothing',
  'https://kubernetes.github.io/autoscaler cluster-autoscaler': 'nothing',
  'https://kubernetes-sigs.github.io/metrics-server/ metrics-server': 'nothing',
  'https://nvidia.github.io/k8s-device-plugin nvidia-device-plugin': 'nothing',
  'https://open-telemetry.github.io/opentelemetry-helm-charts opentelemetry-collector': 'nothing',
  'https://stackgres.io/downloads/stackgres-k8s/stackgres/helm/ stackgres-operator': 'nothing',
  'https://grafana-community.github.io/helm-charts loki': 'volumes',
  'https://grafana-community.github.io/helm-charts tempo': 'volumes',
  'https://prometheus-community.github.io/helm-charts kube-prometheus-stack': 'volumes',
  'https://traefik.github.io/charts traefik': 'balancer',
};

/** Our own chart, which makes the objects in its values and nothing else. */
const ownChart = /^assets\/objects_chart\//;

const unseen = 'what a chart makes is not in Terraform; what runs on nodes is priced with them, volumes and load balancers are not';

/** What a chart asks of the cloud, as far as its values say it. */
export const release: Mapping = { type: 'helm_release', map: releaseResult };

function releaseResult(node: ResourceNode, graph: ResourceGraph): MappingResult {
  const values = valuesOf(node);
  const chart = chartOf(node);
  const volumes = (values ?? []).flatMap((each) => claimsIn(each)).map((claim) => volumesOf(claim, node, graph));
  if (values === undefined || chart === undefined || (chart === 'volumes' && volumes.length === 0))
    return volumes.length === 0
      ? unpriced(unseen)
      : assembled([...volumes, missing('what else the chart makes', 'it is not in Terraform')]);
  const parts = [...volumes, chart === 'balancer' && !values.some(staysInside) ? balancer : undefined];
  return parts.every((part) => part === undefined) ? free(onNodes) : assembled(parts);
}

const balancer = missing('load balancer', 'the cluster makes one for its service, of a kind that the chart does not state');

/** Whether a chart's service is of a kind for which the cloud makes nothing. */
function staysInside({ service }: JsonObject): boolean {
  const type = textAt(service, 'type') ?? textAt(isObject(service) ? service['spec'] : undefined, 'type');
  return type === 'NodePort' || type === 'ClusterIP';
}

/** What is known of a chart; undefined where nothing is, or where more than its values says what it makes. */
function chartOf(node: ResourceNode): 'nothing' | 'volumes' | 'balancer' | undefined {
  const block = attributesOf(node);
  if (['set', 'set_list', 'set_sensitive'].some((name) => isSet(block, name))) return undefined;
  const chart = text(block, 'chart') ?? '';
  if (ownChart.test(chart)) return 'nothing';
  const name = `${text(block, 'repository') ?? ''} ${chart}`;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** The documents of values, which may hold expressions; undefined where one is not read because it is not JSON. */
function valuesOf({ values }: ResourceNode): readonly JsonObject[] | undefined {
  const given = values['values'] ?? [];
  const documents = (isList(given) ? given : [given]).map(documentOf);
  return documents.every((each) => each !== undefined) ? documents : undefined;
}

function documentOf(value: JsonValue): JsonObject | undefined {
  try {
    const document: unknown = typeof value === 'string' ? JSON.parse(quoted(value)) : undefined;
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** A document in which expressions stand as texts that JSON can hold: their own quotes are Terraform's. */
function quoted(document: string): string {
  return templateParts(document)
    .map((part) => (part.kind === 'text' ? part.text : JSON.stringify(`\${${part.code}}`).slice(1, -1)))
    .join('');
}
