import type { CdkTfJson, JsonObject, JsonValue } from '../../../analysis/graph';
import type { Environment } from '../../../environments/schema';
import { bodiesOf, pairOf, sidesOf, type Target, transition } from '../../../stacks/transition';
import { typeOf } from '../../../stacks/transition/documents';
import { scratch } from '../../support/scratch';
import { soak } from '../../support/soak';
import { ended } from './support';
import { built, environmentAt, rowsOf, targetOf, type Way } from './ways';

/** Arguments by which a provider tells objects of one type from each other. */
const naming = ['name', 'identifier', 'bucket', 'replication_group_id', 'cluster_identifier', 'cluster_name', 'bucket_id', 'aliases'];

/** Names that are given within something else, and what says within what. */
const within: Readonly<Record<string, string>> = {
  aws_iam_user_policy: 'user',
  aws_iam_role_policy: 'role',
  aws_route53_record: 'zone_id',
  aws_security_group: 'vpc_id',
  digitalocean_database_connection_pool: 'cluster_id',
  digitalocean_database_db: 'cluster_id',
  digitalocean_database_replica: 'cluster_id',
  digitalocean_database_user: 'cluster_id',
  digitalocean_record: 'domain',
};

/** Names that may be given twice, and why. */
const repeatable: Readonly<Record<string, string>> = {
  aws_route53_zone: 'Route 53 makes another zone of the same domain, with name servers of its own; the domain cannot have another name.',
  digitalocean_tag:
    'A tag is its name: who makes one that is there is given that (recalled, not tried on an account), and purge leaves what is in use.',
};

/** Each name of a configuration with the types that it is a name of: what is computed from another object is no name of ours. */
function namesOf(json: CdkTfJson, addresses: Iterable<string>): readonly string[] {
  const bodies = bodiesOf(json);
  return [...addresses].flatMap((address) => {
    const [type, body] = [typeOf(address), bodies.get(address) ?? {}];
    if (repeatable[type] !== undefined || type === 'terraform_data') return [];
    return naming.flatMap((argument) => literal(body[argument]).map((name) => `${type} ${name}${scopeOf(type, body)}`));
  });
}

function scopeOf(type: string, body: JsonObject): string {
  const argument = within[type];
  return argument === undefined ? '' : ` in ${String(body[argument])}`;
}

function literal(value: JsonValue | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((each) => (typeof each === 'string' && !each.includes('${') ? [each] : []));
}

/**
 * Where servers that answer the internet themselves make room for pods, or pods for them. The firewall is the role's, in the network that stays: with a
 * server whose disk holds the database it goes on standing, and only purge frees its name.
 */
const roleFirewalls: Readonly<Record<string, string>> = {
  digitalocean: 'digitalocean_firewall coach-sample-app',
  aws: 'aws_security_group coach-sample-app in ${aws_vpc.network.id}',
};

function takenOn({ from, to, here, there }: Way, leaving: 'from' | 'to'): readonly string[] {
  const [server, other] = leaving === 'from' ? [from, to] : [to, from];
  const pods = other.components.some((each) => each.kind === 'app-servers' && each.runtime === 'pod');
  return here === there && server.id === 'tier1' && pods ? [roleFirewalls[here] ?? ''] : [];
}

type Promoted = NonNullable<Environment['promotion']>;

function sidesFor(environment: Environment, target: Target) {
  return sidesOf(environment, pairOf(environment, target), scratch());
}

/** What stands and what is asked for have neither a name nor an address in common. @param taken names that they have in common all the same */
function expectApart(
  stood: { readonly json: CdkTfJson; readonly forgotten: readonly string[] },
  next: CdkTfJson,
  taken: readonly string[],
): void {
  const addresses = [...bodiesOf(next).keys()];
  const kept = namesOf(stood.json, stood.forgotten);
  const wanted = new Set(namesOf(next, addresses));
  expect(kept.filter((name) => wanted.has(name))).toEqual(taken);
  const known = new Set(addresses);
  const met = stood.forgotten.filter((address) => typeOf(address) !== 'terraform_data' && known.has(address) && !isLasting(address));
  expect(met.filter((address) => taken.length === 0 || !/\.app_firewall(_out)?$/.test(address))).toEqual([]);
}

/**
 * What is of a role or of the whole environment, and so of no generation. Its address is met again; its id is another, and it has no name
 * that counts: a network in another zone or region, an address of the internet, a tag.
 */
function isLasting(address: string): boolean {
  return /^aws_(vpc|subnet)\.network_(data_3|us_west_2)|^(aws_eip|digitalocean_reserved_ip)\.app_address$|^digitalocean_tag\.app_tag$/.test(
    address,
  );
}

/** A few for every change, of each kind of thing that stays behind; all pairs in `npm run soak`. */
const back = few(
  'aws tier1 to aws tier2',
  'aws tier5 to aws tier6',
  'digitalocean tier2 to digitalocean tier1',
  'digitalocean tier1 to aws tier1',
);
const stays = few('aws tier1 to aws tier2', 'digitalocean tier2 to digitalocean tier1').filter(([, { here, there }]) => here === there);

function few(...names: readonly string[]): ReturnType<typeof rowsOf> {
  return rowsOf(built).filter(([name]) => soak || names.includes(name));
}

test.each(back)('%s: what a way back leaves standing takes no name from the next attempt', (_, way) => {
  const environment = environmentAt(way.from, way.here);
  const target = targetOf(way);
  const first = sidesFor(environment, target);
  const { forgotten } = transition(first, 'returned').leaving;
  const back = ended(environment, { ...target, phase: 'rollback' } as Promoted);
  expect(back).toMatchObject({ tier: environment.tier, platform: environment.platform, generations: environment.generations });
  const next = transition(sidesFor(back, target), 'expanded').json;
  expectApart({ json: first.arriving ?? first.new, forgotten }, next, takenOn(way, 'to'));
});

test.each(stays)('%s, and the other way after contract: what that leaves standing takes no name from it', (_, way) => {
  const environment = environmentAt(way.from, way.here);
  const first = sidesFor(environment, targetOf(way));
  const { forgotten } = transition(first, 'contracted').leaving;
  const there = ended(environment, { ...targetOf(way), phase: 'contract' } as Promoted);
  const next = transition(sidesFor(there, { to: way.from.id }), 'expanded').json;
  expectApart({ json: first.moving ?? first.old, forgotten }, next, takenOn(way, 'from'));
});

test('what was tried has names to compare, so that nothing passes for want of them', () => {
  const [way] = built.filter(
    ({ here, there, from, to }) => here === 'aws' && there === 'aws' && from.id === 'tier1' && to.id === 'tier2',
  ) as [Way];
  const sides = sidesFor(environmentAt(way.from, way.here), targetOf(way));
  const { forgotten } = transition(sides, 'returned').leaving;
  expect(namesOf(sides.arriving ?? sides.new, forgotten)).toEqual(
    expect.arrayContaining(['aws_db_instance coach-sample-database-g2', 'aws_s3_bucket coach-sample-frontend']),
  );
});
