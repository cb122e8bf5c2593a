import { inferencePort, poolerPort } from './images';
import type { HealthCheck, JsonObject, ReleaseInput } from './types';

/** Seconds; see `ReleaseTiming`. */
export const DEFAULT_TIMING = { window: 300, healthLimit: 90 } as const;

/** How each container of a release is asked whether it works, in the order in which they start. */
export function healthChecks({ app, pooler, postgres, inference }: ReleaseInput): HealthCheck[] {
  return [
    ...(postgres ? [{ service: 'postgres', exec: ['pg_isready', '--quiet', '--host', '127.0.0.1', '--username', 'postgres'] }] : []),
    ...(pooler ? [{ service: 'pooler', exec: ['pg_isready', '--quiet', '--host', '/tmp', '--port', `${poolerPort}`] }] : []),
    ...(inference ? [{ service: 'inference', http: { port: inferencePort, path: '/health' } }] : []),
    ...(app ? [{ service: 'app', http: { port: app.port, path: app.healthPath } }] : []),
  ];
}

/** Where servers of a group ask each other, when there is an entrance that others reach. */
export function peerCheck({ app, entrance }: ReleaseInput): JsonObject | null {
  if (app === undefined || entrance?.kind !== 'behind-load-balancer') return null;
  return { port: entrance.port, path: app.healthPath };
}
