// The recent past of a world, kept as forks of its tables, and contexts that read some of their rows from there.

import { CallContext, storeOf, type Shelf } from "../cloud/context.ts";
import type { Store, TableSet } from "../cloud/operation.ts";
import type { World } from "../cloud/world.ts";
import type { Ids } from "../kernel/ids.ts";
import { Table } from "../kernel/table.ts";
import { eventual } from "./eventual.ts";

/** So many moments of the past are kept. */
const MOMENTS = 5;
const ATTACHED = "stand-in.past";

/** Some of a world's tables as they were, all others as they are. */
class Moment implements Shelf {
  readonly attachments = new Map<string, unknown>();
  readonly at: number;
  readonly #world: World;
  readonly #tables = new Map<string, Table<unknown>>();

  constructor(world: World) {
    this.at = world.clock.now();
    this.#world = world;
    for (const path of world.paths()) if (isEventual(path)) this.#tables.set(path, world.table(path).fork());
  }

  get disposed(): boolean {
    return this.#world.disposed;
  }

  table<Row>(path: string): Table<Row> {
    if (!isEventual(path)) return this.#world.table(path);
    let found = this.#tables.get(path);
    if (found === undefined) this.#tables.set(path, (found = new Table<unknown>()));
    return found as Table<Row>;
  }
}

/** Paths are `<service>/<account>/<region>/<table>`. */
function isEventual(path: string): boolean {
  const rule = eventual[path.slice(0, path.indexOf("/"))];
  return rule?.tables.includes(path.slice(path.lastIndexOf("/") + 1)) === true;
}

export class Past {
  readonly #world: World;
  readonly #longest: number;
  readonly #chance: Ids;
  readonly #moments: Moment[] = [];
  #seeded = 0;

  constructor(world: World, longest: number) {
    this.#world = world;
    this.#longest = longest;
    this.#chance = world.ids.fork("consistency");
  }

  /** Before anything changes: so that there is a time before it. */
  keep(): void {
    const now = this.#world.clock.now();
    // What is there from the start of an account has always been there.
    const seeded = this.#world.table("cloud/seeded").size;
    if (seeded !== this.#seeded) this.#moments.length = 0;
    this.#seeded = seeded;
    const newest = this.#moments.at(-1);
    if (newest === undefined || now - newest.at >= this.#longest / MOMENTS) this.#moments.push(new Moment(this.#world));
    while ((this.#moments[0]?.at ?? now) < now - this.#longest) this.#moments.shift();
  }

  /** As one of AWS's hosts sees it that is behind by any time up to the longest: drawn anew each time. */
  seen(): Shelf {
    this.keep();
    const from = this.#world.clock.now() - this.#chance.fraction() * this.#longest;
    return this.#moments.find(({ at }) => at >= from) ?? this.#world;
  }
}

export function pastOf(world: World, longest: number): Past {
  let past = world.attachments.get(ATTACHED) as Past | undefined;
  if (past === undefined) world.attachments.set(ATTACHED, (past = new Past(world, longest)));
  return past;
}

/** A context like another, whose rows are those that `seen` answers when it is asked for them. */
export class LateContext extends CallContext {
  readonly #seen: () => Shelf;

  constructor(from: CallContext, seen: () => Shelf) {
    super(from.cloud, from.definition, from, from.span);
    this.#seen = seen;
  }

  override storeAt(account: string, region: string): Store<TableSet> {
    return storeOf(this.#seen(), this.definition, account, region);
  }
}
