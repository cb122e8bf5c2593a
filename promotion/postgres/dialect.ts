import { identifier, literal, type Session } from './session';

export interface Creation {
  readonly name: string;
  readonly connection: string;
  readonly publication: string;
  readonly copy: boolean;
  /** Rows travel in binary form, where the dialect can ask for it. */
  readonly binary: boolean;
  readonly createSlot: boolean;
  readonly enabled: boolean;
}

/** How a server lets us manage subscriptions: its own commands, or Aiven's functions on a managed cluster. */
export interface Dialect {
  readonly create: (creation: Creation) => Promise<void>;
  readonly enable: (name: string) => Promise<void>;
  readonly drop: (name: string) => Promise<void>;
  /** From now on rows travel as text. */
  readonly asText: (name: string) => Promise<void>;
  /** Takes in tables that the publication has now, and copies them. */
  readonly refresh: (name: string) => Promise<void>;
}

/** Which of the two a server needs. */
export type Rights = 'commands' | 'aiven_extras' | 'none';

const known = new WeakMap<Session, Rights>();

export function useRights(session: Session, rights: Rights): void {
  known.set(session, rights);
}

export function dialectOf(session: Session): Dialect {
  return known.get(session) === 'aiven_extras' ? aivenExtras(session) : commands(session);
}

/**
 * What the role may do. A superuser always may; since PostgreSQL 16 the members of pg_create_subscription; on RDS the members of
 * rds_superuser; on DigitalOcean the functions of aiven_extras where the cluster has them.
 */
export async function rightsOf(session: Session): Promise<Rights> {
  const [row] = await session.rows(`select rolsuper as super,
      exists (select from pg_roles r where r.rolname in ('pg_create_subscription', 'rds_superuser') and pg_has_role(current_user, r.oid, 'usage')) as member,
      to_regprocedure('aiven_extras.pg_create_subscription(text,text,text,text,boolean,boolean)') is not null as extras
    from pg_roles where rolname = current_user`);
  if (row?.['super'] === true || row?.['member'] === true) return 'commands';
  return row?.['extras'] === true ? 'aiven_extras' : 'none';
}

function commands({ rows }: Session): Dialect {
  return {
    create: async ({ name, connection, publication, copy, binary, createSlot, enabled }) => {
      // Synchronous, because a worker otherwise tells of changes that a crash of its server takes back.
      const options = [
        `copy_data = ${copy}`,
        `binary = ${binary}`,
        `create_slot = ${createSlot}`,
        `enabled = ${enabled}`,
        'synchronous_commit = on',
        ...(createSlot ? [] : [`slot_name = ${identifier(name)}`]),
      ];
      await rows(
        `create subscription ${identifier(name)} connection ${literal(connection)} publication ${identifier(publication)} with (${options.join(', ')})`,
      );
    },
    enable: async (name) => void (await rows(`alter subscription ${identifier(name)} enable`)),
    drop: async (name) =>
      void (await rows(
        `alter subscription ${identifier(name)} disable; alter subscription ${identifier(name)} set (slot_name = none); drop subscription ${identifier(name)}`,
      )),
    asText: async (name) => void (await rows(`alter subscription ${identifier(name)} set (binary = false)`)),
    refresh: async (name) => void (await rows(`alter subscription ${identifier(name)} refresh publication`, undefined, 60_000)),
  };
}

/**
 * The functions run as the extension's owner, a superuser (aiven/aiven-extras, sql/aiven_extras.sql, 1.1.23). They cannot ask for synchronous
 * commits, so that a table whose mark a crash takes back is copied anew, nor for binary rows, and dropping a subscription drops its slot as well.
 */
function aivenExtras({ rows }: Session): Dialect {
  const call = async (name: string, ...values: readonly unknown[]): Promise<void> => {
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    await rows(`select * from aiven_extras.${name}(${places})`, values);
  };
  return {
    create: async ({ name, connection, publication, copy, createSlot, enabled }) => {
      await call('pg_create_subscription', name, connection, publication, name, createSlot, copy);
      if (!enabled) await call('pg_alter_subscription_disable', name);
    },
    enable: (name) => call('pg_alter_subscription_enable', name),
    asText: () => Promise.resolve(),
    drop: (name) => call('pg_drop_subscription', name),
    refresh: (name) => call('pg_alter_subscription_refresh_publication', name, true),
  };
}
