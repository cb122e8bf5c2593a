import { counted } from '../../../values/counted';
import type { Way, WayPlan } from '../types';
import { listed } from './text';

/** `From tier2 to tier3`. */
export function wayTitle({ from, to }: Way): string {
  return `The way from ${from} to ${to}`;
}

/** What a reviewer asks first: what becomes of the data, for how long writes stand still, what it costs, what is open. */
export function wayFacts({ plan, text }: Way): readonly string[] {
  if (plan === undefined) return text.split('\n').filter((line) => line.trim() !== '');
  const toCheck = plan.open.filter(({ state }) => state === 'check').length;
  return [
    ...verdictFacts(plan.components),
    `Writes stand still: ${pauseText(plan.pause)} ${plan.pause.note}`,
    `$${plan.cost.before} a month before, $${plan.cost.during} while both sides stand, $${plan.cost.after} afterwards.`,
    ...plan.irreversible.map(({ what, from }) => `Cannot be undone from ${from} on: ${what}.`),
    ...plan.open.flatMap(({ state, what, remedy }) => (state === 'unmet' ? [`Not met: ${what} ${remedy}`] : [])),
    ...(toCheck === 0 ? [] : [`Before it starts, ${counted(toCheck, 'thing')} to look at, in the whole plan.`]),
  ];
}

function verdictFacts(components: WayPlan['components']): readonly string[] {
  const verdicts = [...new Set(components.map(({ verdict }) => verdict))].sort();
  return verdicts.map((verdict) => `${verdict}: ${listed(components.filter((one) => one.verdict === verdict).map(({ id }) => id))}.`);
}

function pauseText({ typicalMs, worstMs }: WayPlan['pause']): string {
  if (typicalMs === null) return 'no figure can be given.';
  return worstMs === null ? `${typicalMs} ms.` : `${typicalMs} ms typically, ${worstMs} ms at worst.`;
}
