import type { Problem } from '../../values/errors';
import { TerraceError } from '../../values/errors';

const untouched = 'The price book on disk is as it was.';

/** A list of prices that could not be fetched. */
export function fetchFailed(url: string, why: string): TerraceError {
  return new TerraceError('CLI_PRICES_FETCH_FAILED', `${url} could not be fetched: ${why}. ${untouched}`);
}

/** An answer that is no list of prices. */
export function answerNotValid(url: string, problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'CLI_PRICES_ANSWER_NOT_VALID',
    `${url} did not answer with a list of prices that can be read. ${untouched}`,
    problems,
  );
}

/** New prices that differ from the old ones as no price does: more likely a mistake in the list, or in how it is read. */
export function pricesSuspicious(problems: readonly Problem[]): TerraceError {
  return new TerraceError(
    'CLI_PRICES_SUSPICIOUS',
    `These prices would change more than tenfold, so nothing was written. Look at the source; if they are right, change the rows by hand. ${untouched}`,
    problems,
  );
}

/** No token for an API that wants one. */
export function tokenMissing(): TerraceError {
  return new TerraceError(
    'CLI_PRICES_TOKEN_MISSING',
    `DigitalOcean's sizes are told to who has a token only. Set DIGITALOCEAN_TOKEN (reading is enough), or refresh AWS alone: terrace prices refresh --provider aws`,
    [],
    2,
  );
}

/** An address from which no list is fetched. */
export function urlNotAllowed(given: string): TerraceError {
  return new TerraceError('CLI_PRICES_URL', `--from is "${given}". Allowed: an https address, or http on this machine.`, [], 2);
}

/** A file of the book that is not in the form it should have. */
export function bookNotReadable(file: string, why: string): TerraceError {
  return new TerraceError('CLI_PRICES_BOOK', `${file} cannot be used as a file of the price book: ${why}. ${untouched}`, [], 2);
}
