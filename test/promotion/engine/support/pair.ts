import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromotionSettings } from '../../../../promotion/engine/settings';
import { openSession } from '../../../../promotion/postgres/session';
import type { Clusters } from '../../../../promotion/rehearse/clusters';
import { copyCluster, freePort, own, type Server, startServer } from '../../../../promotion/rehearse/servers';
import { scratch } from '../../../support/scratch';

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
