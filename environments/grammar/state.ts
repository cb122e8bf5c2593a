/** Folders that are written anew or thrown away by tools: a state in one of them would be lost. */
const lostFolders = ['cdktf.out', 'dist', 'node_modules', '.git'];

/** Why a text is no place for a state; undefined when it is. Places are relative, so that a file works in every checkout. */
export function whyNotStatePath(path: string): string | undefined {
  if (/^(?:[A-Za-z]:|[/\\~])/.test(path)) return 'it is absolute';
  if (!/^[A-Za-z0-9._/-]{1,255}$/.test(path)) return 'it is empty, too long or holds other characters';
  const parts = path.split('/');
  if (parts.includes('..')) return 'it leaves the project';
  if (parts.includes('.') || parts.includes('')) return 'it has an empty or a useless step';
  const [first = ''] = parts;
  return parts.length > 1 && lostFolders.includes(first) ? `${first}/ is thrown away by tools, and the state with it` : undefined;
}
