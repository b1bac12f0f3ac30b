// Forks that other processes reach: by a name below localhost, by a port of their own. Who is there, and who is gone.

import type { FunctionSettings } from "./function-settings.ts";
import type { World } from "./world.ts";

export type NamedFork = {
  /** The first label of its host name, e.g. `fork-1`. */
  readonly name: string;
  /** What it is for, in its maker's words. */
  readonly title: string | undefined;
  /** The fork it was made from; undefined for one of the main world. */
  readonly parent: string | undefined;
  readonly world: World;
  readonly port: number;
  readonly close: () => Promise<void>;
};

/** Opens a port that leads to one world; given by the server that listens. */
export type OpenPort = (world: World) => Promise<{ readonly port: number; readonly close: () => Promise<void> }>;

export type ForkFacts = {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly functions?: FunctionSettings | undefined;
};

/** A name that cannot be had, and why. */
export class NameTaken extends Error {}

const LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Below `localhost` these are AWS's own names, or lead to buckets, APIs and sites. */
const OF_AWS = /^(s3([.-].*)?|execute-api|lambda-url|cloudfront|elb|api|www|[a-z]{2}(-[a-z]+)+-\d)$/;
/** Enough to tell a late caller that its fork is gone, not that it never was. */
const REMEMBERED = 10_000;

export class Forks {
  open: OpenPort | undefined;
  readonly #byName = new Map<string, NamedFork | undefined>();
  readonly #byPort = new Map<number, NamedFork>();
  readonly #byWorld = new WeakMap<World, NamedFork>();
  readonly #gone = new Set<string>();
  readonly #isServiceName: (name: string) => boolean;
  #count = 0;

  constructor(isServiceName: (name: string) => boolean) {
    this.#isServiceName = isServiceName;
  }

  get size(): number {
    return this.#byPort.size;
  }

  all(): Iterable<NamedFork> {
    return this.#byPort.values();
  }

  /** By its name, or by its port as a text. */
  find(nameOrPort: string): NamedFork | undefined {
    return this.#byName.get(nameOrPort) ?? this.#byPort.get(Number(nameOrPort));
  }

  of(world: World): NamedFork | undefined {
    return this.#byWorld.get(world.first);
  }

  /** Names that we give are gone also when another process gave them: never the main world in a fork's stead. */
  isGone(name: string): boolean {
    return this.#gone.has(name) || (/^fork-\d+$/.test(name) && !this.#byName.has(name));
  }

  /** A fork of a world with a name and a port. Names are unique among the living. */
  async make(from: World, { name, title, functions }: ForkFacts): Promise<NamedFork> {
    const taken = this.#take(name);
    let child: World | undefined;
    try {
      // Ids follow from the title: the same test has the same ids, however many forks were made before it.
      child = from.fork(title ?? taken, functions);
      return await this.#serve(child, { name: taken, title, parent: this.of(from)?.name });
    } catch (error) {
      this.#byName.delete(taken);
      child?.dispose();
      throw error;
    }
  }

  /** The same for a fork that is there already. */
  async adopt(world: World, title: string | undefined): Promise<NamedFork> {
    const name = this.#take(undefined);
    try {
      return await this.#serve(world, { name, title, parent: undefined });
    } catch (error) {
      this.#byName.delete(name);
      throw error;
    }
  }

  /** With the forks made from it. False when there is no such fork. */
  async drop(nameOrPort: string): Promise<boolean> {
    const fork = this.find(nameOrPort);
    if (fork === undefined) return false;
    this.#byName.delete(fork.name);
    this.#byPort.delete(fork.port);
    this.#gone.add(fork.name);
    const [oldest] = this.#gone;
    if (this.#gone.size > REMEMBERED && oldest !== undefined) this.#gone.delete(oldest);
    fork.world.dispose();
    const children = [...this.all()].filter(({ parent }) => parent === fork.name);
    await Promise.all([fork.close(), ...children.map((child) => this.drop(child.name))]);
    return true;
  }

  async dropAll(): Promise<void> {
    await Promise.all([...this.all()].map(({ name }) => this.drop(name)));
  }

  async #serve(world: World, facts: Pick<NamedFork, "name" | "title" | "parent">): Promise<NamedFork> {
    if (this.open === undefined) throw new Error("A cloud that does not listen has no address for a fork.");
    const { port, close } = await this.open(world);
    const fork: NamedFork = { ...facts, world, port, close };
    this.#byName.set(fork.name, fork);
    this.#byPort.set(port, fork);
    this.#byWorld.set(world.first, fork);
    return fork;
  }

  /** Nobody else gets the name from here on. */
  #take(asked: string | undefined): string {
    if (asked !== undefined) this.#check(asked);
    let name = asked;
    while (name === undefined || (asked === undefined && this.#byName.has(name))) {
      this.#count += 1;
      name = `fork-${this.#count}`;
    }
    this.#byName.set(name, undefined);
    this.#gone.delete(name);
    return name;
  }

  #check(name: string): void {
    if (!LABEL.test(name))
      throw new RangeError(
        `name is a DNS label (a-z, 0-9 and hyphens, a letter first, at most 63), not "${name}". What a fork is for may stand in title.`,
      );
    if (OF_AWS.test(name) || this.#isServiceName(name))
      throw new RangeError(`name is not "${name}": below localhost that is a name of AWS's.`);
    if (this.#byName.has(name)) throw new NameTaken(`There is a fork "${name}" already.`);
  }
}
