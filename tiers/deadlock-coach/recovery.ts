import type { EngineRecovery } from '../tier';
import type { DatabaseEngine } from '../../components/distributed-database';

/** Minutes within which AWS Backup begins what its schedule names: the shortest window that it takes, which the schedule asks for. */
const beginsWithin = 60;

const [hour, day] = [60, 24 * 60];

/**
 * What comes back of the database of tier 6, by its engine. Sources: RDS writes the log of its instances to S3 every five minutes
 * (Amazon RDS user guide, Restoring a DB instance to a specified time); AWS Backup makes one of Aurora DSQL each hour at most, begun
 * within an hour (AWS Backup developer guide, Backup plan options, recalled 2026-11-22); Citus, AlloyDB and Spanner by what their
 * constructs configure. No restore of an engine other than shards has been practised, so that none of them has a time.
 */
export const recovery: Readonly<Record<DatabaseEngine, EngineRecovery>> = {
  shards: {
    rpoMinutes: 5,
    regionRpoMinutes: 5,
    rtoMinutes: 60,
    reason:
      'RDS writes its log away every five minutes. The copy in the second region is seldom more than a second behind, and an alarm tells when it is; that it is never more than five minutes is an assumption, nobody promises it.',
  },
  'aurora-dsql': {
    rpoMinutes: hour + beginsWithin,
    regionRpoMinutes: day + beginsWithin,
    rtoMinutes: null,
    witnessed: { regionRpoMinutes: 0 },
    reason:
      'A backup each hour, and one each day that is copied to the second region; each begins within an hour of its time, and what it takes itself is not counted. It has no log to go back in. With `database.witness` both regions have every write.',
  },
  citus: {
    rpoMinutes: day,
    regionRpoMinutes: null,
    rtoMinutes: null,
    reason:
      'Coordinator and workers come back together by the backup of each day. Changes since are written away as well, but only when 16 MB of them are full, and to bring all groups to one moment of them is not built. The bucket is in the home region.',
  },
  alloydb: {
    rpoMinutes: 5,
    regionRpoMinutes: null,
    rtoMinutes: null,
    reason: 'Every moment of 14 days; five minutes are an assumption, Google states none. All of it is in its region.',
  },
  spanner: {
    rpoMinutes: day,
    regionRpoMinutes: null,
    rtoMinutes: null,
    reason:
      'A backup each day. The moments of 7 days are kept in the database itself: they undo a mistake, and go with a database that is lost. All of it is in its region.',
  },
};
