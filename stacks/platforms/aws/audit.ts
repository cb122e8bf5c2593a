import type { ComponentOf } from '../../../components/component';
import { AuditTrail } from '../../../constructs/aws/audit-trail';
import type { StateBackend } from '../../../environments/schema';
import type { Workshop } from './workshop';

/** The account's trail, and a record of each look at the state, which holds secrets. */
export function buildAuditLog({ stack, site, environment }: Workshop, { id, retentionDays }: ComponentOf<'audit-log'>): void {
  new AuditTrail(stack, id, { site, name: `${site.prefix}-${id}`, days: retentionDays, objects: stateObjects(environment.state) });
}

/** State and lock of every layer of the environment, whose names begin alike. */
function stateObjects(state: StateBackend): readonly string[] {
  return state.backend === 's3' ? [`arn:aws:s3:::${state.bucket}/${state.key.replace(/\.tfstate$/, '')}`] : [];
}
