// A running cloud: its services, its worlds, and every call between them. The only file that knows two services at once.

import { fullDisk, isFullDisk } from "../kernel/full-disk.ts";
import { Blobs } from "../kernel/blobs.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { Ids } from "../kernel/ids.ts";
import { dispatch } from "../gateway/dispatch.ts";
import { CallContext, callerOf, type CallFacts } from "./context.ts";
import type { CallOptions, Operation } from "./operation.ts";
import type { ResourceType } from "./resource.ts";
import type { DynamodbSettings } from "./dynamodb-settings.ts";
import type { HttpDoor, ProcessKey, ServiceDefinition } from "./service.ts";
import type { FunctionSettings } from "./function-settings.ts";
import type { Call } from "./call.ts";
import { blobsFolder, Persistence } from "./persistence.ts";
import { Forks } from "./forks.ts";
import { LoadedServices, type Alter } from "./loaded-services.ts";
import { namedBodies } from "./named-bodies.ts";
import { runWork } from "./run-work.ts";
import { seed } from "./seeding.ts";
import { traced } from "./trace-header.ts";
import { doors, services } from "./services.ts";
import { VERSION } from "./version.ts";
import { World, type WorldContents } from "./world.ts";

export type CloudSettings = Pick<FunctionSettings, "lambdaClock" | "isolation"> & {
  /** Seeds all ids; random when absent. */
  readonly seed?: string | undefined;
  readonly region?: string | undefined;
  /** Account of keys that name none. */
  readonly account?: string | undefined;
  /** Where everything is kept from one start to the next; nothing outlives the cloud when absent. */
  readonly directory?: string | undefined;
  /** Refuse keys that nobody issued. */
  readonly strict?: boolean | undefined;
  readonly dynamodb?: DynamodbSettings | undefined;
  /** What each service becomes as it is loaded. */
  readonly alter?: Alter | undefined;
};

/** Something thrown that is not an AWS error: our bug, kept so that the test that caused it can fail. */
export type Bug = { readonly where: string; readonly error: unknown };

export class Cloud {
  readonly region: string;
  readonly account: string;
  readonly strict: boolean;
  readonly blobs: Blobs;
  readonly bugs: Bug[] = [];
  readonly version: string = VERSION;
  /** Host names that are ours beside the usual ones. */
  readonly hosts: string[] = [];
  /** ready.d scripts and whether all have run. */
  initScripts: readonly { readonly name: string; readonly stage: string; readonly state: string }[] = [];
  initCompleted = true;
  /** Ends the process that runs this cloud; set by the commands that do nothing else. */
  end: (() => void) | undefined;
  /** The endpoint as callers reach it; set by the server that listens. */
  origin = "http://127.0.0.1:4566";
  /** Those with an address of their own. */
  readonly forks = new Forks((name) => services[name] !== undefined);
  readonly #bugs = new WeakMap<World, Bug[]>();
  readonly #loaded: LoadedServices;
  readonly #directory: string | undefined;
  readonly #seed: string;
  readonly #main: World;
  #replaced = 0;
  #resourceTypes: Map<string, ResourceType> | undefined;
  #persistence: Persistence | undefined;
  #closed = false;

  constructor(settings: CloudSettings = {}) {
    this.region = settings.region ?? "us-east-1";
    this.account = settings.account ?? "000000000000";
    this.strict = settings.strict ?? false;
    this.#loaded = new LoadedServices(settings.alter);
    this.#directory = settings.directory;
    this.blobs = new Blobs(settings.directory === undefined ? undefined : blobsFolder(settings.directory));
    this.#seed = settings.seed ?? `${process.pid}.${process.hrtime.bigint()}`;
    this.#main = new World({ name: "main", seed: this.#seed, blobs: this.blobs }, (work, world) =>
      runWork(this, work, world),
    );
    this.world.functions = { lambdaClock: settings.lambdaClock, isolation: settings.isolation };
    this.world.dynamodb = settings.dynamodb ?? {};
    this.blobs.whenGrown(
      () => void this.sweepBodies().catch((error: unknown) => this.bug("sweepBodies", error, this.world)),
    );
  }

  /** The main world, which forks are made of. */
  get world(): World {
    return this.#main.current;
  }

  /**
   * Puts other contents in a world's place, whole. What is under way there goes on in the world that was, and is lost
   * with it. The ids go on as they were only where nobody else in this cloud can have got the same.
   */
  async replace(world: World, contents: WorldContents, ids: "same" | "own" = "own"): Promise<void> {
    this.#replaced += 1;
    const own = new Ids(contents.ids).fork(`replaced.${this.#replaced}`).state;
    const next = world.current.successor({ ...contents, ids: ids === "same" ? contents.ids : own });
    try {
      if (world.current === this.world) await this.#persistence?.replace(next);
      world.current.giveWayTo(next);
    } catch (error) {
      next.dispose();
      throw error;
    }
  }

  /** Brings back what was kept, then lets work run. */
  async open(): Promise<void> {
    if (this.#directory !== undefined)
      this.#persistence = await Persistence.open(this.#directory, this.world, this.#seed);
    // Only now is the folder ours alone.
    await this.blobs.open();
    this.world.scheduler.start();
  }

  /** Whether the data folder held a world already. */
  get hasKept(): boolean {
    return (this.#persistence?.starts ?? 1) > 1;
  }

  /** Before an answer leaves: what it says must survive the end of this process. Forks are never kept. */
  acknowledged(world: World, before?: number): Promise<void> | undefined {
    return world === this.world ? this.#persistence?.acknowledged(before) : undefined;
  }

  /** How many writes were to be kept so far: what a call is measured by. */
  get written(): number | undefined {
    return this.#persistence?.written;
  }

  /** Removes bodies that no row of any world names any more, and answers how many. Runs by itself as bodies come in. */
  sweepBodies(): Promise<number> {
    return this.blobs.sweep(
      () => namedBodies(this.world.family()),
      async () => this.acknowledged(this.world),
    );
  }

  /** Nothing that is under way comes to its end any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Ends workers, processes and timers. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.forks.dropAll();
    // Work that runs is begun again by the next start: what it does from now on is not kept.
    this.world.scheduler.stop();
    try {
      await this.#persistence?.close();
    } finally {
      this.world.dispose();
      for (const definition of this.#loaded.values()) await definition.close?.(this.blobs);
      await this.blobs.close();
    }
  }

  loaded(service: string): ServiceDefinition | undefined {
    return this.#loaded.get(service);
  }

  load(service: string): Promise<ServiceDefinition> {
    return this.#loaded.load(service);
  }

  async loadAll(): Promise<void> {
    await Promise.all(Object.keys(services).map((name) => this.load(name)));
  }

  /** Of the services that have websites, APIs and links; or one service's developer paths. */
  async doors(
    service?: string,
  ): Promise<readonly { readonly definition: ServiceDefinition; readonly door: HttpDoor }[]> {
    const names = service === undefined ? doors : [service];
    const definitions = await Promise.all(names.map((name) => this.load(name)));
    return definitions.flatMap((definition) =>
      ((service === undefined ? definition.http : definition.developerPaths) ?? []).map((door) => ({
        definition,
        door: door as unknown as HttpDoor,
      })),
    );
  }

  /** For a key of a process that a service of ours started. */
  processKey(accessKeyId: string): ProcessKey | undefined {
    for (const definition of this.#loaded.values()) {
      const found = definition.processKey?.(accessKeyId, this.blobs);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every CloudFormation type that can be deployed, once all services are loaded. */
  resourceTypes(): ReadonlyMap<string, ResourceType> {
    if (this.#resourceTypes === undefined || this.#resourceTypes.size === 0) {
      this.#resourceTypes = new Map();
      for (const definition of this.#loaded.values())
        for (const type of definition.resources ?? []) this.#resourceTypes.set(type.type, type);
    }
    return this.#resourceTypes;
  }

  /** The API name under which a definition lists an operation. */
  operationName(definition: ServiceDefinition, operation: Operation<never, unknown>): string {
    return this.#loaded.operationName(definition, operation);
  }

  /** A context of a service for someone who already has one: same world, caller and span unless told otherwise. */
  contextFor(definition: ServiceDefinition, from: CallContext, changes?: Partial<CallFacts>): CallContext {
    if (changes === undefined) return new CallContext(this, definition, from, from.span);
    const { world, operation, account, region, caller, request } = from;
    const facts = { world, operation, account, region, caller, request, ...changes };
    return new CallContext(this, definition, facts, changes.span ?? from.span);
  }

  /** Runs an operation on behalf of a call that is under way. */
  async callFrom(
    from: CallContext,
    what: Called,
    input: Record<string, unknown>,
    options: CallOptions,
  ): Promise<Record<string, unknown>> {
    const { service, operation } = what;
    const caller = options.as === undefined ? from.caller : callerOf(options.as, from.account);
    return this.call({
      world: from.world,
      service,
      operation,
      input,
      caller,
      account:
        options.account ?? (caller.kind === "service" || caller.kind === "anonymous" ? from.account : caller.account),
      region: options.region ?? from.region,
      request: from.request,
      parent: from.span,
    });
  }

  /** Runs an operation: loads the service, seeds the place, then validates, authorises, runs and records. */
  async call(call: Call): Promise<Record<string, unknown>> {
    const definition = this.#loaded.get(call.service) ?? (await this.load(call.service));
    if (this.#loaded.get("iam") === undefined) await this.load("iam");
    if (call.service === "cloudformation" || call.service === "cloudcontrol") await this.loadResources();
    const seeding = seed(this, call);
    if (seeding !== undefined) await seeding;
    return dispatch(this, definition, traced(call));
  }

  /** Headers a service adds to every answer of a call (S3's CORS). */
  responseHeaders(call: Call): Readonly<Record<string, string>> {
    const definition = this.#loaded.get(call.service);
    if (definition?.responseHeaders === undefined) return {};
    // Not a step of its own: the trace has the call already.
    const span = call.parent ?? { id: 0, parent: undefined, kind: "call", name: "headers", at: 0, attributes: {} };
    const context = new CallContext(this, definition, call, span);
    return definition.responseHeaders(
      { operation: call.operation, input: call.input, request: call.request },
      context as never,
    );
  }

  /** Remembers a bug and turns it into the 500 that AWS would give. A full disk is none. */
  bug(where: string, error: unknown, world: World): AwsError {
    if (isFullDisk(error)) return fullDisk(this.#directory, error, where);
    const bug = { where, error };
    this.bugs.push(bug);
    if (world.first !== this.world.first) this.bugsOf(world).push(bug);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return new AwsError("InternalFailure", `Hangar failed in ${where}: ${text}`, { status: 500 });
  }

  /** Of the main world: all that any world met. Of a fork: its own. */
  bugsOf(world: World): Bug[] {
    let own = world.first === this.world.first ? this.bugs : this.#bugs.get(world.first);
    if (own === undefined) this.#bugs.set(world.first, (own = []));
    return own;
  }

  /** Every service that has resource types: before CloudFormation or Cloud Control runs. */
  async loadResources(): Promise<void> {
    if (this.#resourceTypes !== undefined) return;
    await this.loadAll();
    this.resourceTypes();
  }
}

type Called = { readonly service: string; readonly operation: string };
