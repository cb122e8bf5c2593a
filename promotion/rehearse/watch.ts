import { openSession, pause, type ServerSettings, type Session } from '../postgres/session';

/** Looks all the time at who is open. */
export interface Watch {
  /** How often both sides were seen open. */
  readonly stop: () => Promise<number>;
}

/** Milliseconds between two looks. */
const EVERY = 15;

/** Reads the source, the target and the source again: only if it was open before and after the target was seen open were both. */
export function watchSides(source: ServerSettings, targets: readonly ServerSettings[], role = 'app'): Watch {
  let [stopped, both] = [false, 0];
  const sessions = new Map<ServerSettings, Session>();
  const look = async (server: ServerSettings): Promise<boolean> => {
    const session = sessions.get(server) ?? (await openSession(server, 500, 'rehearsal watch'));
    sessions.set(server, session);
    try {
      return (await session.value('select rolcanlogin from pg_roles where rolname = $1', [role], 2000)) === true;
    } catch (error) {
      session.close();
      sessions.delete(server);
      throw error;
    }
  };
  const work = (async () => {
    for (; !stopped; await pause(EVERY)) {
      const seen = await Promise.resolve()
        .then(async () => (await look(source)) && (await Promise.all(targets.map(look))).some(Boolean) && look(source))
        .catch(() => false);
      if (seen) both += 1;
    }
    for (const session of sessions.values()) session.close();
  })();
  return {
    stop: async () => {
      stopped = true;
      await work;
      return both;
    },
  };
}
