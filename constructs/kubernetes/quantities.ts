/** Processors as Kubernetes writes them: `3`, or `250m` for a quarter, so that it has nothing to rewrite. */
export function cpuQuantity(vcpus: number): string {
  return Number.isInteger(vcpus) ? `${vcpus}` : `${Math.round(vcpus * 1000)}m`;
}

/** Memory as Kubernetes writes it: `4Gi`, or `512Mi`. */
export function memoryQuantity(gib: number): string {
  return Number.isInteger(gib) ? `${gib}Gi` : `${Math.round(gib * 1024)}Mi`;
}
