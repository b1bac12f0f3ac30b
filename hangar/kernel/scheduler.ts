// Pending work as data: rows of (time, arrival, kind, data) that run in that order, on one clock.

import { Alarms } from "./alarms.ts";
import type { Clock } from "./clock.ts";
import type { Table } from "./table.ts";
import type { Span } from "./trace.ts";

/** Something that a worker of `kind` does at `at`. `data` is plain JSON. */
export type Work = {
  readonly at: number;
  readonly seq: number;
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  readonly data: unknown;
};

/** Work that waits for a topic to be woken, e.g. a poller waiting for messages in a queue. */
export type Subscription = {
  readonly topic: string;
  readonly name: string;
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  readonly data: unknown;
};

export type SchedulerTables = {
  readonly work: Table<Work>;
  /** Work that has begun: a fork or a restart begins it again, since nobody knows how far it came. */
  readonly running: Table<Work>;
  readonly subscriptions: Table<Subscription>;
  readonly pending: Table<string>;
};

type Scope = { readonly account: string; readonly region: string; readonly cause?: Span | undefined };
type Waiter = (woken: boolean) => void;

const MAX_TIMER = 2_147_483_647;

export class Scheduler {
  readonly #clock: Clock;
  readonly #tables: SchedulerTables;
  readonly #run: (work: Work) => Promise<void>;
  readonly #running = new Map<string, Work>();
  readonly #waiters = new Map<string, Set<Waiter>>();
  readonly #alarms: Alarms;
  /** Who asked for what waits: of this process and this world, so not in a row. */
  readonly #causes = new WeakMap<Work, Span>();
  #timer: NodeJS.Timeout | undefined;
  #seq: number;
  #stopped = false;
  #advancing = 0;
  #idle: (() => void)[] = [];

  constructor(clock: Clock, tables: SchedulerTables, run: (work: Work) => Promise<void>) {
    this.#clock = clock;
    this.#tables = tables;
    this.#run = run;
    this.#seq = 0;
    this.#alarms = new Alarms(clock);
    clock.listen(() => this.#clockMoved());
  }

  /** Starts running what is due, now that workers can be found and the tables hold what they shall. */
  start(): void {
    const { work, running } = this.#tables;
    for (const [id, row] of running.range()) {
      running.delete(id);
      work.put(id, row);
    }
    for (const row of work.rows()) this.#seq = Math.max(this.#seq, row.seq);
    this.#arm();
  }

  /** Drops timers; work that is running is not waited for. */
  stop(): void {
    this.#stopped = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#alarms.clear();
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter(false);
    for (const done of this.#idle.splice(0)) done();
  }

  /** Runs `kind` at a time; answers the id that `cancel` takes. */
  at(time: number, kind: string, data: unknown, scope: Scope): string {
    this.#seq += 1;
    const { account, region, cause } = scope;
    const work: Work = { at: Math.ceil(time), seq: this.#seq, kind, data, account, region };
    if (cause !== undefined) this.#causes.set(work, cause);
    const id = workKey(work);
    this.#tables.work.put(id, work);
    this.#arm();
    return id;
  }

  /** The span in which the work was asked for. */
  causeOf(work: Work): Span | undefined {
    return this.#causes.get(work);
  }

  /** Makes work of a kind due that waits for a later time; answers how much. */
  hasten(kind: string): number {
    const now = this.#clock.now();
    const later = Array.from(this.#tables.work.range({ from: timeKey(now + 1) })).filter(
      ([, work]) => work.kind === kind,
    );
    for (const [id, work] of later) {
      const due: Work = { ...work, at: Math.floor(now) };
      const cause = this.#causes.get(work);
      if (cause !== undefined) this.#causes.set(due, cause);
      this.#tables.work.delete(id);
      this.#tables.work.put(workKey(due), due);
    }
    this.#arm();
    return later.length;
  }

  cancel(id: string): boolean {
    return this.#tables.work.delete(id) !== undefined;
  }

  /** From now on waking `topic` runs `kind` once (wakes while it is pending are one). */
  subscribe(subscription: Subscription): void {
    this.#tables.subscriptions.put(`${subscription.topic}\u0000${subscription.name}`, subscription);
  }

  unsubscribe(topic: string, name: string): void {
    this.#tables.subscriptions.delete(`${topic}\u0000${name}`);
  }

  /** Says that something may be there for those who wait on `topic`, now or at a later time. */
  wake(topic: string, at?: number, cause?: Span): void {
    const time = at ?? this.#clock.now();
    if (time <= this.#clock.now()) this.#wakeWaiters(topic);
    else if (this.#waiters.has(topic)) this.#alarms.at(time, () => this.#wakeWaiters(topic));
    for (const [key, row] of this.#tables.subscriptions.range({ prefix: `${topic}\u0000` })) {
      const pendingId = this.#tables.pending.get(key);
      const pending = pendingId === undefined ? undefined : this.#tables.work.get(pendingId);
      if (pending !== undefined && pending.at <= time) continue;
      if (pendingId !== undefined) this.#tables.work.delete(pendingId);
      this.#tables.pending.put(key, this.at(time, row.kind, row.data, { ...row, cause }));
    }
  }

  /** Resolves true when the topic is woken, false when the clock reaches `until` first or the world ends. */
  waitFor(topic: string, until: number): Promise<boolean> {
    if (this.#stopped || until <= this.#clock.now()) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(topic) ?? new Set<Waiter>();
      this.#waiters.set(topic, waiters);
      const callOff = this.#alarms.at(until, () => waiter(false));
      const waiter: Waiter = (woken) => {
        callOff();
        waiters.delete(waiter);
        if (waiters.size === 0) this.#waiters.delete(topic);
        resolve(woken);
      };
      waiters.add(waiter);
    });
  }

  /** Work due at or before a time that has not started, oldest first. */
  due(time = this.#clock.now()): Work[] {
    const out: Work[] = [];
    for (const work of this.#tables.work.rows({ to: timeKey(time + 1) })) out.push(work);
    return out;
  }

  get running(): readonly Work[] {
    return [...this.#running.values()];
  }

  /** The time of the next work, if any. */
  next(): number | undefined {
    return this.#tables.work.first()?.[1].at;
  }

  /** Resolves when nothing is due and nothing runs; after `within` host milliseconds it throws what is stuck. Given up on with the signal's reason. */
  async settled(within?: number, giveUp?: AbortSignal): Promise<void> {
    let late = false;
    const wakeUp = (): void => {
      for (const done of this.#idle.splice(0)) done();
    };
    giveUp?.addEventListener("abort", wakeUp);
    const timer =
      within === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            wakeUp();
          }, within);
    try {
      while (!this.#stopped && (this.#running.size > 0 || this.#isDue())) {
        giveUp?.throwIfAborted();
        if (late) throw new Error(`Not settled after ${within} ms. ${this.#stuck()}`);
        this.#startDue();
        await new Promise<void>((resolve) => this.#idle.push(resolve));
      }
    } finally {
      clearTimeout(timer);
      giveUp?.removeEventListener("abort", wakeUp);
    }
  }

  /** Moves the clock step by step; each instant's work is finished before the next begins. */
  async advanceTo(time: number, giveUp?: AbortSignal): Promise<void> {
    this.#advancing += 1;
    const runOn = this.#clock.stand();
    this.#alarms.advancing(time);
    try {
      while (!this.#stopped) {
        await this.settled(undefined, giveUp);
        // Each instant's work comes before those who waited for it, and they before the next instant.
        if (this.#alarms.ring()) await new Promise((resolve) => setImmediate(resolve));
        else if (!this.#step(time)) break;
      }
      this.#clock.moveTo(time);
    } finally {
      this.#advancing -= 1;
      if (this.#advancing === 0) this.#alarms.advancing(undefined);
      runOn();
      this.#clockMoved();
    }
  }

  /** To the next instant at which something happens, unless it is later than `time`. */
  #step(time: number): boolean {
    const next = Math.min(this.next() ?? Infinity, this.#alarms.next() ?? Infinity);
    if (next > time) return false;
    this.#clock.moveTo(next);
    return true;
  }

  #wakeWaiters(topic: string): void {
    for (const waiter of this.#waiters.get(topic) ?? []) waiter(true);
  }

  /** While the clock is advanced, each instant's work comes before the waiters whose time is up. */
  #clockMoved(): void {
    if (this.#advancing > 0 || this.#stopped) return;
    this.#alarms.clockMoved();
    this.#arm();
  }

  #isDue(): boolean {
    const next = this.next();
    return next !== undefined && next <= this.#clock.now();
  }

  #stuck(): string {
    const names = (work: readonly Work[]): string =>
      work.map(({ kind, data }) => `${kind} ${JSON.stringify(data)}`.slice(0, 200)).join(", ") || "nothing";
    return `Running: ${names(this.running)}. Due: ${names(this.due())}.`;
  }

  #arm(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.next();
    if (this.#stopped || next === undefined || this.#advancing > 0) return;
    const wait = next - this.#clock.now();
    if (wait > 0 && this.#clock.mode === "held") return;
    this.#timer = setTimeout(() => this.#startDue(), Math.min(Math.max(wait, 0), MAX_TIMER));
    if (wait > 1000) this.#timer.unref();
  }

  #startDue(): void {
    if (this.#stopped) return;
    for (const work of this.due()) {
      const id = workKey(work);
      this.#tables.work.delete(id);
      this.#tables.running.put(id, work);
      this.#running.set(id, work);
      void this.#run(work).finally(() => {
        this.#running.delete(id);
        if (!this.#stopped) this.#tables.running.delete(id);
        for (const done of this.#idle.splice(0)) done();
      });
    }
    this.#arm();
  }
}

function timeKey(time: number): string {
  return Math.max(0, Math.floor(time)).toString().padStart(15, "0");
}

/** Its key among the rows of pending work. */
export function workKey(work: Pick<Work, "at" | "seq">): string {
  return `${timeKey(work.at)}/${work.seq.toString().padStart(12, "0")}`;
}
