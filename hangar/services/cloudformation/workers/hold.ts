// Keeps a poll waiting while a stack's operation is under way, so that its caller learns of the end at once instead of at its next poll.

import type { Context } from "../../../cloud/operation.ts";
import type { Stack, Tables } from "../store.ts";
import { stackTopic } from "./record.ts";

/** The CDK polls every 5 s and waits minutes for an answer; the waiters of SDKs and the AWS CLI poll every 30 s. */
const CDK_WAIT = 25_000;
const OTHERS_WAIT = 2_000;

export async function settledStack(stack: Stack, context: Context<Tables>): Promise<Stack> {
  const patient = /aws-cdk|toolkit/i.test(context.request.userAgent);
  const until = context.clock.now() + (patient ? CDK_WAIT : OTHERS_WAIT);
  let now = stack;
  while (inProgress(now.status)) {
    const woken = await context.scheduler.waitFor(stackTopic(stack.id), until);
    now = context.store.stacks.get(stack.id) ?? now;
    if (!woken) break;
  }
  return now;
}

/** A stack in review waits for its caller, not for us. */
export function inProgress(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}
