import { readdirSync, readlinkSync } from 'node:fs';

/** Waits until something holds, asking every 25 ms. @throws Error when it does not within the time, in milliseconds */
export async function until(holds: () => boolean | Promise<boolean>, milliseconds = 20_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !(await holds());) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Processes that work in a folder: Terraform and what it started. */
export function processesIn(directory: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === directory;
    } catch {
      // It has ended since it was listed, or belongs to another user.
      return false;
    }
  });
}
