import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printJson } from '../answer';
import type { RefreshFlags } from '../cost-commands';
import { choiceOf } from '../input/choice';
import type { Io } from '../io';
import { columns } from '../table';
import { packageFile } from '../../terraform/package-root';
import { readBook, type Refreshed, refreshedBook, writeBook } from './book-files';
import { tokenMissing, urlNotAllowed } from './errors';
import { awsOffers, awsPriceLists } from './fetch/aws';
import { digitalOceanApi, digitalOceanOffers } from './fetch/digitalocean';
import type { Patience } from './fetch/download';
import type { Offer } from './fetch/offer';
import { dayOf } from './today';

/** What a refresh asks, and which files of the book it writes. */
interface Source {
  readonly files: readonly string[];
  /** See `refreshedBook`. */
  readonly grows: 'all' | 'commitments';
  readonly offers: (ask: Ask) => Promise<readonly Offer[]>;
}

interface Ask {
  readonly flags: RefreshFlags;
  readonly io: Io;
  readonly today: string;
  readonly room: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly patience: Patience;
}

const sources: Readonly<Record<'digitalocean' | 'aws', Source>> = {
  digitalocean: {
    files: ['digitalocean/prices.csv'],
    grows: 'all',
    offers: ({ flags, io, today, room, patience }) => {
      const from = fromOf(flags.from, digitalOceanApi);
      return digitalOceanOffers({ from, token: tokenFor(from, io), today, room, patience });
    },
  },
  aws: {
    files: ['aws/prices-compute.csv', 'aws/prices-databases.csv'],
    grows: 'commitments',
    offers: ({ flags, room, texts, patience }) =>
      awsOffers({
        from: fromOf(flags.from, awsPriceLists),
        regions: flags.region === undefined ? regionsIn(texts) : [flags.region],
        room,
        patience,
      }),
  },
};

/** Fetches published prices and writes what changed into the book's files. Nothing is written before everything was read. */
export async function refreshPrices(flags: RefreshFlags, io: Io, patience: Patience = {}): Promise<number> {
  const today = dayOf(flags.today);
  const chosen =
    flags.provider === undefined
      ? (['digitalocean', 'aws'] as const)
      : [choiceOf('provider', flags.provider, ['digitalocean', 'aws'] as const, 'aws')];
  const folder = flags.book === undefined ? packageFile('catalog') : resolve(io.cwd, flags.book);
  const room = mkdtempSync(join(tmpdir(), 'terrace-prices-'));
  try {
    const parts: Refreshed[] = [];
    for (const provider of chosen) parts.push(await refreshedBy(sources[provider], folder, { flags, io, today, room, patience }));
    const all = together(parts);
    if (flags.dryRun !== true) writeBook(folder, all.files);
    report(all, flags, io);
    return 0;
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

async function refreshedBy({ files, grows, offers }: Source, folder: string, ask: Omit<Ask, 'texts'>): Promise<Refreshed> {
  const texts = readBook(folder, files);
  return refreshedBook(texts, await offers({ ...ask, texts }), grows);
}

function together(parts: readonly Refreshed[]): Refreshed {
  return {
    changed: parts.flatMap((part) => part.changed),
    added: parts.flatMap((part) => part.added),
    confirmed: parts.reduce((sum, part) => sum + part.confirmed, 0),
    left: parts.reduce((sum, part) => sum + part.left, 0),
    gone: parts.flatMap((part) => part.gone),
    files: Object.assign({}, ...parts.map((part) => part.files)) as Refreshed['files'],
  };
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function fromOf(given: string | undefined, official: string): string {
  if (given === undefined) return official;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const allowed = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)));
  if (!allowed) throw urlNotAllowed(given);
  return given.replace(/\/+$/, '');
}

/** The token goes to DigitalOcean, or to something on this machine, and nowhere else. */
function tokenFor(from: string, io: Io): string | undefined {
  const token = io.env['DIGITALOCEAN_TOKEN'] ?? io.env['DIGITALOCEAN_ACCESS_TOKEN'];
  if (from === digitalOceanApi && (token ?? '') === '') throw tokenMissing();
  return from === digitalOceanApi || loopback.test(new URL(from).hostname) ? token : undefined;
}

/** Regions of which the book has prices. */
function regionsIn(texts: Readonly<Record<string, string>>): readonly string[] {
  const regions = Object.values(texts).flatMap((text) =>
    Array.from(text.matchAll(/^aws,(?:ec2|rds-\w+),[^,]+,([a-z]{2}(?:-[a-z]+)+-\d),/gm), (match) => match[1] ?? ''),
  );
  return [...new Set(regions)].sort();
}

function report({ changed, added, confirmed, left, gone, files }: Refreshed, flags: RefreshFlags, io: Io): void {
  const written = Object.keys(files);
  if (flags.json === true) return printJson({ written: flags.dryRun === true ? [] : written, changed, added, confirmed, left, gone }, io);
  const rows = [...changed, ...added].map(({ product, unit, before, after }) => [product, before ?? 'new', after, unit]);
  const sentences = [
    `${changed.length} prices changed, ${added.length} are new, ${confirmed} are as they were and have a newer date now.`,
    ...(left === 0 ? [] : [`${left} published prices are of products that the book does not keep.`]),
    ...(gone.length === 0
      ? []
      : [
          `${gone.length} rows are published no more and stay as they are: ${gone.slice(0, 5).join(', ')}${gone.length > 5 ? ', ...' : ''}`,
        ]),
    flags.dryRun === true
      ? 'Nothing was written.'
      : written.length === 0
        ? 'Nothing had to be written.'
        : `Written: ${written.join(', ')}. Read the difference with git diff, then: npm run compile`,
  ];
  io.out(
    [
      ...(rows.length === 0 ? [] : [...columns([['product', 'before', 'now', 'unit'], ...rows], ['left', 'right', 'right']), '']),
      ...sentences,
    ]
      .join('\n')
      .concat('\n'),
  );
}
