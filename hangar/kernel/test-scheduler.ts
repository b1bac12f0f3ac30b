// What the scheduler's suites share: a scheduler whose work leaves a line each.

import { Clock } from "./clock.ts";
import { Scheduler, type SchedulerTables, type Subscription, type Work } from "./scheduler.ts";
import { Table } from "./table.ts";

export const scope = { account: "000000000000", region: "us-east-1" };
export const START = 1_000_000;

export type Bench = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly tables: SchedulerTables;
  readonly ran: string[];
};
const benches: Scheduler[] = [];

/** After each test. */
export function endBenches(): void {
  for (const scheduler of benches.splice(0)) scheduler.stop();
}

type Run = (work: Work, bench: Bench) => Promise<void> | void;

/** A scheduler on a held clock whose work leaves a line each. */
export function bench(run: Run = () => undefined, from?: Bench): Bench {
  const clock = new Clock(from?.clock.state ?? { mode: "held", offset: 0, at: START });
  const tables: SchedulerTables =
    from === undefined
      ? {
          work: new Table<Work>(),
          running: new Table<Work>(),
          subscriptions: new Table<Subscription>(),
          pending: new Table<string>(),
        }
      : {
          work: from.tables.work.fork(),
          running: from.tables.running.fork(),
          subscriptions: from.tables.subscriptions.fork(),
          pending: from.tables.pending.fork(),
        };
  const ran: string[] = [];
  const made: Bench = {
    clock,
    tables,
    ran,
    scheduler: new Scheduler(clock, tables, async (work) => {
      ran.push(`${clock.now() - START} ${work.kind}`);
      await run(work, made);
    }),
  };
  benches.push(made.scheduler);
  made.scheduler.start();
  return made;
}

/** Lets host timers and promises that are ready have their turn. */
export function turn(milliseconds = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
