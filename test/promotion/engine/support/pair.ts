import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromotionSettings } from '../../../../promotion/engine/settings';
import { openSession } from '../../../../promotion/postgres/session';
import type { Clusters } from '../../../../promotion/rehearse/clusters';
import { copyCluster, freePort, own, type Server, serverFolders, startServer } from '../../../../promotion/rehearse/servers';
import { scratch } from '../../../support/scratch';
import { templates } from './servers';

/** A full server and an empty one, with nobody writing. */
export interface Pair {
  readonly source: Server;
  readonly target: Server;
  readonly settings: PromotionSettings;
  readonly folder: string;
  readonly sql: (side: 'source' | 'target', text: string) => Promise<unknown>;
  /** The settings as a file for the command line. */
  readonly file: (more?: object) => string;
  readonly end: () => Promise<void>;
}

export async function openPair(clusters: Clusters, before: (folder: string) => void = () => undefined): Promise<Pair> {
  const folder = scratch('terrace-pair-');
  chmodSync(folder, 0o755);
  own(folder);
  before(folder);
  const start = async (side: 'source' | 'target'): Promise<Server> => {
    await copyCluster(clusters[side].data, join(folder, side));
    return await startServer(clusters[side].installation, join(folder, side), await freePort());
  };
  const [source, target] = await Promise.all([start('source'), start('target')]);
  const endpoint = join(folder, 'endpoint.json');
  const { host, port, database } = source.settings;
  writeFileSync(endpoint, JSON.stringify({ host, port, database }));
  const settings: PromotionSettings = {
    id: 'test',
    source: source.settings,
    targets: [target.settings],
    route: { kind: 'file', file: endpoint },
    journal: join(folder, 'journal.jsonl'),
    windowSeconds: 5,
    stillSeconds: 6,
  };
  return {
    source,
    target,
    settings,
    folder,
    sql: async (side, text) => {
      const session = await openSession((side === 'source' ? source : target).settings);
      return await session.value(text, undefined, 60_000).finally(session.close);
    },
    file: (more = {}) => {
      const path = join(folder, 'promotion.yaml');
      writeFileSync(path, JSON.stringify({ ...settings, ...more }));
      return path;
    },
    end: async () => void (await Promise.all([source.kill(), target.kill()])),
  };
}

/** A pair for each test of a file, which ends with it. What a test has begun on it is to be ended in an `afterEach` above. */
export function pairForEach(give: (pair: Pair, clusters: Clusters) => void): void {
  let [clusters, pair]: [Clusters | undefined, Pair | undefined] = [undefined, undefined];
  beforeAll(async () => {
    if (serverFolders().length > 0) clusters = await templates();
  }, 120_000);
  beforeEach(async () => {
    if (clusters === undefined) return;
    pair = await openPair(clusters);
    give(pair, clusters);
  }, 180_000);
  afterEach(() => pair?.end());
}
