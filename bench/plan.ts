import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installMirror } from '../terraform/standin/mirror';
import { programFailed } from './errors';
import type { Sample } from './measure';

type Json = Readonly<Record<string, unknown>>;

/** A plan that Terraform made, and how to have it printed. */
export interface BenchPlan {
  /** Whose resources it creates. */
  readonly provider: 'hashicorp/aws' | 'the stand-in of digitalocean/digitalocean';
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Folder of an own mirror of providers, for machines whose Terraform is not set up to find one. */
const mirrorVariable = 'TERRACE_PROVIDER_MIRROR';

/**
 * Plans so many resources of AWS, which needs no account, or where its provider cannot be had, of DigitalOcean on the stand-in.
 * @returns undefined where there is no Terraform
 */
export async function planOf(resources: number, room: string): Promise<BenchPlan | undefined> {
  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).status !== 0) return undefined;
  return (
    planned('hashicorp/aws', awsConfiguration(resources), join(room, 'aws-plan'), awsEnvironment(room)) ??
    planned(
      'the stand-in of digitalocean/digitalocean',
      digitalOceanConfiguration(resources),
      join(room, 'digitalocean-plan'),
      await standinEnvironment(room),
    )
  );
}

function planned(
  provider: BenchPlan['provider'],
  configuration: Json,
  folder: string,
  environment: NodeJS.ProcessEnv,
): BenchPlan | undefined {
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  const run = (...args: readonly string[]): { readonly ok: boolean; readonly said: string } => {
    const { status, stdout, stderr } = spawnSync('terraform', args, {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { ok: status === 0, said: `${stdout}${stderr}` };
  };
  if (!run('init', '-input=false').ok) return undefined;
  const plan = run('plan', '-input=false', '-refresh=false', '-out=plan');
  if (!plan.ok) throw programFailed('terraform plan', plan.said.slice(-2000));
  return { provider, folder, environment };
}

/** Prints the plan as JSON into a file; processor time of Terraform and its provider, as the shell counts it. */
export function printPlan({ folder, environment }: BenchPlan, file: string): Sample {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', 'terraform show -json plan > "$0" && times', file], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  const wall = performance.now() - began;
  if (status !== 0) throw programFailed('terraform show -json', stderr);
  return { cpu: childrenTime(stdout), wall };
}

/** Where `.ci/run` puts Checkov, which is asked last: on the PATH an own one may be. */
const checkovHome = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'terrace-checkov', 'bin');

/** Checkov over a plan as JSON, offline; processor time as the shell counts it. Undefined where it is not installed. */
export function checkovOver(plan: string): (() => Sample) | undefined {
  const env = {
    ...process.env,
    PATH: `${process.env['PATH'] ?? ''}:${checkovHome}`,
    LOG_LEVEL: 'ERROR',
    BC_SKIP_MAPPING: 'TRUE',
    CHECKOV_RUN_SCA_PACKAGE_SCAN_V2: 'false',
    ANSI_COLORS_DISABLED: '1',
  };
  if (spawnSync('sh', ['-c', 'command -v checkov'], { env, stdio: 'ignore' }).status !== 0) return undefined;
  return () => {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(
      'sh',
      [
        '-c',
        'checkov -f "$0" --framework terraform_plan --skip-download --compact --quiet --soft-fail -o json > "$0.checkov" && times',
        plan,
      ],
      { env, encoding: 'utf8' },
    );
    const wall = performance.now() - began;
    if (status !== 0) throw programFailed('checkov', stderr);
    return { cpu: childrenTime(stdout), wall };
  };
}

/** The second line of `times`: user and system time of children, `0m3.110000s 0m1.150000s`. In milliseconds. */
export function childrenTime(printed: string): number {
  const line = printed.trim().split('\n').at(-1) ?? '';
  return Array.from(line.matchAll(/(\d+)m([\d.]+)s/g), ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000).reduce(
    (sum, each) => sum + each,
    0,
  );
}

/** The same plan with every resource so many times over, each at an address of its own: its shape is still Terraform's. */
export function multiplied(file: string, times: number, target: string): void {
  const plan = JSON.parse(readFileSync(file, 'utf8')) as {
    planned_values: { root_module: { resources: Json[] } };
    resource_changes: Json[];
  };
  const again = (all: readonly Json[]): Json[] =>
    Array.from({ length: times }, (_, round) =>
      all.map((one) => ({
        ...one,
        address: String(one['address']).replace(/\[(\d+)\]$/, (_match, index: string) => `[${Number(index) + round * all.length}]`),
      })),
    ).flat();
  const { resources } = plan.planned_values.root_module;
  writeFileSync(
    target,
    JSON.stringify({
      ...plan,
      planned_values: { ...plan.planned_values, root_module: { resources: again(resources) } },
      resource_changes: again(plan.resource_changes),
    }),
  );
}

function awsEnvironment(room: string): NodeJS.ProcessEnv {
  const mirror = process.env[mirrorVariable];
  const common = { ...process.env, CHECKPOINT_DISABLE: '1', AWS_EC2_METADATA_DISABLED: 'true' };
  if (mirror === undefined) return common;
  const file = join(room, 'aws.tfrc');
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return { ...common, TF_CLI_CONFIG_FILE: file };
}

async function standinEnvironment(room: string): Promise<NodeJS.ProcessEnv> {
  const { cliConfig } = await installMirror(join(room, 'standin'));
  return { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: cliConfig };
}

const awsProvider = {
  region: 'us-east-1',
  access_key: 'none',
  secret_key: 'none',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: true,
};

/** A tenth each of ten types that people have most of. */
function awsConfiguration(resources: number): Json {
  const each = { count: resources / 10 };
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
    provider: { aws: awsProvider },
    resource: {
      aws_instance: {
        bench: { ...each, ami: 'ami-0123456789abcdef0', instance_type: 'm6i.large', tags: { Name: 'server-${count.index}' } },
      },
      aws_ebs_volume: { bench: { ...each, availability_zone: 'us-east-1a', size: 100, type: 'gp3' } },
      aws_s3_bucket: { bench: { ...each, bucket: 'bench-${count.index}' } },
      aws_sqs_queue: { bench: { ...each, name: 'queue-${count.index}' } },
      aws_lambda_function: {
        bench: {
          ...each,
          function_name: 'function-${count.index}',
          role: 'arn:aws:iam::123456789012:role/bench',
          runtime: 'nodejs20.x',
          handler: 'index.handler',
          s3_bucket: 'code',
          s3_key: 'code.zip',
          memory_size: 512,
        },
      },
      aws_db_instance: {
        bench: {
          ...each,
          identifier: 'database-${count.index}',
          engine: 'postgres',
          instance_class: 'db.m6g.large',
          allocated_storage: 100,
          storage_type: 'gp3',
          username: 'bench',
          manage_master_user_password: true,
          skip_final_snapshot: true,
        },
      },
      aws_cloudwatch_log_group: { bench: { ...each, name: 'log-${count.index}' } },
      aws_security_group: { bench: { ...each, name: 'group-${count.index}', description: 'bench' } },
      aws_eip: { bench: { ...each, domain: 'vpc' } },
      aws_cloudwatch_metric_alarm: {
        bench: {
          ...each,
          alarm_name: 'alarm-${count.index}',
          comparison_operator: 'GreaterThanThreshold',
          evaluation_periods: 2,
          metric_name: 'latency',
          namespace: 'bench',
          period: 60,
          statistic: 'Average',
          threshold: 1,
        },
      },
    },
  };
}

function digitalOceanConfiguration(resources: number): Json {
  const each = { count: resources / 5 };
  return {
    terraform: { required_providers: { digitalocean: { source: 'digitalocean/digitalocean' } } },
    provider: { digitalocean: { token: 'none' } },
    resource: {
      digitalocean_droplet: {
        bench: { ...each, name: 'server-${count.index}', region: 'fra1', size: 's-2vcpu-4gb', image: 'ubuntu-24-04-x64' },
      },
      digitalocean_volume: { bench: { ...each, name: 'volume-${count.index}', region: 'fra1', size: 100 } },
      digitalocean_tag: { bench: { ...each, name: 'tag-${count.index}' } },
      digitalocean_vpc: { bench: { ...each, name: 'network-${count.index}', region: 'fra1' } },
      digitalocean_reserved_ip: { bench: { ...each, region: 'fra1' } },
    },
  };
}
