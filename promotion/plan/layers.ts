import type { Component } from '../../components/component';
import { layerMark, secondCloudStackId, workloadsStackId } from '../../tiers/layer-names';
import type { PlannedStep, Prerequisite, Irreversible } from '../types';
import type { PlanInput } from './input';

/** Both ends of a way. */
type Ends = Pick<PlanInput, 'from' | 'to' | 'generations'>;

/** What of a tier lies in layers of their own, and so is deployed beside its own stack. */
interface Layered {
  /** Whether anything runs in clusters. */
  readonly pods: boolean;
  /** Whether it has a part in a second cloud, and so a traffic split. */
  readonly second: boolean;
}

function clusterOf({ components }: Ends['to']) {
  return components.find((each): each is Extract<Component, { kind: 'kubernetes-cluster' }> => each.kind === 'kubernetes-cluster');
}

/** The stack of what runs in the new clusters. */
function newWorkloads({ from, to, generations }: Ends): string {
  return workloadsStackId(to.id, layerMark(from, to, generations));
}

/** The stack of the new part in the second cloud. */
function newSecondCloud({ from, to, generations }: Ends): string {
  return secondCloudStackId(to.id, layerMark(from, to, generations));
}

function layeredOf(tier: Ends['to']): Layered {
  const cluster = clusterOf(tier);
  return { pods: cluster !== undefined, second: cluster?.clouds.includes('google') ?? false };
}

type Write = (id: string, what: string, method: PlannedStep['method'], seconds?: number) => PlannedStep;

const step: Write = (id, what, method, seconds) => ({
  id,
  what,
  method,
  estimate: { seconds: seconds ?? null, bytes: 0 },
  reversible: true,
});

/** Two days: for as long resolvers may keep the old name servers. */
const delegationSeconds = 48 * 3600;

/** What becomes of the layers beside a tier's own stack in a phase: who deploys them, and in which order. `run` does all of it, unless a person is named. */
export const layerSteps: Readonly<Record<'expand' | 'cutover' | 'soak' | 'contract', (ends: Ends) => readonly PlannedStep[]>> = {
  expand: (input) => {
    const { pods, second } = layeredOf(input.to);
    return [
      ...(second
        ? [
            step(
              'expand/second-cloud',
              `Makes the second cloud's network and cluster (${newSecondCloud(input)}), not protected yet.`,
              'terraform',
            ),
          ]
        : []),
      ...(pods
        ? [
            step(
              'expand/workloads',
              `Then deploys what runs in the new clusters (${newWorkloads(input)}), with a state of its own; nobody waits until the app answers.${second ? ' The traffic split is made, and leads to the first cloud alone.' : ''}`,
              'terraform',
            ),
          ]
        : []),
    ];
  },
  cutover: (input) => {
    const [old, next] = [layeredOf(input.from), layeredOf(input.to)];
    return [
      ...(next.pods
        ? [
            step(
              'cutover/workloads',
              `Deploys ${newWorkloads(input)} first, and waits until the app answers in the new clusters.${next.second ? ' The traffic split sends the second cloud its share.' : ''}`,
              'terraform',
            ),
          ]
        : []),
      ...(old.second && !next.second ? [step('cutover/split', 'The traffic split sends everything to the first cloud.', 'terraform')] : []),
    ];
  },
  soak: (input) => {
    const [old, next] = [layeredOf(input.from), layeredOf(input.to)];
    if (old.second === next.second) return [];
    const to = next.second ? 'Cloudflare' : "the first cloud's zone";
    return [
      step(
        'soak/domain',
        `The domain's name servers change to ${to} at the registrar. Both lead to the same balancers ${next.second ? 'from expand on; until then the second cloud gets no request' : 'until contract, which must come two days later'}.`,
        'person',
        delegationSeconds,
      ),
    ];
  },
  contract: (input) => {
    const { pods, second } = layeredOf(input.from);
    return pods
      ? [
          {
            ...step(
              'contract/workloads',
              `Takes everything out of ${workloadsStackId(input.from.id)}${second ? `, then of ${secondCloudStackId(input.from.id)}` : ''}, before the clusters go: volumes that their programs have made go with it.`,
              'terraform',
            ),
            reversible: false,
          },
        ]
      : [];
  },
};

/** What has to be given before a second cloud can be made. */
export function layerPrerequisites({ from, to }: Omit<Ends, 'generations'>): readonly Prerequisite[] {
  return layeredOf(to).second && !layeredOf(from).second
    ? [
        {
          id: 'second-cloud',
          what: 'The second cloud and the traffic split have their accounts, and the program that signs in to the cluster is installed.',
          state: 'check',
          remedy:
            'Set TF_VAR_google_project, TF_VAR_cloudflare_account_id and TF_VAR_cloudflare_zone_id, with credentials of both (docs/workloads.md).',
          commands: ['gke-gcloud-auth-plugin --version'],
        },
      ]
    : [];
}

/** What clusters that go take along. */
export function layerEnds({ from }: Pick<Ends, 'from'>): readonly Irreversible[] {
  return layeredOf(from).pods
    ? [
        {
          what: 'metrics, logs and traces of the old clusters go',
          from: 'contract',
          why: 'They lie on volumes in the clusters, which hold nothing else that cannot be made again. The new ones begin with none.',
        },
      ]
    : [];
}
