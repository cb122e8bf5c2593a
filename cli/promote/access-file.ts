import { join } from 'node:path';

/** Where a machine keeps what is its own of promotions: journals, a pause, who is at work. */
export function promotionFolder(project: string): string {
  return join(project, '.terrace', 'promotion');
}

/** Where the file lies that says how this machine reaches the databases. It is of this machine, so that it is not kept with the environment. */
export function ownAccessFile(project: string, environment: string): string {
  return join(promotionFolder(project), `${environment}.access.yaml`);
}
