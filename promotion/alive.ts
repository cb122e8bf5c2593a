import { readFileSync } from 'node:fs';

/** Whether a process of this machine lives. Another user's lives too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Since when a process of this machine runs, by which it is told from a later one of the same number; undefined where the system keeps no such file. Source: proc(5), field 22 of stat. */
export function bornAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, which may hold blanks, ends at the last parenthesis.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
