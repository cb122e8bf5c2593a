import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. Source: proc(5), USER_HZ on every platform that Node runs on. */
const ticksPerSecond = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Of the process and of its children that have ended, in seconds. */
  readonly own: number;
  readonly ended: number;
}

/** What pieces of work took of the processors, in seconds: servers with all their children, and programs of ours that have ended. */
function processorSeconds(servers: readonly number[]): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const self = all.find(({ pid }) => pid === process.pid);
  return servers.reduce((sum, server) => sum + treeSeconds(server, all), self?.ended ?? 0);
}

function treeSeconds(pid: number, all: readonly Stat[]): number {
  const root = all.find((one) => one.pid === pid);
  const children = all.filter(({ parent }) => parent === pid);
  return (root === undefined ? 0 : root.own + root.ended) + children.reduce((sum, child) => sum + treeSeconds(child.pid, all), 0);
}

/** A process may be gone by the time it is read. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [own, ended] = [
      [11, 12],
      [13, 14],
    ].map((pair) => pair.reduce((sum, at) => sum + (fields[at] ?? 0), 0) / ticksPerSecond);
    return { pid, parent: fields[1] ?? 0, own: own ?? 0, ended: ended ?? 0 };
  } catch {
    return undefined;
  }
}

/**
 * How much is done in a second when as many cores work as can: the work of a second of processor time, times the cores that this
 * many connections keep busy. Other work on the machine changes it little, where it would halve what a clock shows.
 */
export async function paced(servers: readonly number[], busy: number, work: () => Promise<number>): Promise<number> {
  const before = processorSeconds(servers);
  const done = await work();
  return (done / (processorSeconds(servers) - before)) * busy;
}
