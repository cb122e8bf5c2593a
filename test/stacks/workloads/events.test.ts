import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tierOf } from '../../../tiers/choices';
import { startStandin } from '../../../terraform/standin/server';
import { needs } from '../../support/needs';
import { surroundings } from '../../support/on-standin';
import { scratch } from '../../support/scratch';
import { authority, layers, twoRegions } from './fixture';

const events = { brokers: 3, retentionHours: 72, topics: { orders: 12 } };

needs('terraform')(
  'pods find the brokers, who they are there and the authority line by line, and reach the port: by real Terraform on the stand-in',
  async () => {
    const environment = twoRegions('digitalocean', { events });
    const state = join(scratch(), 'objects.json');
    const standin = await startStandin({ state, providers: ['kubernetes', 'helm'] });
    try {
      const { platform, workloads } = layers(scratch(), environment, { tier: tierOf('tier5', { events }) });
      const run = async (cwd: string, ...args: readonly string[]): Promise<string> =>
        (await promisify(execFile)('terraform', [...args, '-no-color'], { cwd, env: surroundings(cwd, standin), maxBuffer: 1 << 28 }))
          .stdout;
      for (const folder of [platform, workloads]) {
        await run(folder, 'init', '-input=false');
        await run(folder, 'apply', '-auto-approve');
      }
      expect(await run(workloads, 'plan', '-detailed-exitcode')).toContain('No changes.');
    } finally {
      await standin.stop();
    }
    const { objects } = JSON.parse(readFileSync(state, 'utf8')) as {
      readonly objects: Readonly<Record<string, Readonly<Record<string, { readonly data?: Readonly<Record<string, string>> }>>>>;
    };
    const told = Object.values(objects['kubernetes_secret_v1'] ?? {}).filter(({ data }) => data?.['KAFKA_BROKERS'] !== undefined);
    expect(told).toHaveLength(2);
    for (const { data } of told)
      expect(data).toMatchObject({
        KAFKA_BROKERS: 'events.example.test:25080',
        TERRACE_KAFKA_USER: 'app',
        TERRACE_KAFKA_PASSWORD: "it's the password of events",
        TERRACE_KAFKA_CA: authority,
      });
    const policies = JSON.stringify(objects['kubernetes_network_policy_v1']);
    expect(policies).toContain('"25080"');
  },
  300_000,
);
