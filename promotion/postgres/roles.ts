import { head, type Work } from '../engine/work';
import { loginRoles } from './catalog';
import { fact } from './facts';

/** Roles that are held back in the window, as written down before the first change: afterwards they cannot be told by their login. */
export async function appRoles(work: Work): Promise<readonly string[]> {
  const told = await fact(head(work, 'source'), 'roles');
  if (told !== undefined) return JSON.parse(told) as readonly string[];
  return work.settings.appRoles ?? loginRoles(head(work, 'source'));
}
