import { dangerousOnDigitalOcean, harmlessOnDigitalOcean } from '../corpus/digitalocean';
import type { Case } from '../corpus/edit';

/** Ten edits of the corpus, as different from each other as can be. */
const names: readonly string[] = [
  'database gets another name',
  'network gets another range, and everything in it goes',
  'data volume dropped',
  'database renamed in the code',
  'prevent_destroy of the database lifted',
  'versioning switched off',
  'old versions kept for a day',
  'bucket of uploads readable for everybody',
  'PostgreSQL open to the world',
  'a setting of the app',
];

/** In the order of the page. @throws Error where the corpus has lost one */
export const compared: readonly Case[] = names.map((name) => {
  const found = [...dangerousOnDigitalOcean, ...harmlessOnDigitalOcean].find((each) => each.name === name);
  if (found === undefined) throw new Error(`the corpus has no case "${name}"`);
  return found;
});
