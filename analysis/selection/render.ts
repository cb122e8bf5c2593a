import { grouped } from '../../values/grouped';
import { figure } from '../capacity/render';
import { money } from '../pricing';
import { paragraph, table } from '../../values/text-table';
import type { Offer } from './offer';
import type { Alternative, Rejected, Selection } from './select';

const widest = 100;

/** A selection for a person: the tier, why it and when it ends, and why no other. */
export function renderSelection({ chosen, next, rejected, alternative, load, notes }: Selection): string {
  const asked = `${grouped(load.users[load.basis].value)} ${load.basis} users are ${figure(load.users.concurrent.value)} at a time and ${figure(load.requests.peak.value)} requests/s at the peak (${load.roadmap}).`;
  return [
    ...paragraph('', asked, widest),
    '',
    ...(chosen === undefined ? ['No tier fits.'] : chosenLines(chosen)),
    ...(next === undefined ? [] : paragraph('', `Next: ${next.tier}, due at ${grouped(next.at)} ${load.basis} users.`, widest)),
    ...(alternative === undefined ? [] : ['', ...alternativeLines(alternative, chosen)]),
    ...notes.flatMap((note) => ['', ...paragraph('', note, widest)]),
    '',
    ...rejectedLines(rejected.filter(({ monthly }) => monthly !== undefined)),
    ...notBuiltLines(rejected.filter(({ monthly }) => monthly === undefined)),
  ].join('\n');
}

function chosenLines({ stored, monthly, report }: Offer): readonly string[] {
  const { binding, headroom, availability, load } = report;
  const bound =
    binding === undefined ? '' : ` Binds first: ${binding.component}, ${binding.limit}, at ${grouped(binding.at)} ${load.basis} users.`;
  return [
    ...paragraph('', `Take ${stored.tier.id} (${stored.tier.name}) on ${stored.platform}: ${money(monthly)} USD a month.`, widest),
    ...paragraph('', `It carries ${figure(headroom)} times the load.${bound}`, widest),
    ...paragraph(
      '',
      `Availability by its parts: ${availability.percent} %${availability.meets ? '' : `, below the ${availability.objectivePercent} % that the tier promises`}.`,
      widest,
    ),
  ];
}

/** A variation is a proposal: environments deploy tiers as they stand. */
function alternativeLines({ tier, monthly, changes }: Alternative, chosen: Offer | undefined): readonly string[] {
  const saves = chosen === undefined ? '' : `, ${money(chosen.monthly.minus(monthly))} less`;
  const how = changes.map(({ component, from, to }) => `${component} ${from} -> ${to}`).join(', ');
  return paragraph(
    '',
    `A variation would do for ${money(monthly)} USD a month${saves}: ${tier} with ${how}. It is a change of the tier's data (tiers/), not of an environment file.`,
    widest,
  );
}

function rejectedLines(rejected: readonly Rejected[]): readonly string[] {
  if (rejected.length === 0) return [];
  const columns = [{ title: 'not taken' }, { title: 'platform' }, { title: 'USD/month', align: 'right' as const }, { title: 'why' }];
  const [title = '', rule = ''] = table(columns.slice(0, 3), rejected.map(cells), widest);
  const rows = table(columns.slice(0, 3), rejected.map(cells), widest).slice(2);
  return [
    `${title}  why`,
    `${rule}  ---`,
    ...rows.flatMap((row, index) => paragraph(`${row.padEnd(rule.length)}  `, rejected[index]?.why ?? '', widest)),
  ];
}

/** By platform: `Not built: tier4, tier5 on digitalocean; tier1 on aws.` */
function notBuiltLines(rejected: readonly Rejected[]): readonly string[] {
  const platforms = [...new Set(rejected.map(({ platform }) => platform))];
  const lists = platforms.map(
    (platform) =>
      `${rejected
        .filter((one) => one.platform === platform)
        .map(({ tier }) => tier)
        .join(', ')} on ${platform}`,
  );
  return lists.length === 0 ? [] : ['', ...paragraph('', `Not built: ${lists.join('; ')}.`, widest)];
}

function cells({ tier, platform, monthly }: Rejected): readonly string[] {
  return [tier, platform, monthly === undefined ? '' : money(monthly)];
}
