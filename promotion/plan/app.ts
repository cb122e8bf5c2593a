import type { Tier } from '../../tiers/tier';
import type { Problem } from '../../values/errors';
import { keptOnServer } from './errors';

type Rule = readonly [setting: RegExp, value: RegExp, what: 'sessions' | 'files', remedy: string];

const shared = 'Keep them in the database or the cache, which every server reaches';

/**
 * Settings by which common frameworks keep on one server what several have to share. Sources: Laravel config/session.php and
 * config/filesystems.php; Django, settings SESSION_ENGINE and DEFAULT_FILE_STORAGE; Rails guides, Active Storage; express-session, "Compatible
 * session stores": MemoryStore is not for production. Read 2026-11.
 */
const rules: readonly Rule[] = [
  [
    /^SESSION_(DRIVER|STORE|BACKEND|STORAGE|SAVE_HANDLER)$/,
    /^(file|files|filesystem|memory|array|local|in-?memory|memory-?store|apc)$/i,
    'sessions',
    shared,
  ],
  [/^(DJANGO_)?SESSION_ENGINE$/, /\.file$/i, 'sessions', `${shared}: django.contrib.sessions.backends.db or cached_db`],
  [/^SESSION_(PATH|FILES|DIR|FILE_PATH)$/, /^\.?\//, 'sessions', shared],
  [
    /^(FILESYSTEM_(DISK|DRIVER)|ACTIVE_STORAGE_SERVICE|STORAGE_(DRIVER|BACKEND|TYPE)|UPLOAD_(DRIVER|STORE|STORAGE)|DEFAULT_FILE_STORAGE)$/,
    /^(local|public|disk|file|filesystem|.*FileSystemStorage)$/i,
    'files',
    'Keep them in STORAGE_BUCKET; what is on the disk is moved there first (kind: objects)',
  ],
];

/** What an app's plain settings say that it keeps on one server, where it goes to several. What an app does by itself, nobody can see. */
export function appProblems(
  from: Pick<Tier, 'components'>,
  to: Pick<Tier, 'components'>,
  settings: Readonly<Record<string, string>>,
): readonly Problem[] {
  if (!hasSeveral(to) || hasSeveral(from)) return [];
  return Object.entries(settings).flatMap(([name, value]) => {
    const rule = rules.find(([setting, kept]) => setting.test(name) && kept.test(value.trim()));
    return rule === undefined ? [] : [keptOnServer(name, value, rule[2], rule[3])];
  });
}

/** Whether requests of one person may reach more than one app server. */
export function hasSeveral({ components }: Pick<Tier, 'components'>): boolean {
  return components.some((each) => each.kind === 'app-servers' && ('fixed' in each.count ? each.count.fixed : each.count.max) > 1);
}
