/** How a balancer asks its servers: every ten seconds, out after three failures, in again after two answers. */
const asking = { checkIntervalSeconds: 10, responseTimeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 3 } as const;

/** Asks a path by HTTP or HTTPS. */
export function asksPath(protocol: 'http' | 'https', port: number, path: string) {
  return { protocol, port, path, ...asking };
}

/** Asks only whether the port takes connections. */
export function asksPort(port: number) {
  return { protocol: 'tcp', port, ...asking };
}
