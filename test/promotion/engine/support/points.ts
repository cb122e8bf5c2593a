import { CHANGE_STEPS, COPY_STEPS } from '../../../../promotion/rehearse/kills';

const around = (...steps: readonly string[]): string[] => steps.flatMap((step) => [`${step}.before`, `${step}.acted`]);

/** Where an engine is killed: before and after every act, and between the parts of an act. */
export const points = {
  copy: [...around(...COPY_STEPS), 'published.facts', 'schema.dumped', 'copied.keys', 'indexed.one'],
  change: [
    ...around(...CHANGE_STEPS),
    'way.tried',
    'fenced.paused',
    'fenced.shut',
    'reversible.cleaned',
    'reversible.slot',
    'reversing.dropped',
  ],
  /** Where a copy is made again whose mark was lost: the table has left the stream and not come back. */
  again: ['copied.left'],
  /** With several servers on the new side: the first one opens at the commit point, the others after it. */
  shards: around('opened-rest'),
  givenUp: ['given-up.before', 'given-up.reopened', 'given-up.acted'],
  abandoned: ['cleared.links', 'cleared.copies'],
  contracted: ['cleared.links'],
  /** By a dump each act begins where the one before it has ended. */
  dumpTry: ['prepared.before', 'prepared.acted', 'dumped', 'tried.acted'],
  dumpWindow: [
    ...['emptied', 'fenced', 'dumped and restored', 'analyzed', 'compared', 'verified', 'opened', 'routed'].map((act) => `${act}.acted`),
    'fenced.paused',
    'fenced.shut',
    'dumped',
  ],
} as const;

/** Of a cache that holds state. */
export const cachePoints = {
  copy: around('unpaused', 'begun', 'followed', 'compared'),
  change: around('closed', 'paused', 'fenced', 'stood-alone', 'opened', 'unpaused', 'marked', 'routed', 'begun', 'followed', 'compared'),
  /** Not before each act as well: that is after the one before it. */
  back: ['closed', 'paused', 'fenced', 'stood-alone', 'opened', 'unpaused', 'marked', 'routed', 'begun', 'followed'].map(
    (act) => `${act}.acted`,
  ),
  letGo: ['reopened.before', 'reopened.acted', 'unpaused.acted'],
  contracted: around('retired', 'parted', 'forgotten'),
  abandoned: around('parted', 'freed', 'forgotten'),
} as const;

/** Of objects. */
export const objectPoints = {
  copy: around('noted-begun', 'written', 'noted-copied'),
  change: around('noted-opened', 'routed', 'written', 'noted-moved'),
  back: around('written', 'noted-reversing', 'routed', 'noted-copied'),
  ended: around('note-removed'),
} as const;
