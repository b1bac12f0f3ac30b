// An integration's time limit: past it the caller is answered, whatever still runs.

import { failures } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";

export async function within<Result>(
  { context, requestId }: Invocation,
  milliseconds: number,
  run: () => Promise<Result>,
): Promise<Result> {
  const topic = `apigateway.answered.${requestId}`;
  const late = context.scheduler.waitFor(topic, context.clock.now() + milliseconds);
  const running = run();
  const answered = running.then(
    () => true,
    () => true,
  );
  const first = await Promise.race([answered, late]);
  context.scheduler.wake(topic);
  if (!first) throw failures.timedOut();
  return running;
}
