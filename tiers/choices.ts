import type { DatabaseEngine } from '../components/distributed-database';
import type { Component, ComponentOf } from '../components/component';
import type { ServiceNeeds } from '../components/services';
import { withServices } from '../components/with-services';
import { withMap, type WrittenShards } from '../components/shard-map';
import { ladder, tier } from '.';
import type { Objectives, Tier } from './tier';

/** What an environment chooses within its tiers. */
export interface Choices {
  /** @default - shards are kept: a line that is missing must never take data down */
  readonly database?:
    | {
        readonly engine: DatabaseEngine;
        /** @default - the tier's own shards, buckets dealt out evenly */
        readonly shards?: WrittenShards | undefined;
        /** Storage that AWS has agreed to for distributed SQL, in TiB. @default - what an account has unasked */
        readonly storageTib?: number | undefined;
        /** Region that keeps the log of distributed SQL in two regions. @default - it stands in the home region alone */
        readonly witness?: string | undefined;
      }
    | undefined;
  /** Further services of the product, by their names. @default - none */
  readonly services?: Readonly<Record<string, ServiceNeeds>> | undefined;
  /** @default - no event stream where it is a choice */
  readonly events?: Pick<ComponentOf<'event-stream'>, 'brokers' | 'retentionHours' | 'topics'> | undefined;
}

/** A tier as an environment with these choices has it. */
export function chosen(own: Tier, { database, services = {}, events }: Choices): Tier {
  const components = own.components.map((each) => (each.kind === 'distributed-database' ? databaseWith(each, database) : each));
  const mapped = components.map((each) =>
    each.kind === 'sharded-database' && database?.shards !== undefined ? withMap(each, database.shards) : each,
  );
  const asked = events === undefined ? [] : (own.optional ?? []).map((each) => ({ ...each, ...events }));
  return {
    ...own,
    objectives: objectivesWith(own.objectives, database),
    components: [...withServices(mapped, Object.values(services).map(needsOf)), ...asked],
  };
}

/** Of what a file says of a service, what a tier has to carry. */
function needsOf({ pods, vcpus, memoryGib }: ServiceNeeds): ServiceNeeds {
  return { pods, vcpus, memoryGib };
}

function databaseWith(component: ComponentOf<'distributed-database'>, database: Choices['database']): Component {
  const { engine = 'shards', storageTib, witness } = database ?? {};
  if (engine === 'shards') return component.keeps;
  return { ...component, engine, ...(storageTib === undefined ? {} : { storageTib }), ...(witness === undefined ? {} : { witness }) };
}

/** What comes back of a database is what its engine gives, where the tier leaves a choice of them. */
function objectivesWith(own: Objectives, database: Choices['database']): Objectives {
  const { engine = 'shards', witness } = database ?? {};
  const of = own.byEngine?.[engine];
  if (of === undefined) return own;
  const { rpoMinutes, regionRpoMinutes, rtoMinutes, witnessed } = of;
  return { ...own, rpoMinutes, regionRpoMinutes, rtoMinutes, ...(witness === undefined ? {} : witnessed) };
}

/** The ladder as an environment with these choices has it, lowest tier first. */
export function ladderOf(choices: Choices): readonly Tier[] {
  return ladder.map((each) => chosen(each, choices));
}

/** The tier of this name as an environment with these choices has it. @throws `TIER_UNKNOWN` */
export function tierOf(id: string, choices: Choices): Tier {
  return chosen(tier(id), choices);
}
