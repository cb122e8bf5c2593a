import { serverSoftware } from './capacity';

/** Worker processes of the app in one pod. An assumption: the image is not ours. */
const workersPerPod = 4;
/** Connections that one worker may hold at a time: its own pool. An assumption, like the one above. */
const connectionsPerWorker = 5;

/** Connections that pods of the app open to the poolers of their cluster, at most. */
export function clientsOfPods(pods: number): number {
  return pods * workersPerPod * connectionsPerWorker;
}

/** Poolers of a cluster with so many pods of the app: as many as their connections need, and one that may go. */
export function poolersFor(pods: number): number {
  return Math.ceil(clientsOfPods(pods) / serverSoftware.poolerClients.value) + 1;
}
