import type { CdkTfJson } from '../../analysis/graph';
import { shardRanges } from '../../components/shard-map';
import type { DataMove } from '../plan/moves';
import type { ServerSettings } from '../postgres/session';
import { figure, filled, ownOf, typeIn } from './holders';
import { type Held, present } from './released';

type Values = Held['values'];

/** The server of a shard as the provider says it after the apply, by the type of its resource. @param named what the state says of the database in it */
const servers: Readonly<Record<string, (values: Values, named: Values) => Partial<ServerSettings>>> = {
  digitalocean_database_cluster: ({ private_host, port, user, password }, { name }) => server(private_host, port, name, user, password),
  aws_db_instance: ({ address, port, db_name, username, password }) => server(address, port, db_name, username, password),
};

/** The database in a server, where that is a resource of its own. */
const databases = 'digitalocean_database_db';

/**
 * What the state says of the shards that data move to, in the order of their ranges, which is that of the engine.
 * @returns undefined where the new side is one server
 */
export function shardsIn(
  state: readonly Held[],
  sides: { readonly old: CdkTfJson; readonly new: CdkTfJson },
  { change: { id, after } }: Pick<DataMove, 'change'>,
): readonly Partial<ServerSettings>[] | undefined {
  if (after.kind !== 'sharded-database') return undefined;
  const own = ownOf(sides, id).target;
  const valuesOf = (address: string | undefined): Values => state.find((each) => each.address === address)?.values ?? {};
  return shardRanges(after).map(({ name }) => {
    const address = own.find((each) => Object.hasOwn(servers, typeIn(each)) && ends(each, name));
    const within = own.find(
      (each) => typeIn(each) === databases && address !== undefined && nameIn(each).startsWith(`${nameIn(address)}_`),
    );
    return address === undefined ? {} : (servers[typeIn(address)]?.(valuesOf(address), valuesOf(within)) ?? {});
  });
}

function server(host: unknown, port: unknown, database: unknown, user: unknown, password: unknown): Partial<ServerSettings> {
  const known = present({
    host: filled(host),
    port: figure(port),
    database: filled(database),
    user: filled(user),
    password: filled(password),
  });
  return Object.keys(known).length === 0 ? {} : { ...known, sslmode: 'require' };
}

/** `shard-1` ends `database_g2_shard-1` and `database_g2_shard_1`, and neither a copy of it nor `shard-11`. */
function ends(address: string, shard: string): boolean {
  return address.replaceAll('-', '_').endsWith(`_${shard.replaceAll('-', '_')}`);
}

function nameIn(address: string): string {
  return address.slice(address.indexOf('.') + 1);
}
