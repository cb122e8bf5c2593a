import { openSession, pause, type Session } from '../../../promotion/postgres/session';
import { closeTwins, converging, openTwins } from '../../../promotion/postgres/verify';
import { refused } from './support/asked';
import { type Pair, pairForEach } from './support/pair';
import { withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

withServers()(
  'what is written faster than both sides are read is no difference: the comparison ends and says so; what stays as it is, is one',
  async () => {
    // Of a database of its own, so that there is one table, and nothing carries it over.
    const sides = [pair.source, pair.target].map(({ settings }) => ({ ...settings, database: 'postgres' }));
    const [source, target] = (await Promise.all(sides.map((side) => openSession(side)))) as [Session, Session];
    for (const session of [source, target])
      await session.rows('create table public.hot (id int primary key, n int); insert into public.hot values (1, 0), (2, 0)');
    const compared = async (milliseconds: number): Promise<readonly string[]> => {
      const twins = await openTwins([source], [target], false);
      return await converging(twins, () => false, milliseconds).finally(() => closeTwins(twins));
    };
    expect(await compared(500)).toEqual([]);

    const written = { go: true };
    const counting = (async () => {
      for (let n = 1; written.go; n += 1, await pause(5))
        await Promise.all([
          source.rows(`update public.hot set n = ${2 * n} where id = 1`),
          target.rows(`update public.hot set n = ${2 * n + 1} where id = 1`),
        ]);
    })();
    const found = await refused(compared(1500));
    expect(found).toMatchObject({ code: 'PROMOTION_UNSETTLED', exit: 30 });
    expect(found.text).toContain('(public.hot)');
    written.go = false;
    await counting;

    // A row is missing among others that come at the same time on both sides.
    await target.rows('truncate public.hot; insert into public.hot select id, n from (values (1, 1)) as v (id, n)');
    await source.rows('update public.hot set n = 1 where id = 1');
    const coming = { go: true };
    const adding = (async () => {
      for (let id = 10; coming.go; id += 1, await pause(20))
        await Promise.all([source, target].map((session) => session.rows(`insert into public.hot values (${id}, ${id})`)));
    })();
    expect(await compared(1500)).toEqual(['public.hot: still different']);
    coming.go = false;
    await adding;
    for (const session of [source, target]) session.close();
  },
  120_000,
);
