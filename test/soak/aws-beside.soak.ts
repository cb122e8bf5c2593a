import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../environments/load';
import { drill } from '../../promotion/drill/drill';
import { besideConfiguration, managedDatabasesIn, restoreManaged } from '../../promotion/drill/managed';
import { type Retired, retiredIn } from '../../promotion/retired';
import { pairOf, sidesOf, type Target, transition } from '../../stacks/transition';
import { type SavedPlan, Terraform } from '../../terraform';
import { handMade, type } from '../cli/desk';
import { openPair } from '../promotion/engine/support/pair';
import { templates } from '../promotion/engine/support/servers';
import { type Emulator, needsAws, startEmulator } from '../support/aws-emulator';
import { type AwsProvider, startProviders } from '../support/aws-provider';
import { withoutOwnSettings } from '../support/aws-stack';
import { legible } from '../support/legible';
import { scratch } from '../support/scratch';
import type { StackJson } from '../terraform/stack';
import { writeStack } from '../terraform/stack';

const withAws = needsAws();

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What of a tier a promotion lets go of, with all that it stands on; the rest is left out, because it takes its time. */
interface Part {
  readonly json: StackJson;
  readonly forgotten: readonly string[];
}

function partOf(example: string, target: Target): Part {
  const root = join(__dirname, '..', '..');
  const { disposable: _disposable, ...environment } = loadEnvironment(join(root, 'environments', 'examples', `${example}.yaml`), {
    cwd: root,
  }).environment;
  const pair = pairOf(environment, target);
  const sides = sidesOf(environment, pair, scratch());
  const { forgotten } = transition(sides, 'contracted').leaving;
  const { output: _output, ...all } = sides.old as unknown as StackJson;
  const bodies = all['resource'] as Bodies;
  const wanted = new Set<string>();
  const want = (address: string): void => {
    const [kind = '', name = ''] = address.split('.');
    const body = bodies[kind]?.[name];
    if (body === undefined || wanted.has(address)) return;
    wanted.add(address);
    for (const [each] of JSON.stringify(body).matchAll(/\baws_\w+\.[\w-]+/g)) want(each);
  };
  forgotten.forEach(want);
  return {
    json: { ...all, terraform: { ...(all['terraform'] as object), backend: local }, resource: only(bodies, wanted) },
    forgotten,
  };
}

const local = { local: { path: '../../../production.tfstate' } };

function only(bodies: Bodies, wanted: ReadonlySet<string>): Bodies {
  return Object.fromEntries(
    Object.entries(bodies).flatMap(([kind, named]) => {
      const left = Object.entries(named).filter(([name]) => wanted.has(`${kind}.${name}`));
      return left.length === 0 ? [] : [[kind, Object.fromEntries(left)]];
    }),
  );
}

/** A part of a tier on an emulated AWS of its own, and Terraform for it. */
class Place {
  private readonly project = scratch('terrace-aws-beside-');
  private readonly directory: string;
  private ready: Terraform | undefined;

  private constructor(
    private readonly json: StackJson,
    readonly emulator: Emulator,
    private readonly provider: AwsProvider,
    readonly env: Readonly<Record<string, string | undefined>>,
  ) {
    this.directory = writeStack(json, { project: this.project, tier: 'tier3' });
  }

  static async of(json: StackJson): Promise<Place> {
    const room = scratch('terrace-aws-emulated-');
    const emulator = await startEmulator(room);
    const own = { ...withoutOwnSettings(), ...emulator.env };
    const provider = await startProviders({ folder: room, directory: room, env: own });
    provider.speakOf(Object.keys(json['resource'] as Bodies));
    const secrets = { TF_VAR_database_password: 'a-database-password', TF_VAR_secret_session_key: 'a-session-key' };
    return new Place(json, emulator, provider, { ...own, ...secrets, TF_REATTACH_PROVIDERS: provider.reattach });
  }

  /** Plans another configuration in the same place. */
  async plan(json: StackJson = this.json): Promise<SavedPlan> {
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(json));
    return (await this.terraform()).plan();
  }

  async apply(saved: SavedPlan): Promise<void> {
    await (await this.terraform()).apply(saved);
  }

  async terraform(): Promise<Terraform> {
    if (this.ready !== undefined) return this.ready;
    const terraform = await Terraform.in({ directory: this.directory, env: this.env });
    await terraform.init();
    return (this.ready = terraform);
  }

  folder(name: string): string {
    return join(this.project, name);
  }

  /** What AWS is told to change while something is done, each once. */
  async changes(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = this.emulator.requests().length;
    await work();
    const reads = /^(Describe|Get|List|Head|BatchGet|Assume)/;
    const told = this.emulator.requests().slice(before);
    return [...new Set(told.flatMap(({ service, action }) => (reads.test(action) ? [] : [`${service} ${action}`])))].sort();
  }

  async stop(): Promise<void> {
    await this.provider.stop();
    this.emulator.stop();
  }

  /** The list as contract writes it, once the plan that forgets is applied. */
  async letGo(forgotten: readonly string[]): Promise<readonly Retired[]> {
    const saved = await this.plan(this.without(forgotten));
    const list = retiredIn(JSON.parse(saved.text), { forgotten, from: this.json as never, day: '2026-01-01', days: 30 });
    await this.apply(saved);
    return list;
  }

  without(forgotten: readonly string[]): StackJson {
    const bodies = this.json['resource'] as Bodies;
    const stays = Object.entries(bodies).flatMap(([kind, named]) => Object.keys(named).map((name) => `${kind}.${name}`));
    return {
      ...this.json,
      resource: only(bodies, new Set(stays.filter((each) => !forgotten.includes(each)))),
      removed: forgotten.map((from) => ({ from, lifecycle: { destroy: false } })),
    };
  }

  /** `terrace promote purge` of an environment that stands here, of this list. */
  async purge(list: readonly Retired[], stays: StackJson, ...words: readonly string[]) {
    const { open, project } = handMade({ project: this.project, stacks: { tier3: stays } });
    mkdirSync(join(project, 'environments'), { recursive: true });
    writeFileSync(join(project, 'environments', 'production.retired.json'), JSON.stringify(list));
    return type(['promote', 'purge', 'production', '--json', ...words], open, { cwd: project, env: this.env });
  }
}

const patience = 1_800_000;
const opened: Place[] = [];
afterAll(async () => Promise.all(opened.map((place) => place.stop())));

async function standing({ json }: Part): Promise<Place> {
  const place = await Place.of(json);
  opened.push(place);
  await legible(async () => place.apply(await place.plan()));
  return place;
}

/** Forgets what a contract forgets, purges it, and looks at what is left. @returns what AWS was told by the purge */
async function purged(place: Place, { forgotten }: Part): Promise<readonly string[]> {
  const list = await legible(() => place.letGo(forgotten));
  expect(list.map(({ address }) => address)).toEqual(forgotten);
  const stays = { ...place.without(forgotten), removed: [] };
  const refused = await place.purge(list, stays, '--backup-verified', '--confirm', 'productoin');
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--confirm is "productoin"') as string });
  const told = await place.changes(async () => {
    const done = await place.purge(list, stays, '--backup-verified', '--confirm', 'production');
    expect({ code: done.code, err: done.code === 0 ? '' : done.err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(done.out)).toMatchObject({ deleted: list.map(({ address, id }) => ({ address, id })), missing: [], byHand: [] });
  });
  const left = await place.plan(stays);
  expect(left.plan.changes.filter(({ action }) => action !== 'none')).toEqual([]);
  return told;
}

withAws(
  'what a contract forgot of a database server of tier 1, its volume, and who wrote its backups, is deleted by purge, and nothing else',
  async () => {
    const part = partOf('aws-tier1', { to: 'tier2' });
    const place = await standing(part);
    // The volume leaves a last copy.
    expect(await purged(place, part)).toEqual([
      'ec2 CreateSnapshot',
      'ec2 DeleteLaunchTemplate',
      'ec2 DeleteVolume',
      'ec2 ModifyInstanceAttribute',
      'ec2 TerminateInstances',
      'iam DeleteAccessKey',
      'iam DeleteInstanceProfile',
      'iam DeleteRole',
      'iam DeleteUser',
      'iam RemoveRoleFromInstanceProfile',
    ]);
    expect(place.emulator.gaps()).toEqual([]);
  },
  patience,
);

withAws(
  'a protected RDS of tier 2 is restored beside by a drill and taken away again; forgotten by contract, it is deleted by purge with all that stood with it, and nothing else',
  async () => {
    const part = partOf('aws-tier2', { to: 'tier3', reversible: true });
    const place = await standing(part);
    const [database] = managedDatabasesIn((await (await place.terraform()).state()).resources);
    if (database === undefined) throw new Error('no database');
    expect(database.values).toMatchObject({ deletion_protection: true });
    const provider = { name: 'aws', source: 'aws', version: '5.100.0', region: 'us-east-1' };
    const configuration = besideConfiguration(database, [], provider);
    const drilled: string[] = [];
    const pair = await openPair(await templates());
    try {
      const source = pair.source.settings;
      const restore = () =>
        restoreManaged({
          configuration,
          folder: place.folder('drill'),
          env: place.env,
          source,
          reached: { host: '127.0.0.1', port: source.port },
        });
      const told = await legible(() =>
        place.changes(async () => {
          const report = await drill({
            environment: 'production',
            source,
            method: 'emulator',
            objectives: { rpoMinutes: 1 / 60, rtoMinutes: 30 },
            restore,
          });
          expect(report).toMatchObject({ canary: { found: true }, passed: true });
        }),
      );
      drilled.push(...told);
    } finally {
      await pair.end();
    }
    expect(existsSync(place.folder('drill'))).toBe(false);
    expect((await place.plan()).plan.changes.filter(({ action }) => action !== 'none')).toEqual([]);
    expect({ drilled, purged: await purged(place, part) }).toEqual({
      drilled: ['rds DeleteDBInstance', 'rds RestoreDBInstanceToPointInTime'],
      purged: [
        'ec2 DeleteSecurityGroup',
        // The server's own address, in whose place there is a balancer.
        'ec2 DisassociateAddress',
        'ec2 ReleaseAddress',
        'kms ScheduleKeyDeletion',
        'logs DeleteLogGroup',
        'rds DeleteDBInstance',
        'rds DeleteDBParameterGroup',
        'rds DeleteDBSubnetGroup',
        'rds ModifyDBInstance',
      ],
    });
    expect(place.emulator.gaps()).toEqual([]);
  },
  patience,
);
