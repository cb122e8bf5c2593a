/** Labels of everything that Terrace puts into a cluster, as Kubernetes recommends them. */
export function labels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/managed-by': 'terrace' };
}

/** What selects the pods of one workload, and never changes: a deployment with another selector is another deployment. */
export function selector(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}
