// The context a call runs in: made for every call, so everything costly in it is made on first use.

import type { Blobs } from "../kernel/blobs.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Table } from "../kernel/table.ts";
import type { Span } from "../kernel/trace.ts";
import type { Ports } from "../ports/ports.ts";
import type { Cloud } from "./cloud.ts";
import type {
  CallOptions,
  Caller,
  Context,
  Operation,
  Principal,
  RequestFacts,
  ScopedScheduler,
  Store,
  TableSet,
} from "./operation.ts";
import { portsFor } from "./port-binding.ts";
import type { ServiceDefinition } from "./service.ts";
import type { World } from "./world.ts";

export type CallFacts = {
  readonly world: World;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  readonly request: RequestFacts;
  readonly span: Span;
};

export class CallContext implements Context {
  readonly world: World;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly caller: Caller;
  readonly request: RequestFacts;
  readonly span: Span;
  readonly service: string;
  readonly cloud: Cloud;
  readonly definition: ServiceDefinition;
  #ports: Ports | undefined;
  #scheduler: ScopedScheduler | undefined;
  #store: Store<TableSet> | undefined;

  constructor(cloud: Cloud, definition: ServiceDefinition, facts: Omit<CallFacts, "span">, span: Span) {
    this.cloud = cloud;
    this.definition = definition;
    this.service = definition.name;
    this.world = facts.world;
    this.operation = facts.operation;
    this.account = facts.account;
    this.region = facts.region;
    this.caller = facts.caller;
    this.request = facts.request;
    this.span = span;
  }

  get endpoint(): string {
    return this.cloud.origin;
  }

  get clock(): Clock {
    return this.world.clock;
  }

  get ids(): Ids {
    return this.world.ids;
  }

  get blobs(): Blobs {
    return this.world.blobs;
  }

  get store(): Store<TableSet> {
    this.#store ??= this.storeAt(this.account, this.region);
    return this.#store;
  }

  get ports(): Ports {
    this.#ports ??= portsFor(this.cloud, this);
    return this.#ports;
  }

  get scheduler(): ScopedScheduler {
    this.#scheduler ??= scopedScheduler(this);
    return this.#scheduler;
  }

  storeAt(account: string, region: string): Store<TableSet> {
    return storeOf(this.world, this.definition, account, region);
  }

  places(): { account: string; region: string }[] {
    const seen = new Map<string, { account: string; region: string }>();
    for (const path of this.world.paths()) {
      const [service, account, region] = path.split("/");
      if (service === this.service && account !== undefined && region !== undefined)
        seen.set(`${account}/${region}`, { account, region });
    }
    return [...seen.values()];
  }

  async call<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output> {
    const name = this.cloud.operationName(this.definition, operation as Operation<never, unknown>);
    return (await this.cloud.callFrom(
      this,
      { service: this.service, operation: name },
      input as Record<string, unknown>,
      options,
    )) as Output;
  }
}

/** The caller that a principal is. */
export function callerOf(as: Caller | Principal, account: string): Caller {
  if ("kind" in as) return as;
  return {
    kind: "service",
    account: as.sourceAccount ?? account,
    arn: as.service,
    userId: as.service,
    sourceArn: as.sourceArn,
    sourceAccount: as.sourceAccount ?? account,
  };
}

const STORES = "cloud.stores";

/** By service, account and region: a key of all three would be a new text at every call. */
type Stores = Map<ServiceDefinition, Map<string, Map<string, Store<TableSet>>>>;

/** What holds tables by their paths: a world, or some of one as it was. */
export type Shelf = Pick<World, "table" | "disposed" | "attachments">;

export function storeOf(shelf: Shelf, definition: ServiceDefinition, account: string, region: string): Store<TableSet> {
  let stores = shelf.attachments.get(STORES) as Stores | undefined;
  if (stores === undefined) {
    stores = new Map();
    shelf.attachments.set(STORES, stores);
  }
  const place = definition.global ?? region;
  const known = stores.get(definition)?.get(account)?.get(place);
  if (known !== undefined) return known;
  const store = new (storeClass(definition))(shelf, `${definition.name}/${account}/${place}`);
  const ofService = below(stores, definition);
  below(ofService, account).set(place, store as unknown as Store<TableSet>);
  return store as unknown as Store<TableSet>;
}

function below<Key, Inner, Value>(outer: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  let inner = outer.get(key);
  if (inner === undefined) outer.set(key, (inner = new Map()));
  return inner;
}

/** Tables of one service in one place, each looked up once. */
class PlacedTables {
  readonly #shelf: Shelf;
  readonly #place: string;
  readonly #tables: (Table<unknown> | undefined)[] = [];

  constructor(shelf: Shelf, place: string) {
    this.#shelf = shelf;
    this.#place = place;
  }

  static table(store: PlacedTables, index: number, name: string): Table<unknown> {
    // A world that ended has let go of its tables.
    if (store.#shelf.disposed) return store.#shelf.table(`${store.#place}/${name}`);
    return (store.#tables[index] ??= store.#shelf.table(`${store.#place}/${name}`));
  }
}

const storeClasses = new WeakMap<ServiceDefinition, typeof PlacedTables>();

/** A class for each service: its getters, made once, read fast. */
function storeClass(definition: ServiceDefinition): typeof PlacedTables {
  let known = storeClasses.get(definition);
  if (known !== undefined) return known;
  known = class extends PlacedTables {};
  for (const [index, name] of Object.keys(definition.tables).entries())
    Object.defineProperty(known.prototype, name, {
      get(this: PlacedTables) {
        return PlacedTables.table(this, index, name);
      },
    });
  storeClasses.set(definition, known);
  return known;
}

function scopedScheduler(context: CallContext): ScopedScheduler {
  const { world, account, region, request } = context;
  const place = { account, region };
  const scope = { ...place, cause: context.span };
  const scheduler = world.scheduler;
  return {
    at: (time, kind, data) => scheduler.at(time, kind, data, scope),
    later: (kind, data) => scheduler.at(world.clock.now(), kind, data, scope),
    cancel: (id) => scheduler.cancel(id),
    subscribe: (topic, name, kind, data) => scheduler.subscribe({ topic, name, kind, data, ...place }),
    unsubscribe: (topic, name) => scheduler.unsubscribe(topic, name),
    wake: (topic, at) => scheduler.wake(topic, at, context.span),
    waitFor: (topic, until) => {
      const waiting = scheduler.waitFor(topic, until);
      if (request.caller === undefined) return waiting;
      return Promise.race([waiting, hungUp(request.caller.signal)]);
    },
  };
}

function hungUp(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(false), { once: true });
  });
}
