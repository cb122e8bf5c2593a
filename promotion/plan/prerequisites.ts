import { actShare, requiredHeadroom } from '../../analysis/capacity';
import { money } from '../../analysis/pricing';
import { decimal } from '../../analysis/pricing/decimal';
import type { CapacityProof, PlannedCost, Prerequisite } from '../types';
import { hasSeveral } from './app';
import type { PlanInput } from './input';
import { isRelational } from '../../components/component';
import { type UnknownRoom, unknownRooms } from './fit';
import { layerPrerequisites } from './layers';
import { rights } from './rights';
import { type DataMove, dataMoves, isDriven, isOnline } from './moves';

/** What must be true before the first step: what the plan can see it judges, the rest is named with how to see it. */
export function prerequisitesOf(input: PlanInput, capacity: CapacityProof, cost: PlannedCost): readonly Prerequisite[] {
  return [
    carries(capacity),
    ...budget(input, cost),
    ...quotas(input),
    ...organisation(input),
    ...accounts(input),
    ...dataMoves(input).flatMap((move) => ofMove(move, input)),
    ...unknownRooms(input).map(room),
    ...eventsLeft(input),
    ...application(input),
    ...layerPrerequisites(input),
  ];
}

function judged(id: string, what: string, met: boolean | undefined, remedy: string, commands?: readonly string[]): Prerequisite {
  return { id, what, state: met === undefined ? 'check' : met ? 'met' : 'unmet', remedy, ...(commands === undefined ? {} : { commands }) };
}

function carries({ headroom, carries: enough, binding, dailyUsers }: CapacityProof): Prerequisite {
  const bound = binding === null ? '' : `; ${binding} binds first`;
  return judged(
    'capacity',
    `The target carries ${figure(headroom)} times the load of ${dailyUsers} daily users, of ${requiredHeadroom} that it must${bound}.`,
    enough,
    'Promote to a tier that carries it, or correct the load in the environment file.',
  );
}

function budget({ environment: { budget: limit } }: PlanInput, { after, during }: PlannedCost): readonly Prerequisite[] {
  if (limit === undefined) return [];
  return [
    judged(
      'budget',
      `The target costs ${after} USD a month (${during} while both sides stand), of a budget of ${money(decimal(limit))}.`,
      decimal(after).lte(limit),
      'Raise budget.monthly in the environment file, or stay.',
    ),
  ];
}

/** While both sides stand, the account holds both. */
function quotas({ environment, resources: { before, during } }: PlanInput): readonly Prerequisite[] {
  const more = during.resources.length - before.resources.length;
  return [
    judged(
      'quotas',
      `The account's limits leave room for ${more} more resources while both sides stand.`,
      undefined,
      'Ask the provider for more before the day.',
      [`terrace capacity ${environment.name} --quotas quotas.yaml`],
    ),
  ];
}

function organisation({ environment: { name, alerts, localState, disposable } }: PlanInput): readonly Prerequisite[] {
  return [
    judged(
      'alerts',
      'Somebody is told when something is wrong.',
      alerts,
      'Name people under alerts.emails and deploy, before anything moves.',
    ),
    judged(
      'state',
      'The state lies where every deploy finds it.',
      !localState || disposable,
      'Move the state to a bucket: state.backend spaces or s3, then terraform init -migrate-state.',
    ),
    judged(
      'backup',
      'A backup was restored and timed within the last week.',
      undefined,
      'Restore one beside, and look for a row of a moment ago in it.',
      [`terrace drill ${name} --settings drill.yaml`],
    ),
  ];
}

/** What each provider signs in with. Source: the providers' documentation of their environment variables, read 2026-11. */
const credentials: Readonly<Record<PlanInput['platform'], string>> = {
  digitalocean: 'DIGITALOCEAN_TOKEN, SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY',
  aws: 'AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  google: 'GOOGLE_APPLICATION_CREDENTIALS',
};

function accounts({ environment, platform }: PlanInput): readonly Prerequisite[] {
  return platform === environment.platform
    ? []
    : [
        judged(
          'accounts',
          'This machine signs in to both platforms.',
          undefined,
          `Set ${credentials[environment.platform]}; and ${credentials[platform]}.`,
        ),
      ];
}

/** No mover carries events: what lies in the old brokers is read there, or a person carries it over. */
function eventsLeft({ changes }: PlanInput): readonly Prerequisite[] {
  return changes
    .filter(({ verdict, before }) => before?.kind === 'event-stream' && (verdict === 'move' || verdict === 'retire'))
    .map(({ id }) =>
      judged(
        `${id}/events`,
        'Nobody misses the events that lie in the old event stream: a promotion copies none, nor the offsets of its readers.',
        undefined,
        'Let the readers finish before cutover, or copy topics and offsets from the old brokers to the new ones (MirrorMaker 2), which stand beside each other until then. The old ones stay until they are purged.',
      ),
    );
}

function replicated({ change: { id }, method }: DataMove): readonly Prerequisite[] {
  return method === 'cache-replication'
    ? [
        judged(
          `${id}/replication`,
          'Both caches allow REPLICAOF, CLIENT PAUSE and CONFIG, which managed ones mostly hide. The old one is asked before anything is made.',
          undefined,
          "Use the provider's own migration, or take what must not be lost out of it and say cacheUse: cache.",
        ),
      ]
    : [];
}

function ofMove(move: DataMove, input: PlanInput): readonly Prerequisite[] {
  return isRelational(move.change.after) ? relational(move, input) : replicated(move);
}

function relational(move: DataMove, { facts, environment, platform }: PlanInput): readonly Prerequisite[] {
  const {
    change: { id },
  } = move;
  const sql = (text: string): readonly string[] => [`psql "$SOURCE" -c "${text}"`];
  return [
    judged(
      `${id}/keys`,
      'Every table has a primary key, or a replica identity.',
      facts.tablesWithoutKey === undefined ? undefined : facts.tablesWithoutKey === 0,
      'Give each a primary key, or else: alter table NAME replica identity full, after which each change scans the table. Nothing is copied while one has neither.',
      sql(
        "select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema') and (c.relreplident = 'n' or c.relreplident = 'd' and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary))",
      ),
    ),
    judged(
      `${id}/extensions`,
      facts.extensions === undefined
        ? 'The target has every extension that the database uses.'
        : `The target has ${facts.extensions.length === 0 ? 'every extension (none is used)' : facts.extensions.join(', ')}.${facts.extensions.length === 0 ? '' : ' No list of what providers offer is at hand; the target itself is asked before anything is copied.'}`,
      facts.extensions?.length === 0 ? true : undefined,
      'Take the extension out, or stay on a server of your own.',
      sql('select extname, extversion from pg_extension'),
    ),
    judged(
      `${id}/large-objects`,
      'No large objects are used: they do not travel while the app writes.',
      facts.largeObjects === undefined ? undefined : !facts.largeObjects,
      'Move them to the bucket, or plan a window: with largeObjects true the data are dumped.',
      sql('select count(*) from pg_largeobject_metadata'),
    ),
    judged(
      `${id}/roles`,
      "The app's role is no superuser and owns no table.",
      undefined,
      'Give the tables to an owner without login, and the app the rights it needs.',
      sql('select rolname, rolsuper from pg_roles where rolcanlogin'),
    ),
    judged(
      `${id}/disk`,
      'Both disks have room for one and a half times the data.',
      undefined,
      'Delete what is not needed, or grow the disk.',
    ),
    ...rights(move),
    ...(isOnline(move)
      ? [
          judged(
            `${id}/schema-freeze`,
            'No schema changes are released between copy and cutover.',
            undefined,
            'Hold back migrations, or make them on the new side first.',
          ),
        ]
      : []),
    ...(isDriven(move)
      ? []
      : [
          judged(
            `${id}/dump`,
            `Somebody dumps and restores it: "run" does not drive this, and refuses.`,
            undefined,
            'Try it on a copy first, and time it. Each phase below is a command of its own.',
          ),
        ]),
    ...(move.method === 'logical-replication-shards' ? [shardKey(id, facts.shardKey)] : []),
    ...(environment.platform === platform
      ? []
      : [
          judged(
            `${id}/network`,
            'Each side reaches the other over TLS.',
            undefined,
            'Admit the addresses of both sides for the time of the promotion.',
          ),
        ]),
  ];
}

/** Of DigitalOcean no list says in one place what each size includes, and an invented figure would be believed. */
function room({ id, size, count, neededGb }: UnknownRoom): Prerequisite {
  return judged(
    `${id}/room`,
    `${count === 1 ? `A ${size} has` : `${count} x ${size} have`} room for ${figure(neededGb)} GB: what that size includes is not in the catalog.`,
    undefined,
    'Read the storage of that size in the control panel (Databases, Create) or at digitalocean.com/pricing/managed-databases before you begin.',
  );
}

function shardKey(id: string, key: string | undefined): Prerequisite {
  return judged(
    `${id}/shard-key`,
    key === undefined
      ? 'Every table has the shard key, and ids are unique over all shards.'
      : `Every table has ${key}, and ids are unique over all shards.`,
    key === undefined ? false : undefined,
    'Choose the key (a fact: shardKey), put it into the unique keys, and take ids that hold the shard or are random. This cannot be changed later.',
  );
}

/** Servers in the plural ask more of an app than one server does. */
function application({ from, to, changes }: PlanInput): readonly Prerequisite[] {
  const moves = changes.some(({ verdict, after }) => verdict === 'move' && after?.kind === 'app-servers');
  return [
    ...(hasSeveral(to) && !hasSeveral(from)
      ? [
          judged(
            'app/sessions',
            'Sessions are kept outside the process: in the database or the cache.',
            undefined,
            'Move them there and release, before two servers share the requests.',
          ),
        ]
      : []),
    ...(moves
      ? [
          judged(
            'app/files',
            'The app keeps no files on the server: uploads are in the bucket.',
            undefined,
            'Write uploads to STORAGE_BUCKET; what is on the disk stays behind.',
          ),
        ]
      : []),
    ...(moves
      ? [
          judged(
            'app/retry',
            'The app repeats a request to the database that failed, without doing it twice.',
            undefined,
            `Behind the pooler nobody sees an error; past it a client does. Act at ${actShare * 100} % of a limit, not at 100 %.`,
          ),
        ]
      : []),
  ];
}

function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'any number of';
}
