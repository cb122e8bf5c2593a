import { grouped } from '../../values/grouped';
import { rounded } from '../../values/measure';
import type { AvailabilityPart, AvailabilityReport } from './availability';
import { type CapacityReport, type LimitUse, requiredHeadroom } from './report';

/** Where a tier carries less than its load: what binds, what lifts that, and how far the limit behind it lets it go. Undefined where it carries it. */
export function shortfallOf({ carries, binding, headroom, load, components }: CapacityReport): string | undefined {
  if (carries || binding === undefined) return undefined;
  const asked = load.users[load.basis].value;
  const users = (reach: number): string => grouped(carriedUsers(reach, asked));
  const next = nextLimit(components, headroom);
  return [
    `It carries ${users(headroom)} of ${grouped(asked)} ${load.basis} users: ${binding.component}, ${binding.limit}, is full at ${grouped(binding.at)}.`,
    `What lifts it: ${binding.lift}.`,
    ...(next === undefined
      ? []
      : [`The limit behind it, ${next.component}, ${next.limit.name}, lets it carry ${users(next.limit.reach)}.`]),
  ].join(' ');
}

/** Users that are carried with the headroom that there must be. */
export function carriedUsers(reach: number, users: number): number {
  return Math.floor(((reach * users) / requiredHeadroom) * (1 + 1e-12));
}

/** The first limit behind the one that binds. */
function nextLimit(components: CapacityReport['components'], headroom: number): { component: string; limit: LimitUse } | undefined {
  const all = components.flatMap(({ id, limits }) => limits.map((limit) => ({ component: id, limit })));
  const later = all.filter(({ limit: { reach } }) => Number.isFinite(reach) && reach > headroom);
  return later.sort((one, other) => one.limit.reach - other.limit.reach)[0];
}

/** What of an objective of availability is missing, and which parts would have to promise what. Undefined where it is met. */
export function missingAvailability({ meets, percent, objectivePercent, parts }: AvailabilityReport): string | undefined {
  // Of several that are enough alone, all together are there nearly always.
  const weak = parts.filter(({ required, share }) => required && share < 0.999999);
  const [weakest] = [...weak].sort((one, other) => one.share - other.share);
  if (meets || weakest === undefined) return undefined;
  const others = weak.filter((part) => part !== weakest).reduce((share, part) => share * part.share, 1);
  const needed = objectivePercent / 100 / others;
  return `Missing: ${rounded(objectivePercent - percent, 3)} points. ${
    needed < 0.999999
      ? `${weakest.component} would have to promise ${upwards(needed)}, and promises ${percentOf(weakest)}.`
      : `No part alone makes up for it: ${names(weak)} would have to promise ${upwards((objectivePercent / 100) ** (1 / weak.length))} each, and ${weak.length === 1 ? 'promises' : 'promise'} ${weak.map(percentOf).join(' and ')}; or a second of each would have to take over.`
  }`;
}

function names(parts: readonly AvailabilityPart[]): string {
  return parts.map(({ component }) => component).join(' and ');
}

function percentOf({ share }: AvailabilityPart): string {
  return `${rounded(share * 100)} %`;
}

/** Rounded down it would not be enough. */
function upwards(share: number): string {
  return `${Math.ceil(rounded(share * 1e7, 10)) / 1e5} %`;
}
