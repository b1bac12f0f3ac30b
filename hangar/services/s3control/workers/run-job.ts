// Runs a job: its manifest is read, the caller's confirmation waited for, each task done, and the report written.

import type { Caller } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { CompletionReport, type Outcome } from "../engine/completion-report.ts";
import { tasksOf, type Task } from "../engine/manifest.ts";
import { runTask } from "../engine/task-calls.ts";
import { hasEnded } from "../rules/jobs.ts";
import { changeJob, type Context, type Job } from "../store.ts";

/** From here on a job fails when more than half of its tasks do. */
const THRESHOLD = 1000;
const SERVICE = "batchoperations.s3.amazonaws.com";

export async function runJob({ id }: { readonly id: string }, context: Context): Promise<void> {
  const job = context.store.jobs.get(id);
  if (job === undefined || hasEnded(job)) return;
  try {
    const role = context.ports.access.roleCaller(job.request.RoleArn, SERVICE, `s3-batch-${id.slice(0, 8)}`);
    if (job.status === "New") await prepare(context, job, role);
    if (context.store.jobs.get(id)?.status === "Ready") await work(context, id, role);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const now = context.store.jobs.get(id);
    if (now !== undefined && !hasEnded(now)) fail(context, id, error.code, error.message);
  }
}

function fail(context: Context, id: string, code: string, reason: string): void {
  const failures = [{ FailureCode: code, FailureReason: reason.slice(0, 256) }];
  changeJob(context, id, { status: "Failed", ended: context.clock.now(), failures });
}

/** A manifest that cannot be read fails the job before anything is done. */
async function prepare(context: Context, { id, request }: Job, role: Caller): Promise<void> {
  const job = changeJob(context, id, { status: "Preparing" });
  let total = 0;
  for await (const _task of tasksOf(context, job, role)) total += 1;
  if (context.store.jobs.get(id)?.status !== "Preparing") return;
  if (request.ConfirmationRequired === true)
    changeJob(context, id, { status: "Suspended", total, suspended: context.clock.now() });
  else changeJob(context, id, { status: "Ready", total });
}

async function work(context: Context, id: string, role: Caller): Promise<void> {
  const job = changeJob(context, id, { status: "Active" });
  const report = new CompletionReport(job);
  for await (const task of tasksOf(context, job, role)) {
    const { status, succeeded, failed } = context.store.jobs.get(id) ?? job;
    if (status !== "Active") break;
    if (succeeded + failed >= THRESHOLD && failed > succeeded) {
      changeJob(context, id, { status: "Failing" });
      break;
    }
    const outcome = await outcomeOf({ context, job, role }, task);
    report.add(outcome);
    const now = context.store.jobs.get(id) ?? job;
    changeJob(context, id, { [outcome.status]: now[outcome.status] + 1 });
  }
  await end(context, id, () => report.write(context, role));
}

async function end(context: Context, id: string, write: () => Promise<void>): Promise<void> {
  const { status } = context.store.jobs.get(id) ?? {};
  if (status === "Active") changeJob(context, id, { status: "Completing" });
  await write();
  if (status === "Failing")
    return fail(context, id, "JobFailureThresholdExceeded", "More than half of the tasks failed.");
  changeJob(context, id, { status: status === "Cancelling" ? "Cancelled" : "Complete", ended: context.clock.now() });
}

async function outcomeOf(
  running: { readonly context: Context; readonly job: Job; readonly role: Caller },
  task: Task,
): Promise<Outcome> {
  try {
    return { task, status: "succeeded", httpStatus: 200, message: await runTask(running, task) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { task, status: "failed", httpStatus: error.status, code: error.code, message: error.message };
  }
}
