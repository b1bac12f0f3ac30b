// Pending work as data: rows of (time, arrival, kind, data) that run in that order, on one clock.

import type { Clock } from "./clock.ts";
import type { Table } from "./table.ts";

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
  readonly subscriptions: Table<Subscription>;
  readonly pending: Table<string>;
};

type Scope = { readonly account: string; readonly region: string };
type Waiter = { readonly topic: string; readonly done: (woken: boolean) => void };

const MAX_TIMER = 2_147_483_647;

export class Scheduler {
  readonly #clock: Clock;
  readonly #tables: SchedulerTables;
  readonly #run: (work: Work) => Promise<void>;
  readonly #running = new Map<string, Work>();
  readonly #waiters = new Map<string, Set<Waiter>>();
  #timer: NodeJS.Timeout | undefined;
  #seq: number;
  #stopped = false;
  #advancing = false;
  #idle: (() => void)[] = [];

  constructor(clock: Clock, tables: SchedulerTables, run: (work: Work) => Promise<void>) {
    this.#clock = clock;
    this.#tables = tables;
    this.#run = run;
    this.#seq = 0;
    for (const row of tables.work.rows()) this.#seq = Math.max(this.#seq, row.seq);
  }

  /** Starts running what is due, now that workers can be found. */
  start(): void {
    this.#arm();
  }

  /** Drops timers; work that is running is not waited for. */
  stop(): void {
    this.#stopped = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.done(false);
    for (const done of this.#idle.splice(0)) done();
  }

  /** Runs `kind` at a time; answers the id that `cancel` takes. */
  at(time: number, kind: string, data: unknown, scope: Scope): string {
    this.#seq += 1;
    const work: Work = { at: time, seq: this.#seq, kind, data, ...scope };
    const id = workKey(work);
    this.#tables.work.put(id, work);
    this.#arm();
    return id;
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
  wake(topic: string, at?: number): void {
    const time = at ?? this.#clock.now();
    if (time <= this.#clock.now()) for (const waiter of this.#waiters.get(topic) ?? []) waiter.done(true);
    for (const [key, row] of this.#tables.subscriptions.range({ prefix: `${topic}\u0000` })) {
      const pendingId = this.#tables.pending.get(key);
      const pending = pendingId === undefined ? undefined : this.#tables.work.get(pendingId);
      if (pending !== undefined && pending.at <= time) continue;
      if (pendingId !== undefined) this.#tables.work.delete(pendingId);
      this.#tables.pending.put(key, this.at(time, row.kind, row.data, row));
    }
    if (time > this.#clock.now() && this.#waiters.has(topic))
      this.#hostTimer(time - this.#clock.now(), () => this.wake(topic));
  }

  /** Resolves true when the topic is woken, false when the clock reaches `until` first or the world ends. */
  waitFor(topic: string, until: number): Promise<boolean> {
    if (this.#stopped || until <= this.#clock.now()) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(topic) ?? new Set<Waiter>();
      this.#waiters.set(topic, waiters);
      const cancelTimer = this.#hostTimer(until - this.#clock.now(), () => waiter.done(false));
      const waiter: Waiter = {
        topic,
        done: (woken) => {
          cancelTimer();
          waiters.delete(waiter);
          if (waiters.size === 0) this.#waiters.delete(topic);
          resolve(woken);
        },
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

  /** Resolves when nothing is due and nothing runs. */
  async settled(): Promise<void> {
    while (!this.#stopped && (this.#running.size > 0 || this.due().length > 0)) {
      this.#startDue();
      if (this.#running.size === 0) continue;
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
  }

  /** Moves the clock step by step; each instant's work is finished before the next begins. */
  async advanceTo(time: number): Promise<void> {
    this.#advancing = true;
    try {
      await this.settled();
      for (let next = this.next(); next !== undefined && next <= time; next = this.next()) {
        this.#clock.moveTo(next);
        await this.settled();
      }
      this.#clock.moveTo(time);
    } finally {
      this.#advancing = false;
      this.#arm();
    }
  }

  #arm(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.next();
    if (this.#stopped || next === undefined || this.#advancing) return;
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
      this.#running.set(id, work);
      void this.#run(work).finally(() => {
        this.#running.delete(id);
        for (const done of this.#idle.splice(0)) done();
      });
    }
    this.#arm();
  }

  #hostTimer(wait: number, then: () => void): () => void {
    const timer = setTimeout(then, Math.min(wait, MAX_TIMER));
    return () => clearTimeout(timer);
  }
}

function timeKey(time: number): string {
  return Math.max(0, Math.floor(time)).toString().padStart(15, "0");
}

function workKey(work: Work): string {
  return `${timeKey(work.at)}/${work.seq.toString().padStart(12, "0")}`;
}
