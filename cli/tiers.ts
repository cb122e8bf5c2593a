import { checkLoad, shortfallOf } from '../analysis/capacity';
import { figure } from '../analysis/capacity/render';
import { listBook, money, type PriceBook } from '../analysis/pricing';
import { growthCurve, loads, notBuilt, type Offer, offerOf, sparkline, storedTiers } from '../analysis/selection';
import { grouped } from '../values/grouped';
import { paragraph, table } from '../values/text-table';
import type { Objectives } from '../tiers/tier';
import { printJson } from './answer';
import type { Io } from './io';

/** Shows the ladder. */
export async function tiersCommand(options: { readonly json?: boolean }, io: Io): Promise<number> {
  const book = listBook();
  const offers = storedTiers.map((stored) => offerOf(stored, { checked: checkLoad({ users: stored.tier.dailyUsers }) }, book));
  if (options.json === true)
    printJson(
      {
        tiers: [
          ...offers.map(offered),
          ...notBuilt.map(({ tier, platform }) => ({
            tier: tier.id,
            name: tier.name,
            platform,
            dailyUsers: tier.dailyUsers,
            built: false,
          })),
        ],
      },
      io,
    );
  else io.out(`${[...page(offers), '', ...curve(book)].join('\n')}\n`);
  return Promise.resolve(0);
}

function offered({ stored: { tier, platform }, monthly, carries, report }: Offer) {
  const { binding, headroom, availability } = report;
  return {
    tier: tier.id,
    name: tier.name,
    platform,
    dailyUsers: tier.dailyUsers,
    built: true,
    carries,
    monthly: money(monthly),
    perDailyUser: money(monthly.div(tier.dailyUsers)),
    headroom: Number(headroom.toPrecision(6)),
    binding: binding === undefined ? null : { component: binding.component, limit: binding.limit, at: binding.at },
    recovery: recoveryOf(tier.objectives),
    availability: { percent: availability.percent, objectivePercent: availability.objectivePercent, meets: availability.meets },
  };
}

/** What can be lost with the database, and by its engine where the tier leaves a choice of them. */
function recoveryOf({ rpoMinutes, regionRpoMinutes, rtoMinutes, byEngine }: Objectives) {
  return {
    rpoMinutes,
    ...(regionRpoMinutes === undefined ? {} : { regionRpoMinutes }),
    rtoMinutes,
    ...(byEngine === undefined ? {} : { byEngine }),
  };
}

function page(offers: readonly Offer[]): readonly string[] {
  const right = 'right' as const;
  const columns = [
    { title: 'tier' },
    { title: 'name' },
    { title: 'platform' },
    { title: 'for', align: right },
    { title: 'carries', align: right },
    { title: 'USD/month', align: right },
    { title: 'a user', align: right },
    { title: 'headroom', align: right },
    { title: 'binds first', shrinkTo: 12 },
  ];
  return [
    ...table(
      columns,
      [
        ...offers.map(row),
        ...notBuilt.map(({ tier, platform }) => [tier.id, tier.name, platform, grouped(tier.dailyUsers), '', '', '', '', 'not built']),
      ],
      120,
    ),
    ...offers.flatMap(shortLines),
    '',
    'for: the daily users that the roadmap gives the tier. carries: the daily users that it carries with a quarter to spare.',
    'USD/month: list price of the typical month, at the users it is for. headroom: how many times these users it carries.',
  ];
}

/** A tier that does not carry the users that it is for says why, and what to do. */
function shortLines({ stored: { tier, platform }, report }: Offer): readonly string[] {
  const short = shortfallOf(report);
  return short === undefined ? [] : ['', ...paragraph(`${tier.id} on ${platform}: `, short, 100)];
}

/** What the cheapest tier costs, and how much of it is left, while the load grows. */
function curve(book: PriceBook): readonly string[] {
  const points = growthCurve(book, loads(10, 3000, 60));
  return [
    `cost      ${sparkline(points.map(({ monthly }) => monthly))}`.trimEnd(),
    `headroom  ${sparkline(points.map(({ headroom }) => (headroom === undefined ? undefined : Math.log(headroom))))}`.trimEnd(),
    '          of the cheapest tier for 10 to 3,000 daily users, evenly on a logarithmic scale; blank where none fits',
  ];
}

function row({ stored: { tier, platform }, monthly, carries, report }: Offer): readonly string[] {
  const bound = report.binding === undefined ? '' : `${report.binding.component}: ${report.binding.limit}`;
  return [
    tier.id,
    tier.name,
    platform,
    grouped(tier.dailyUsers),
    grouped(carries),
    money(monthly),
    money(monthly.div(tier.dailyUsers)),
    `${figure(report.headroom)} x`,
    bound,
  ];
}
