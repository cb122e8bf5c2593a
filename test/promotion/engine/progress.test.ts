import { promote } from '../../../promotion/engine/promote';
import type { Progress } from '../../../promotion/engine/work';
import { type Copied, copiedLine, secondsLeft } from '../../../promotion/postgres/copied';
import { ready } from './support/asked';
import { type Pair, pairForEach } from './support/pair';
import { withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

withServers()(
  'a copy tells tables, rows and bytes, until all of them are there',
  async () => {
    await pair.sql(
      'source',
      `insert into public.messages (user_id, role, body) select 1, 'user', repeat(md5(i::text), 20) from generate_series(1, 60000) i`,
    );
    await pair.sql('source', 'analyze');
    const news: Progress[] = [];
    await promote(pair.settings, ready, { progress: (line) => news.push(line) });
    const copies = news.filter(({ step, ms }) => step === 'copied' && ms === undefined) as unknown as readonly Copied[];
    expect(copies.length).toBeGreaterThan(1);
    for (const each of copies) {
      expect(each).toMatchObject({ tables: 8, totalRows: copies[0]?.totalRows, totalBytes: copies[0]?.totalBytes });
      expect(each.bytes).toBeLessThanOrEqual(each.totalBytes);
      expect(each.rows).toBeLessThanOrEqual(each.totalRows);
    }
    const [first, last] = [copies[0], copies.at(-1)] as [Copied, Copied];
    expect(first.totalRows).toBeGreaterThan(60_000);
    expect(first.totalBytes).toBeGreaterThan(40e6);
    expect(last.bytes).toBeGreaterThan(first.bytes);
  },
  120_000,
);

test('what is left takes as long as what is there took, and is not told before there is a rate', () => {
  expect([secondsLeft(0, 100, 5000), secondsLeft(10, 100, 100), secondsLeft(50, 100, 2000)]).toEqual([undefined, undefined, 4]);
  const copied = { ready: 3, tables: 8, rows: 12_345, totalRows: 20_000, bytes: 4_500_000, totalBytes: 1_234_000_000 };
  expect(copiedLine(copied)).toBe('3 of 8 tables copied, 12,345 of about 20,000 rows, 4.5 of 1,234 MB');
  expect(copiedLine({ ...copied, totalRows: 0, secondsLeft: 7 })).toBe('3 of 8 tables copied, 4.5 of 1,234 MB, about 7 s left');
});
