// A time limit on the world's clock: past it the caller is answered, whatever still runs. None where functions have a debugger.

import type { Context } from "./operation.ts";

export type Deadline<Result> = {
  readonly milliseconds: number;
  /** No other work that runs at the same time has it. */
  readonly topic: string;
  run(): Promise<Result>;
  /** What is thrown when time is up. */
  late(): Error;
};

type At = Pick<Context<never>, "clock" | "world"> & {
  readonly scheduler: Pick<Context<never>["scheduler"], "waitFor" | "wake">;
};

export async function within<Result>(
  { scheduler, clock, world }: At,
  { milliseconds, topic, run, late }: Deadline<Result>,
): Promise<Result> {
  if (world.inspect !== undefined) return run();
  const timeUp = scheduler.waitFor(topic, clock.now() + milliseconds);
  const running = run();
  const answered = running.then(
    () => true,
    () => true,
  );
  const first = await Promise.race([answered, timeUp]);
  scheduler.wake(topic);
  if (!first) throw late();
  return running;
}
