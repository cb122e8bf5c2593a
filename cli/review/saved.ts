import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { runTerraform } from '../../terraform/run';
import type { Review } from '../../analysis/review';
import type { Io } from '../io';
import { planStack } from '../plan-stack';
import { type Project, type Stack } from '../project';
import { withTerraform, type Workplace } from '../terraform-command';
import { planChanged, planGone, recordMissing, recordUnreadable } from './errors';

/** Where the state stood: its history, and how often it was written. Null where there was none. */
const stateMark = z.object({ lineage: z.string(), serial: z.number() }).nullable();

/** What is kept beside a plan file: of which plan the review was, and over which state it was made. */
const recordSchema = z.object({
  format: z.literal('terrace-reviewed-plan/1'),
  environment: z.string(),
  tier: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  state: stateMark,
  verdict: z.enum(['dangerous', 'attention', 'safe']),
  reviewedOn: z.string(),
});

export type ReviewRecord = z.infer<typeof recordSchema>;
export type StateMark = z.infer<typeof stateMark>;

/** A plan that was made to be reviewed. */
export interface MadePlan {
  readonly file: string;
  readonly json: unknown;
  readonly state: StateMark;
}

/** Plans a stack into this file, and says over which state. */
export async function planToReview(file: string, project: Project, stack: Stack, io: Io): Promise<MadePlan> {
  const path = resolve(io.cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  return withTerraform('diff', io, project, stack, async (place) => {
    await place.terraform.init();
    const state = await stateMarkOf(place);
    const { text } = await planStack(place, { out: path });
    return { file: path, json: JSON.parse(text) as unknown, state };
  });
}

/** Lineage and serial of the state, without its content. */
export async function stateMarkOf({ terraform: { binary, directory }, io }: Workplace): Promise<StateMark> {
  const { stdout } = await runTerraform({
    binary,
    directory,
    env: io.env,
    args: ['state', 'pull'],
    keep: false,
    onLine: () => undefined,
    onInterrupt: () => undefined,
  });
  if (stdout.trim() === '') return null;
  const { lineage, serial } = JSON.parse(stdout) as { readonly lineage?: unknown; readonly serial?: unknown };
  return typeof lineage === 'string' && typeof serial === 'number' ? { lineage, serial } : null;
}

/** Keeps what was reviewed beside the plan. */
export function writeRecord(
  { file, state }: MadePlan,
  { environment, tier }: { readonly environment: string; readonly tier: string },
  { verdict, today }: Review,
): ReviewRecord {
  const record: ReviewRecord = {
    format: 'terrace-reviewed-plan/1',
    environment,
    tier,
    sha256: digest(file),
    state,
    verdict,
    reviewedOn: today,
  };
  writeFileSync(recordFile(file), `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  return record;
}

/**
 * What was reviewed, of exactly this plan file.
 * @throws REVIEW_PLAN_MISSING, REVIEW_RECORD_MISSING, REVIEW_RECORD_UNREADABLE, REVIEW_PLAN_CHANGED
 */
export function recordOf(plan: string, io: Io): ReviewRecord {
  const file = resolve(io.cwd, plan);
  if (!existsSync(file)) throw planGone(plan);
  if (!existsSync(recordFile(file))) throw recordMissing(plan);
  const record = parsed(readFileSync(recordFile(file), 'utf8'), plan);
  if (record.sha256 !== digest(file)) throw planChanged(plan);
  return record;
}

/** Forgets a review whose plan was applied. */
export function removeRecord(plan: string, io: Io): void {
  rmSync(recordFile(resolve(io.cwd, plan)), { force: true });
}

function parsed(text: string, plan: string): ReviewRecord {
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    throw recordUnreadable(plan);
  }
}

function recordFile(plan: string): string {
  return `${plan}.review.json`;
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
