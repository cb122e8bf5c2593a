import { componentTitle } from '../../components/title';
import { afterResize, type ComponentChange, resizedForGood } from '../../components/change';
import { counted } from '../../values/counted';
import type { PlannedPhase, PlannedStep, StepEstimate } from '../types';
import { commandsTo, runDrives } from './commands';
import { bytesPerGb, database, others } from './constants';
import { identified } from './identity';
import type { PlanInput } from './input';
import { isRelational } from '../../components/component';
import { type DataMove, dataMoves, isDriven, isOnline } from './moves';
import { layerSteps } from './layers';
import { pauseOf } from './pause';
import { meanwhile, routed } from './routing';

/** Every phase with its steps. */
export function phasesOf(input: PlanInput): readonly PlannedPhase[] {
  return [
    { name: 'expand', steps: expand(input) },
    { name: 'migrate', steps: migrate(input) },
    { name: 'verify', steps: verify(input) },
    { name: 'cutover', steps: cutover(input) },
    { name: 'soak', steps: soak(input) },
    { name: 'contract', steps: contract(input) },
  ];
}

const provider: StepEstimate = { seconds: null, bytes: 0 };
const moment: StepEstimate = { seconds: 1, bytes: 0 };

function expand(input: PlanInput): readonly PlannedStep[] {
  const made = input.changes.filter(({ verdict, after }) => after !== undefined && (verdict === 'new' || verdict === 'move'));
  return [
    ...identified(input),
    ...made.map((change) => step(`expand/${change.id}`, `Makes ${madeOf(change)}, beside what runs.`, 'terraform', provider)),
    step(
      'expand/admit',
      'Lets both sides in where one was: firewall rules, trusted sources, alerts. Nothing is replaced, deleted, resized or restarted.',
      'terraform',
      provider,
    ),
    ...layerSteps.expand(input),
    deployed('expand', input),
  ];
}

function madeOf({ after }: ComponentChange): string {
  return after === undefined ? '' : componentTitle(after);
}

function migrate(input: PlanInput): readonly PlannedStep[] {
  const resized = input.changes.filter(({ verdict }) => verdict === 'in-place');
  const irreversible = resizedForGood(input.changes);
  return [
    ...(resized.length === 0
      ? []
      : [
          {
            ...deployed('migrate', input),
            what: 'Written into the environment file and deployed: what is resized, then what waited for it.',
          },
        ]),
    ...(resized.length > 0 || runDrives(input) ? [] : [deployed('migrate', input)]),
    ...resized.map((change) => ({
      ...step(
        `migrate/${change.id}-resize`,
        `The provider resizes it to ${madeOf(change)}. ${afterResize(change.before?.kind)}`,
        'provider-resize',
        provider,
      ),
      reversible: !irreversible.includes(change),
    })),
    ...dataMoves(input).flatMap((move) => copySteps(move, input)),
    ...published(input),
    ...(dataMoves(input).some(isOnline)
      ? [
          {
            ...step('migrate/run', 'All of this is one command, which can be stopped and started again at any moment.', 'person', {
              seconds: null,
              bytes: 0,
            }),
            commands: commandsTo('migrate', input),
          },
        ]
      : []),
  ];
}

/** Files of the app's own that no mover carries. */
function published({ changes, platform, environment }: PlanInput): readonly PlannedStep[] {
  return changes
    .filter(({ verdict, after }) => verdict === 'move' && after?.kind === 'frontend' && platform !== environment.platform)
    .map(({ id }) => step(`migrate/${id}`, 'The static files are published to the new bucket, as at every release.', 'person', provider));
}

function copySteps(move: DataMove, { facts }: PlanInput): readonly PlannedStep[] {
  const {
    method,
    gb,
    shards,
    change: { id },
  } = move;
  const bytes = Math.round(gb * bytesPerGb);
  const per = (each: { readonly value: number }, times = 1): StepEstimate => ({ seconds: seconds(each.value * gb * times), bytes });
  if (method === 'rewarm')
    return [
      step(`migrate/${id}`, 'The new cache starts empty and fills as it is asked; reads reach the database meanwhile.', method, {
        seconds: 0,
        bytes: 0,
      }),
    ];
  if (method === 'cache-replication')
    return [step(`migrate/${id}`, 'The new cache follows the old one.', method, per(others.cacheSecondsPerGb))];
  if (method === 'object-copy')
    return [
      step(
        `migrate/${id}`,
        'Objects are copied twice: all of them, then what has changed; deleted ones are not copied.',
        method,
        per(others.objectSecondsPerGb),
      ),
    ];
  if (method === 'dump')
    return [
      step(
        `migrate/${id}`,
        isDriven(move)
          ? 'Schema, roles and extensions are tried on the new side. The data follow in the window.'
          : 'A person makes schema and roles on the new side. The data follow in the window.',
        method,
        {
          seconds: null,
          bytes: 0,
        },
      ),
    ];
  const copied =
    method === 'logical-replication-shards' ? per(database.shardCopySecondsPerGb, Math.max(1, shards / 2)) : per(database.copySecondsPerGb);
  const behind = ((copied.seconds ?? 0) * facts.writesPerSecond) / database.appliedPerSecond.value;
  return [
    step(`migrate/${id}-schema`, 'Roles without login, tables and primary keys, in one transaction with a marker.', method, moment),
    step(
      `migrate/${id}-copy`,
      shards > 1
        ? `Copies the rows into ${counted(shards, 'shard')}, each by a row filter, while the app writes on.`
        : 'Copies the rows while the app writes on.',
      method,
      copied,
    ),
    step(
      `migrate/${id}-indexes`,
      'Makes indexes, foreign keys and views, and gathers statistics.',
      method,
      per(database.indexSecondsPerGb),
    ),
    step(`migrate/${id}-catch-up`, 'Applies what was written meanwhile, until both sides are a moment apart.', method, {
      seconds: seconds(behind),
      bytes: 0,
    }),
  ];
}

function verify(input: PlanInput): readonly PlannedStep[] {
  const moves = dataMoves(input);
  return [
    ...moves
      .filter(isOnline)
      .map(({ change: { id } }) =>
        step(`verify/${id}`, 'Compares row counts, the schema and the slots of both sides, while the app writes on.', 'compare', moment),
      ),
    ...moves
      .filter(({ method }) => method === 'object-copy')
      .map(({ change: { id } }) =>
        step(`verify/${id}`, 'Compares names, sizes and checksums of all objects.', 'compare', { seconds: null, bytes: 0 }),
      ),
    ...acknowledged(input),
    {
      ...step('verify/go', 'A person, or a policy, says go.', 'person', { seconds: null, bytes: 0 }),
      commands: commandsTo('verify', input),
    },
  ];
}

/** How a person lists the servers of an environment, which carry its name as a tag, and asks one. Source: the references of doctl and the AWS CLI, recalled 2026-11-22. */
const asked: Readonly<Record<PlanInput['platform'], (environment: string, region: string) => readonly string[]>> = {
  digitalocean: (environment) => [
    `doctl compute droplet list --tag-name environment:${environment} --format Name,PublicIPv4`,
    'ssh root@ADDRESS terrace-status     # each ADDRESS of that list',
  ],
  aws: (environment, region) => [
    `aws ec2 describe-instances --region ${region} --filters Name=tag:environment,Values=${environment} --query "Reservations[].Instances[].InstanceId"`,
    `aws ssm start-session --region ${region} --target ID     # each ID of that list; there: sudo terrace-status`,
  ],
  google: () => [],
};

/** A pod that does not answer gets no request; whether a server has what it needs, it says itself. */
function acknowledged({ changes, environment, platform, region }: PlanInput): readonly PlannedStep[] {
  return changes.some(({ verdict, after }) => verdict === 'move' && after?.kind === 'app-servers' && after.runtime !== 'pod')
    ? [
        {
          ...step('verify/servers', 'Each new server has fetched its release, and says so.', 'person', provider),
          commands: asked[platform](environment.name, region),
        },
      ]
    : [];
}

function cutover(input: PlanInput): readonly PlannedStep[] {
  const moves = dataMoves(input);
  return [
    ...moves.filter(({ change }) => isRelational(change.after)).map((move) => switchStep(move, input)),
    ...moves
      .filter(({ method }) => method === 'cache-replication')
      .map(({ change: { id } }) =>
        step(
          `cutover/${id}`,
          'The old cache refuses writes, offsets become equal, the new one is opened. The app writes there once its servers have fetched the release of the next deploy.',
          'cache-replication',
          provider,
        ),
      ),
    ...layerSteps.cutover(input),
    {
      ...deployed('cutover', input),
      id: 'cutover/route',
      what: `${routed(input)} ${meanwhile(input)}`,
      method: 'terraform',
    },
    ...moves
      .filter(({ method }) => method === 'object-copy')
      .map(({ change: { id } }) =>
        step(
          `cutover/${id}`,
          'The deploy has led writes to the new bucket; one last pass copies what came in between, and contract what late servers wrote.',
          'object-copy',
          {
            seconds: null,
            bytes: 0,
          },
        ),
      ),
    ...(input.platform === input.environment.platform ? [] : [delegation(input)]),
  ];
}

function switchStep(move: DataMove, input: PlanInput): PlannedStep {
  const {
    change: { id },
    method,
    gb,
  } = move;
  if (method === 'dump')
    return {
      ...step(
        `cutover/${id}`,
        `Nothing writes while the data are dumped and restored${isDriven(move) ? '' : ', by a person: run does not drive this'}.`,
        method,
        {
          seconds: seconds(gb * database.dumpSecondsPerGb.value + database.dumpAnalyzeSeconds.value),
          bytes: Math.round(gb * bytesPerGb),
        },
      ),
      reversible: false,
    };
  const { typicalMs } = pauseOf(input);
  return step(
    `cutover/${id}`,
    'Pauses every pooler, takes the login from the app, drains, sets sequences, prepares the way back, opens the new side, resumes.',
    'fence-and-switch',
    { seconds: typicalMs === null ? null : typicalMs / 1000, bytes: 0 },
  );
}

function delegation({ environment, to }: PlanInput): PlannedStep {
  return {
    ...step(
      'cutover/domain',
      "The domain's name servers change at the registrar. Both zones answer until every resolver has noticed, two days at most.",
      'person',
      { seconds: 48 * 3600, bytes: 0 },
    ),
    reversible: false,
    commands: [`terraform -chdir=cdktf.out/stacks/${to.id} output     # the new name servers of ${environment.name}`],
  };
}

function soak(input: PlanInput): readonly PlannedStep[] {
  const hashed = dataMoves(input).filter(isOnline);
  return [
    ...hashed.map(({ change: { id }, gb }) =>
      step(
        `soak/${id}-compare`,
        'Hashes every row on both sides in snapshots taken within the pause; a difference goes back by itself.',
        'compare',
        { seconds: seconds(gb * database.hashSecondsPerGb.value), bytes: 0 },
      ),
    ),
    ...hashed.map(({ change: { id } }) =>
      step(
        `soak/${id}-reverse`,
        'The old side follows the new one all the while, so that the way back loses nothing.',
        'logical-replication',
        { seconds: null, bytes: 0 },
      ),
    ),
    ...(runDrives(input) ? [] : [deployed('soak', input)]),
    ...layerSteps.soak(input),
    {
      ...step(
        'soak/watch',
        `${hashed.length === 0 ? 'Errors' : 'Lag, errors, slots'} and the product itself are watched for a day.`,
        'wait',
        {
          seconds: others.soakSeconds.value,
          bytes: 0,
        },
      ),
      commands: [`terrace promote status ${input.environment.name}`],
    },
    {
      ...step('soak/backup', 'A backup of the new side is restored beside it, and a row of a moment ago is looked for.', 'compare', {
        seconds: seconds(input.facts.databaseGb * database.dumpSecondsPerGb.value),
        bytes: Math.round(input.facts.databaseGb * bytesPerGb),
      }),
      commands: [`terrace drill ${input.environment.name} --settings drill.yaml`],
    },
  ];
}

function contract(input: PlanInput): readonly PlannedStep[] {
  const {
    environment: { name },
    resources: { forgotten, deleted },
  } = input;
  return [
    {
      ...step('contract/confirm', `A person says so: ${closed(input)}`, 'person', { seconds: null, bytes: 0 }),
      commands: [`terrace promote contract ${name} --confirm ${name}`],
    },
    ...layerSteps.contract(input),
    {
      ...step(
        'contract/apply',
        [forgets(forgotten.length), deletes(deleted.length)].filter((each) => each !== '').join(' '),
        'terraform',
        provider,
      ),
      reversible: false,
    },
  ];
}

/** What a person agrees to; a resize in place, or a dump, has closed some of the way back before. */
function closed(input: PlanInput): string {
  if (dataMoves(input).some(({ method }) => method === 'dump'))
    return 'what is left of the old side goes. The way back has been closed since the cutover.';
  return resizedForGood(input.changes).length === 0
    ? 'from here on the way back is closed.'
    : 'from here on requests cannot be led back any more (until now: rollback --keep-target). What was resized has been so for good since migrate.';
}

/** The phase is written into the environment file, reviewed like every change, and deployed. */
function deployed(phase: 'expand' | 'migrate' | 'cutover' | 'soak', input: PlanInput): PlannedStep {
  return {
    ...step(`${phase}/deploy`, 'Written into the environment file and deployed.', 'person', provider),
    commands: commandsTo(phase, input),
  };
}

function forgets(count: number): string {
  return count === 0
    ? ''
    : `Forgets ${counted(count, 'resource')} that held data or served it; they stand, and are paid for, until they are purged.`;
}

function deletes(count: number): string {
  return count === 0 ? '' : `Deletes ${counted(count, 'resource')} that the target has not.`;
}

function step(id: string, what: string, method: PlannedStep['method'], estimate: StepEstimate): PlannedStep {
  return { id, what, method, estimate, reversible: true };
}

/** Whole seconds, and never none where something is done. */
function seconds(value: number): number {
  return Math.max(1, Math.round(value));
}
