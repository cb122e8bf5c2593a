'use strict';

// The built engine, made to die at each point of a list once (the file TEST_CRASHES), to stand still at one (TEST_STALL), or to do one thing
// wrong (TEST_MUTANT). It notes every point that it meets (the file TEST_REACHED).
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '../../../../dist/promotion');
const { main } = require(join(built, 'engine/main.js'));
const endings = require(join(built, 'engine/ending.js'));
const { working } = require(join(built, 'engine/promote.js'));
const { moverOf } = require(join(built, 'movers/mover-of.js'));
const { move } = require(join(built, 'movers/move.js'));
const { actions } = require(join(built, 'postgres/actions.js'));
const { linksTo, publish } = require(join(built, 'postgres/links.js'));
const fence = require(join(built, 'postgres/fence.js'));
const prepare = require(join(built, 'postgres/prepare.js'));
const { readJournal } = require(join(built, 'journal/journal.js'));
const dialect = require(join(built, 'postgres/dialect.js'));
const catalog = require(join(built, 'postgres/catalog.js'));
const { peerConnection } = require(join(built, 'postgres/session.js'));

const nothing = async () => undefined;
const { TEST_CRASHES: crashes, TEST_LAG: lag, TEST_MUTANT: mutant, TEST_REACHED: reached, TEST_STALL: stall } = process.env;

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

function reach(point) {
  // Time to stop who applies changes, before writes are held back.
  if (lag !== undefined && point === 'caught-up.after') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(lag));
  if (reached !== undefined) appendFileSync(reached, `${point}\n`);
  if (point === stall) process.kill(process.pid, 'SIGSTOP');
  if (crashes === undefined) return;
  const left = readFileSync(crashes, 'utf8').split('\n').filter(Boolean);
  if (!left.includes(point)) return;
  writeFileSync(crashes, left.filter((other) => other !== point).join('\n'));
  die();
}

/** What each mutant does instead of the engine's own action. */
const mutants = {
  'no fence': () => ({ shut: nothing, expel: nothing }),
  'no terminate': () => ({ expel: nothing }),
  'no drain': () => ({ drain: nothing }),
  // The order shows only when the engine dies between the two.
  'open before drain': () => ({
    drain: async (work, change) => {
      await fence.open(
        work.sides[change.to][0],
        JSON.parse(await work.sides.source[0].value("select value from terrace_promotion.facts where name = 'roles'")),
        change.epoch,
      );
      die();
    },
  }),
  // A slot made before the fence holds changes that came from the other side, and sends them back there.
  'stale reverse slot': () => ({
    shut: async (work, change, roles) => {
      for (const link of linksTo(work, change.from)) {
        await publish(work, link, false);
        if ((await catalog.slot(link.publisher, link.name)) === undefined)
          await link.publisher.rows(`select pg_create_logical_replication_slot('${link.name}', 'pgoutput')`);
      }
      await new Promise((done) => setTimeout(done, 400));
      await actions.shut(work, change, roles);
    },
    wayBack: async (work, change) => {
      for (const link of linksTo(work, change.from))
        if ((await catalog.subscription(link.subscriber, link.name)) === undefined)
          await dialect.dialectOf(link.subscriber).create({
            name: link.name,
            connection: peerConnection(link.publisher.server),
            publication: link.publication,
            copy: false,
            binary: false,
            createSlot: false,
            enabled: false,
          });
    },
  }),
  'no sequences': () => ({ sequences: nothing }),
  'verify skipped': () => ({ compare: async () => [] }),
  'journal trusted over facts': () => {
    const honest = prepare.preparation;
    prepare.preparation = (work) => {
      const done = new Set(
        readJournal(work.settings.journal)
          .filter(({ phase }) => phase === 'done')
          .map(({ step }) => step),
      );
      return honest(work).map((step) => ({ name: step.name, done: async () => done.has(step.name), act: () => step.act() }));
    };
    return {};
  },
};

if (mutant !== undefined && mutants[mutant] === undefined) throw new Error(`no mutant ${mutant}`);
const changed = mutant === undefined ? {} : mutants[mutant]();
const options = { reach, actions: { ...actions, ...changed }, patience: Number(process.env.TEST_PATIENCE ?? 60000) };

/** A goal may be an end: `abandon` or `contract`, or `cleanUp` of a mover. The mover of the settings' kind; the engine where they name none. */
async function run([file, goal]) {
  const settings = JSON.parse(readFileSync(file, 'utf8'));
  const { end } = JSON.parse(goal);
  if (end === 'cleanUp')
    return await moverOf(settings, options)
      .cleanUp()
      .then(() => 0);
  if (end !== undefined) return await working(settings, endings[end], options).then(() => 0);
  if (settings.kind === undefined) return await main([file, goal], options);
  const { waiting } = await move(moverOf(settings, options), JSON.parse(goal));
  return waiting ? 10 : 0;
}

void run(process.argv.slice(2)).then((code) => process.exit(code));
