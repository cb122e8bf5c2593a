import { TerraformVariable } from 'cdktf';
import { secretVariable } from '../secret-variable';
import type { Workshop } from './workshop';

/** What RDS and ElastiCache both take, and what needs no quoting in a connection string (RDS and ElastiCache user guides, password rules). */
const shape = { pattern: '^[A-Za-z0-9_-]{16,64}$', allowed: '16 to 64 letters, digits, "_" and "-"' };

const owners = { database: 'the password of the database owner', cache: 'the password of the cache' } as const;

/** Password of a managed service: AWS makes none that a server without its command line could be told of. */
export function passwordOf({ stack }: Workshop, service: keyof typeof owners): string {
  const id = `${service}_password`;
  const asked = stack.node.tryFindChild(id);
  if (asked instanceof TerraformVariable) return asked.stringValue;
  return secretVariable(stack, {
    id,
    what: owners[service],
    otherwise: 'for example to what "openssl rand -hex 24" prints, and keep it',
    rule: { condition: `can(regex("${shape.pattern}", var.${id}))`, allowed: shape.allowed.replaceAll('"', "'") },
  });
}
