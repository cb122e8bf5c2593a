import type { Network } from '../../../constructs/google/network';
import { PodAccount } from '../../../constructs/google/pod-account';
import type { SqlEndpoint } from '../../../constructs/google/sql-endpoint';
import type { ComponentOf } from '../../../components/component';
import type { DistributedEngine, EngineSizes } from '../../../components/distributed-database';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { accountName, component, constructId } from '../naming';
import { ranges } from './neighbours';

/** Where the second cloud stands. */
export interface Ground {
  readonly stack: TierStack;
  readonly environment: Environment;
  readonly tier: Tier;
  readonly project: string;
  readonly region: string;
  readonly network: Network;
}

interface Plan extends Ground {
  readonly id: string;
  readonly name: string;
  readonly client: string;
  readonly backupDays: number;
  readonly disposable: boolean;
}

type Builders = { readonly [Engine in DistributedEngine]?: (plan: Plan, size: EngineSizes[Engine]) => SqlEndpoint };

/** Engines that stand here; the others are another platform's. Each loads its bindings only where it is asked for. */
const builders: Builders = {
  alloydb: ({ stack, id, network, ...plan }, size) => {
    const { AlloyDb } = require('../../../constructs/google/alloydb') as typeof import('../../../constructs/google/alloydb');
    return new AlloyDb(stack, id, { ...plan, ...size, networkId: network.networkId, range: ranges.googleServices });
  },
  spanner: ({ stack, id, ...plan }, size) => {
    const { Spanner } = require('../../../constructs/google/spanner') as typeof import('../../../constructs/google/spanner');
    return new Spanner(stack, id, { ...plan, ...size });
  },
};

/** The endpoint of a database, and the account that the app's pods show there. */
export type ToldEndpoint = SqlEndpoint & { readonly account: string };

/** The tier's database, where its engine stands at Google. */
export function buildDistributedSql(ground: Ground): ToldEndpoint | undefined {
  const { environment, tier, stack, project } = ground;
  const [database, app] = [component(tier, 'distributed-database'), component(tier, 'app-servers')];
  const build = database === undefined ? undefined : builderOf(database);
  if (database === undefined || app === undefined || build === undefined) return undefined;
  const prefix = `${environment.namePrefix}-${environment.name}`;
  const id = constructId(environment, database);
  const { email } = new PodAccount(stack, `${id}_account`, {
    name: `${prefix}-${app.id}`,
    project,
    namespace: 'app',
    serviceAccount: app.id,
    others: Object.keys(environment.services ?? {}),
  });
  const {
    host,
    port,
    database: path,
    user,
  } = build({
    ...ground,
    id,
    name: accountName(prefix, environment, database),
    client: email,
    backupDays: component(tier, 'backup')?.retentionDays ?? 7,
    disposable: environment.disposable !== undefined,
  });
  return { host, port, database: path, user, account: email };
}

function builderOf({ engine, offers }: ComponentOf<'distributed-database'>): ((plan: Plan) => SqlEndpoint) | undefined {
  const [build, size] = [builders[engine] as ((plan: Plan, size: object) => SqlEndpoint) | undefined, offers[engine]];
  return build === undefined || size === undefined ? undefined : (plan) => build(plan, size);
}
