import type { Network } from '../../../constructs/google/network';
import { PodAccount } from '../../../constructs/google/pod-account';
import type { ForeignPods, ForeignPodsProps } from '../../../constructs/google/foreign-pods';
import type { SqlEndpoint } from '../../../constructs/google/sql-endpoint';
import type { ComponentOf } from '../../../components/component';
import { federatedCloud, type DistributedEngine, type EngineSizes } from '../../../components/distributed-database';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { LayerState } from '../../layer-state';
import { homeSites } from '../../workloads/sites';
import { accountName, component, constructId, layerOutput } from '../naming';
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

/** The endpoint of a database, the account that the app's pods show there, and what Google calls the clusters on AWS whose pods may too, by region. */
export type ToldEndpoint = SqlEndpoint & { readonly account: string; readonly providers?: Readonly<Record<string, string>> };

/** The tier's database, where its engine stands at Google. */
export function buildDistributedSql(ground: Ground): ToldEndpoint | undefined {
  const { environment, tier, stack, project } = ground;
  const [database, app] = [component(tier, 'distributed-database'), component(tier, 'app-servers')];
  const build = database === undefined ? undefined : builderOf(database);
  if (database === undefined || app === undefined || build === undefined) return undefined;
  const prefix = `${environment.namePrefix}-${environment.name}`;
  const id = constructId(environment, database);
  const others = Object.keys(environment.services ?? {});
  const account = new PodAccount(stack, `${id}_account`, {
    name: `${prefix}-${app.id}`,
    project,
    namespace: 'app',
    serviceAccount: app.id,
    others,
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
    client: account.email,
    backupDays: component(tier, 'backup')?.retentionDays ?? 7,
    disposable: environment.disposable !== undefined,
  });
  const told = { host, port, database: path, user, account: account.email };
  if (federatedCloud(database) !== 'google') return told;
  const issuers = issuersOf(ground);
  const serviceAccounts = [app.id, ...others];
  const name = accountName(prefix, environment, database);
  const { providers } = foreignPods(stack, `${id}_aws`, { name, account, issuers, namespace: 'app', serviceAccounts });
  return { ...told, providers };
}

/** The bindings are loaded only where they are asked for. */
function foreignPods(stack: TierStack, id: string, props: ForeignPodsProps): ForeignPods {
  const { ForeignPods: Made } =
    require('../../../constructs/google/foreign-pods') as typeof import('../../../constructs/google/foreign-pods');
  return new Made(stack, id, props);
}

/** Who signs the tokens of the clusters on AWS: known when these are there, and so read from the state of the layer that made them. */
function issuersOf({ stack, environment, tier }: Ground): Readonly<Record<string, string>> {
  const platform = new LayerState(stack, 'platform', environment.state, layerOutput(environment, tier));
  return Object.fromEntries(homeSites(environment, tier).map(({ region }) => [region, platform.text('cluster_issuers', region)]));
}

function builderOf({ engine, offers }: ComponentOf<'distributed-database'>): ((plan: Plan) => SqlEndpoint) | undefined {
  const [build, size] = [builders[engine] as ((plan: Plan, size: object) => SqlEndpoint) | undefined, offers[engine]];
  return build === undefined || size === undefined ? undefined : (plan) => build(plan, size);
}
