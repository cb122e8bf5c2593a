import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { answerNotValid } from '../errors';
import { download, type Patience } from './download';
import { type Offer, priceText } from './offer';

/** Where DigitalOcean publishes its sizes (digitalocean/openapi, GET /v2/sizes). */
export const digitalOceanApi = 'https://api.digitalocean.com';

const size = z.object({ slug: z.string().regex(/^[a-z0-9.-]{1,80}$/), price_monthly: z.number(), price_hourly: z.number() });

const page = z.object({
  sizes: z.array(size),
  meta: z.object({ total: z.int().min(0) }),
  links: z.object({ pages: z.object({ next: z.string().optional() }).optional() }).optional(),
});

/** Pages are of 200 sizes; there are fewer than that in all. */
const mostPages = 20;

/** What is needed to ask. */
export interface DigitalOceanOptions {
  readonly from: string;
  readonly token: string | undefined;
  /** YYYY-MM-DD, the day on which the prices are read. */
  readonly today: string;
  /** Folder for what is fetched. */
  readonly room: string;
  readonly patience?: Patience;
}

/** The prices of all droplet sizes. @throws TerraceError when one page is not as documented, or sizes are missing */
export async function digitalOceanOffers(options: DigitalOceanOptions): Promise<readonly Offer[]> {
  const found: z.infer<typeof size>[] = [];
  for (let number = 1; number <= mostPages; number += 1) {
    const url = `${options.from}/v2/sizes?per_page=200&page=${number}`;
    const answer = await pageOf(url, options);
    found.push(...answer.sizes);
    if (found.length === answer.meta.total) return offersOf(found, url, options.today);
    if (answer.sizes.length === 0 || found.length > answer.meta.total)
      throw answerNotValid(url, [
        { code: 'PRICES_INCOMPLETE', message: `it names ${found.length} sizes and says that there are ${answer.meta.total}.` },
      ]);
  }
  throw answerNotValid(options.from, [{ code: 'PRICES_INCOMPLETE', message: `it has more than ${mostPages} pages.` }]);
}

async function pageOf(url: string, { token, room, patience }: DigitalOceanOptions): Promise<z.infer<typeof page>> {
  const file = join(room, 'sizes.json');
  await download(url, token === undefined ? {} : { authorization: `Bearer ${token}` }, file, patience);
  const parsed = page.safeParse(parsedJson(url, readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw answerNotValid(
      url,
      parsed.error.issues
        .slice(0, 10)
        .map((issue) => ({ code: 'PRICES_SHAPE', where: issue.path.join('.') || 'the answer', message: `${issue.message}.` })),
    );
  return parsed.data;
}

function parsedJson(url: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw answerNotValid(url, [
      { code: 'PRICES_JSON', message: `it is not JSON, or was cut off: it ends in ${JSON.stringify(text.slice(-20))}.` },
    ]);
  }
}

function offersOf(sizes: readonly z.infer<typeof size>[], url: string, today: string): readonly Offer[] {
  const unpriced = sizes.filter((one) => priceText(one.price_monthly) === undefined || priceText(one.price_hourly) === undefined);
  if (unpriced.length > 0)
    throw answerNotValid(
      url,
      unpriced.map((one) => ({
        code: 'PRICES_NO_PRICE',
        where: one.slug,
        message: `its price is ${one.price_monthly} a month, ${one.price_hourly} an hour.`,
      })),
    );
  return sizes.flatMap((one) => offers(one, today));
}

/** CPU sizes have their monthly price, because billing stops at 672 hours; GPU sizes are billed every hour. */
function offers({ slug, price_monthly, price_hourly }: z.infer<typeof size>, today: string): readonly Offer[] {
  const common = { provider: 'digitalocean', sku: slug, region: 'all', source: 'api.digitalocean.com GET /v2/sizes', asOf: today };
  const monthly = { ...common, unit: 'month', price: priceText(price_monthly) ?? '' };
  if (!slug.startsWith('gpu-')) return [{ ...monthly, service: 'droplet' }];
  return [
    { ...common, service: 'gpu-droplet', unit: 'hour', price: priceText(price_hourly) ?? '' },
    { ...monthly, service: 'gpu-droplet' },
  ];
}
