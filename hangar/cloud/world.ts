// One forkable world: every service's tables, one clock, one scheduler, seeded ids, a trace.

import type { Blobs } from "../kernel/blobs.ts";
import { noteWrite } from "../kernel/current-span.ts";
import { Clock, duration, type ClockState } from "../kernel/clock.ts";
import { Ids, type IdsState } from "../kernel/ids.ts";
import { Scheduler, type Subscription, type Work } from "../kernel/scheduler.ts";
import { Table } from "../kernel/table.ts";
import { Trace } from "../kernel/trace.ts";
import { WriteGate } from "../kernel/write-gate.ts";
import { AccessTally } from "./access-tally.ts";
import type { DynamodbSettings } from "./dynamodb-settings.ts";
import { inherited, type FunctionSettings, type Inspect } from "./function-settings.ts";
import { UsageTally } from "./usage-tally.ts";

/** All of a world that is data: rows, time and ids. */
export type WorldContents = {
  readonly tables: ReadonlyMap<string, Table<unknown>>;
  readonly clock: ClockState;
  readonly ids: IdsState;
};

export type WorldSettings = {
  readonly name: string;
  readonly seed: string | IdsState;
  readonly blobs: Blobs;
  readonly clock?: ClockState;
};

/** Runs scheduled work: the cloud finds the worker. */
export type WorkRunner = (work: Work, world: World) => Promise<void>;

export type TableWrite = (table: string, key: string, row: unknown) => void;

type Family = Set<WeakRef<World>>;
type Parent = {
  readonly roots: ReadonlyMap<string, Table<unknown>>;
  readonly ids: Ids;
  readonly family: Family;
  readonly access: AccessTally;
  readonly usage: UsageTally | undefined;
  readonly functions: FunctionSettings;
  readonly inspect: Inspect | undefined;
  readonly dynamodb: DynamodbSettings;
};

/** What persistence keeps for itself: no part of a world's contents. */
export const HOUSE = "cloud/house";

const SCHEDULER_TABLES = [
  "scheduler/work",
  "scheduler/running",
  "scheduler/subscriptions",
  "scheduler/pending",
] as const;

let made = 0;

export class World {
  readonly name: string;
  /** Of this process; no other world of it has or had the same. */
  readonly id: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly blobs: Blobs;
  readonly trace: Trace;
  readonly scheduler: Scheduler;
  /** Closed while the disk that keeps this world is full. */
  readonly gate = new WriteGate();
  /** One for a world and all its forks. */
  readonly access: AccessTally;
  functions: FunctionSettings;
  inspect: Inspect | undefined;
  dynamodb: DynamodbSettings;
  /** Of functions: how many run, and when the last one ended by the host's clock. */
  readonly invocations = { running: 0, endedAt: Number.NEGATIVE_INFINITY };
  /** Things other rooms keep per world outside tables (caches, open sockets), dropped with it. */
  readonly attachments = new Map<string, unknown>();
  readonly #tables: Map<string, Table<unknown>>;
  readonly #run: WorkRunner;
  readonly #family: Family;
  #onWrite: TableWrite | undefined;
  readonly #wrote = (key: string, row: unknown, table: string): void => {
    noteWrite(table, key, row);
    this.#onWrite?.(table, key, row);
  };
  #forks = 0;
  #disposed = false;
  #usage: UsageTally | undefined;
  #successor: World | undefined;
  #first: World | undefined;

  constructor(settings: WorldSettings, run: WorkRunner, parent?: Parent) {
    this.name = settings.name;
    made += 1;
    this.id = `world-${made}`;
    this.blobs = settings.blobs;
    this.clock = new Clock(settings.clock);
    this.ids = parent === undefined ? new Ids(settings.seed) : parent.ids;
    this.trace = new Trace(this.clock);
    this.access = parent?.access ?? new AccessTally();
    this.#usage = parent?.usage;
    this.#usage?.listenTo(this.trace);
    this.functions = parent?.functions ?? {};
    this.inspect = parent?.inspect;
    this.dynamodb = parent?.dynamodb ?? {};
    this.#run = run;
    this.#family = parent?.family ?? new Set();
    this.#family.add(new WeakRef(this));
    this.#tables = new Map(parent?.roots);
    for (const [path, table] of this.#tables) table.listen(this.#wrote, path, this.gate);
    const [work, running, subscriptions, pending] = SCHEDULER_TABLES;
    this.scheduler = new Scheduler(
      this.clock,
      {
        work: this.table<Work>(work),
        running: this.table<Work>(running),
        subscriptions: this.table<Subscription>(subscriptions),
        pending: this.table<string>(pending),
      },
      (item) => this.#runWork(item),
    );
  }

  /** The table at a path such as `sqs/000000000000/us-east-1/queues`; comes into being on first use. */
  table<Row>(path: string): Table<Row> {
    let found = this.#tables.get(path);
    if (found === undefined) {
      found = new Table<unknown>();
      this.#tables.set(path, found);
      found.listen(this.#wrote, path, this.gate);
    }
    return found as Table<Row>;
  }

  /** How many tables exist: they only ever grow in number. */
  get tableCount(): number {
    return this.#tables.size;
  }

  /** Paths of all tables that exist, in no order. */
  paths(): Iterable<string> {
    return this.#tables.keys();
  }

  /** A world with the same rows, time and pending work, that from now on goes its own way. */
  fork(name = `${this.name}.${this.#forks + 1}`, functions: FunctionSettings = {}): World {
    if (this.#disposed) throw new Error(`World ${this.name} is disposed.`);
    this.#forks += 1;
    const roots = new Map<string, Table<unknown>>();
    for (const [path, table] of this.#tables) roots.set(path, table.fork());
    const ids = this.ids.fork(name);
    const child = new World({ name, seed: name, blobs: this.blobs, clock: this.clock.state }, this.#run, {
      roots,
      ids,
      family: this.#family,
      access: this.access,
      usage: this.#usage,
      functions: inherited(this.functions, functions),
      inspect: this.inspect,
      dynamodb: this.dynamodb,
    });
    child.scheduler.start();
    return child;
  }

  /** Its rows, time and ids as they are now; what happens later does not change them. */
  contents(): WorldContents {
    const tables = new Map<string, Table<unknown>>();
    for (const [path, table] of this.#tables) if (path !== HOUSE) tables.set(path, table.fork());
    return { tables, clock: this.clock.state, ids: this.ids.state };
  }

  /** A world of this one's name and family with other contents, which does not run yet. */
  successor({ tables, clock, ids }: WorldContents): World {
    const roots = new Map<string, Table<unknown>>();
    for (const [path, table] of tables) roots.set(path, table.fork());
    const next = new World({ name: this.name, seed: ids, blobs: this.blobs, clock }, this.#run, {
      roots,
      ids: new Ids(ids),
      family: this.#family,
      access: this.access,
      usage: this.#usage,
      functions: this.functions,
      inspect: this.inspect,
      dynamodb: this.dynamodb,
    });
    next.#first = this.first;
    return next;
  }

  /** Ends this world: whoever holds it finds the other in `current`, and late work of this one is ignored. */
  giveWayTo(successor: World): void {
    if (this.#disposed) throw new Error(`World ${this.name} is disposed.`);
    this.dispose();
    this.#successor = successor;
    successor.scheduler.start();
  }

  /** This world, or the one that took its place. */
  get current(): World {
    if (this.#successor === undefined) return this;
    this.#successor = this.#successor.current;
    return this.#successor;
  }

  /** The one whose place this world took, at the beginning; itself where there was none. */
  get first(): World {
    return this.#first ?? this;
  }

  /** Counts from now on what this world and the forks made of it use; one tally for all of them. */
  countUsage(): UsageTally {
    if (this.#usage === undefined) {
      this.#usage = new UsageTally();
      this.#usage.listenTo(this.trace);
    }
    return this.#usage;
  }

  /** This world, those it was forked from and all their forks that somebody may still read. */
  family(): World[] {
    const worlds: World[] = [];
    for (const reference of this.#family) {
      const world = reference.deref();
      if (world === undefined || world.disposed) this.#family.delete(reference);
      else worlds.push(world);
    }
    return worlds;
  }

  /** Ends this world, or the one that took its place: timers are dropped, late work is ignored. */
  dispose(): void {
    this.#successor?.dispose();
    if (this.#disposed) return;
    this.#disposed = true;
    this.scheduler.stop();
    this.gate.dispose();
    this.#tables.clear();
    this.attachments.clear();
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Tells of every write from now on (the journal). */
  observeWrites(onWrite: TableWrite | undefined): void {
    this.#onWrite = onWrite;
  }

  /** Moves the clock by a duration ("15 minutes") and runs all that falls due on the way, in order. */
  async advance(by: string | number): Promise<void> {
    await this.scheduler.advanceTo(this.clock.now() + duration(by));
  }

  async #runWork(work: Work): Promise<void> {
    if (this.#disposed) return;
    await this.#run(work, this);
  }
}
