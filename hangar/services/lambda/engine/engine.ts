// All execution environments of one cloud: started when needed, kept warm, shared by forks, ended with the cloud.

import type { ProcessKey } from "../../../cloud/service.ts";
import type { World } from "../../../cloud/world.ts";
import type { Blobs } from "../../../kernel/blobs.ts";
import { CodeDirectories } from "./code-directory.ts";
import { startContainer } from "./start-container.ts";
import { startRuntime, type Begun, type Unpacked } from "./start-runtime.ts";
import { sandbox } from "./sandbox.ts";
import { mostProcesses, StartLimit } from "./start-limit.ts";
import type { Deployment, Job, Outcome } from "./deployment.ts";
import { Environment } from "./environment.ts";
import { EnvironmentFiles } from "./environment-files.ts";
import { logStreamName } from "./environment-log.ts";
import { extensionNames, hostsFile } from "./extension-processes.ts";
import { FailedEnvironments } from "./failed-environments.ts";
import { pythonProgram } from "./python.ts";
import { ProcessKeys } from "./process-keys.ts";
import { joinPrestarted, leavePrestarted, preload, prestart } from "./prestarted.ts";
import { RuntimeApi } from "./runtime-api.ts";
import { runtimePackages } from "./runtime-packages.ts";
import { nodeProgram, programFor } from "./runtimes.ts";
import { WarmPool } from "./warm-pool.ts";

/** What an environment needs of the invocation, or of the configuration, that has it started. */
type Start = Pick<Job, "world" | "blobs" | "credentials" | "variables">;

const REAP_EVERY = 30_000;

export class Engine {
  readonly #code = new CodeDirectories();
  readonly #idle = new WarmPool();
  readonly #failed = new FailedEnvironments((environment) => this.#end(environment));
  readonly #all = new Set<Environment>();
  readonly #keys = new ProcessKeys();
  readonly #most = mostProcesses();
  readonly #starts = new StartLimit(() => this.#room());
  /** Starts that have been granted and are no environments yet. */
  #coming = 0;
  readonly #retired = new WeakSet<Environment>();
  /** Environments whose extensions have been told to end. */
  readonly #ending = new Set<Promise<void>>();
  #reaper: NodeJS.Timeout | undefined;
  #closed = false;
  /** Why environments have no mounts of their own, where nobody has been told yet. */
  #untold: string | undefined;

  constructor() {
    joinPrestarted();
    void sandbox().then((own) => {
      if (typeof own === "string") this.#untold = own;
    });
  }

  /** Runs one invocation, in a warm environment when there is one. An initialisation that fails is tried once more, in the invocation's time. */
  async invoke(deployment: Deployment, job: Job): Promise<Outcome> {
    let failed: Environment | undefined;
    for (;;) {
      const environment =
        failed === undefined
          ? ((await this.#starts.next(() => this.#warm(deployment, job))) ??
            (await this.#startOne(deployment, job, this.#failed.take(deployment, job.world))))
          : await this.#startAgain(deployment, job, failed);
      const outcome = await environment.invoke(job);
      failed = outcome === "uninitialised" ? environment : undefined;
      if (outcome === "unserved") this.#release(environment);
      if (typeof outcome === "string") continue;
      if (outcome.rest === undefined) this.#release(environment);
      else void outcome.rest.then(() => this.#release(environment));
      return outcome;
    }
  }

  /** Has Node processes ready that have loaded what the code will ask the runtime for. */
  async warmUp(runtime: string, blobs: Blobs, code: string): Promise<void> {
    // Asking the machine's interpreters takes a while: the first invocation need not wait for it.
    if (runtime.startsWith("python")) await pythonProgram(runtime).catch(() => undefined);
    if (!runtime.startsWith("nodejs")) return;
    const [packages] = await Promise.all([runtimePackages(blobs, code), prestart(nodeProgram(runtime))]);
    if (!this.#closed) preload(packages);
  }

  /** Has as many ready as are wanted; answers how many there are. */
  async provision(deployment: Deployment, count: number, start: Start): Promise<number> {
    const present = Array.from(this.#all).filter(
      (each) =>
        each.session.world === start.world && each.facts.deployment.key === deployment.key && !this.#retired.has(each),
    );
    const missing = Array.from({ length: count - present.length }, () => this.#startIdle(deployment, start));
    const started = await Promise.all(missing);
    return present.length + started.filter((each) => each).length;
  }

  /** Ends those of a function that are more than their version keeps. */
  keepProvisioned(functionArn: string, kept: ReadonlyMap<string, number>, world: World): void {
    const left = new Map(kept);
    for (const environment of Array.from(this.#all)) {
      const { deployment } = environment.facts;
      if (!deployment.provisioned || deployment.functionArn !== functionArn || environment.session.world !== world)
        continue;
      const more = left.get(deployment.version) ?? 0;
      left.set(deployment.version, more - 1);
      if (more <= 0) this.#retire(environment);
    }
    this.#failed.dropOf(functionArn, world, true);
  }

  processKey(accessKeyId: string): ProcessKey | undefined {
    return this.#keys.find(accessKeyId);
  }

  /** Ends the environments of a function (all versions): new code or configuration, or deletion. */
  retire(functionArn: string, world: World): void {
    for (const environment of Array.from(this.#all)) {
      const { deployment } = environment.facts;
      if (deployment.functionArn !== functionArn || environment.session.world !== world) continue;
      this.#retire(environment);
    }
    this.#failed.dropOf(functionArn, world);
  }

  #retire(environment: Environment): void {
    // One that is busy is not used again.
    if (this.#idle.remove(environment)) this.#end(environment);
    else this.#retired.add(environment);
  }

  get environments(): number {
    return this.#all.size;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#reaper);
    for (const environment of Array.from(this.#all)) this.#end(environment);
    this.#failed.drop(() => true);
    leavePrestarted();
    await Promise.all(this.#ending);
    await this.#code.close();
  }

  #warm(deployment: Deployment, job: Job): Environment | undefined {
    for (;;) {
      const environment = this.#idle.take(deployment, job.world);
      if (environment === undefined) return undefined;
      if (environment.dead) this.#release(environment);
      else return this.#renew(environment, job);
    }
  }

  /** With credentials that hold for longer than any invocation. */
  #renew(environment: Environment, job: Job): Environment {
    const { expiration, world } = environment.session;
    const holds = expiration === undefined || expiration > job.world.clock.now() + 15 * 60_000;
    if (world === job.world && holds) return environment;
    const present = job.credentials();
    environment.session.adopt(job.world, present);
    this.#keys.assign(environment.facts.credentials, present, job.world);
    return environment;
  }

  /** Where there is none, one that waits for work of its function makes place. */
  #room(): boolean {
    const full = this.#all.size + this.#coming >= this.#most;
    const longest = full ? this.#idle.takeLongest() : undefined;
    if (full && longest === undefined) return false;
    if (longest !== undefined) this.#end(longest);
    this.#coming += 1;
    return true;
  }

  #release(environment: Environment): void {
    if (this.#closed || this.#retired.has(environment)) return this.#end(environment);
    if (environment.dead) return this.#failed.put(environment);
    this.#idle.put(environment);
    environment.rest();
    this.#starts.changed();
    this.#reaper ??= setInterval(() => this.#reap(), REAP_EVERY).unref();
  }

  #reap(): void {
    this.#keys.dropEnded();
    for (const environment of this.#idle.takeOld()) this.#end(environment);
    this.#failed.dropOld();
  }

  async #startIdle(deployment: Deployment, start: Start): Promise<boolean> {
    await this.#starts.next(() => undefined);
    const environment = await this.#startOne(deployment, start);
    const ready = await environment.initialised;
    if (ready) this.#release(environment);
    return ready;
  }

  /** Where one has failed there is room for another. */
  async #startAgain(deployment: Deployment, job: Start, failed: Environment): Promise<Environment> {
    await this.#starts.next(() => undefined);
    return this.#startOne(deployment, job, failed);
  }

  async #startOne(deployment: Deployment, job: Start, failed?: Environment): Promise<Environment> {
    const api = new RuntimeApi();
    try {
      // What its extensions do last, they do before the next ones begin.
      await failed?.end();
      return await this.#start(deployment, job, api, failed);
    } catch (error) {
      if (failed !== undefined) this.#release(failed);
      api.close();
      this.#starts.started();
      throw error;
    } finally {
      this.#coming -= 1;
    }
  }

  async #start(deployment: Deployment, job: Start, api: RuntimeApi, failed?: Environment): Promise<Environment> {
    const [port, own, source] = await Promise.all([
      api.listen(),
      job.variables(),
      deployment.image ?? this.#unpack(deployment, job, failed?.facts.files),
    ]);
    if (this.#closed) throw new Error("The cloud was closed before the function could start.");
    if (deployment.ownWorld) for (const ended of this.#idle.takeEnded(deployment.key)) this.#end(ended);
    const credentials = job.credentials();
    const logStream = failed?.facts.logStream ?? logStreamName(deployment, job.world);
    const clockOffset = deployment.worldClock ? Math.round(job.world.clock.now() - Date.now()) : undefined;
    const given = { port, logStream, credentials, clockOffset, own };
    const contained = "uri" in source;
    const begun = contained
      ? await startContainer(deployment, source, given)
      : await startRuntime(deployment, source, given);
    const note = contained ? undefined : this.#untold;
    if (!contained) this.#untold = undefined;
    const facts = { ...begun.facts, deployment, note, logStream, credentials, earlier: failed?.log };
    const environment = new Environment(facts, begun.child, job.world);
    api.serve(environment);
    this.#watch(environment, begun, api);
    this.#all.add(environment);
    this.#keys.assign(credentials, credentials, job.world);
    begun.go(environment);
    return environment;
  }

  async #unpack(deployment: Deployment, { blobs }: Start, present?: EnvironmentFiles): Promise<Unpacked> {
    const [taskRoot, layerRoot, files] = await Promise.all([
      this.#code.of(blobs, [deployment.code]),
      deployment.layers.length === 0 ? undefined : this.#code.of(blobs, deployment.layers),
      present ?? this.#scratch().then((directory) => new EnvironmentFiles(directory)),
    ]);
    const { scratch } = files;
    const extensions = await extensionNames(layerRoot);
    const hosts = extensions.length === 0 ? undefined : await hostsFile(await this.#code.root());
    const contents = { taskRoot, layerRoot, temporary: deployment.temporary, hosts };
    const places =
      scratch === undefined
        ? { taskRoot: "/var/task", layerRoot: layerRoot === undefined ? undefined : "/opt", scratch: "/tmp" }
        : { taskRoot, layerRoot, scratch };
    const program = await programFor(deployment.runtime, { ...places, contents }, deployment);
    return { contents, places, extensions, program, files };
  }

  /** A directory in place of /tmp, for environments that cannot have mounts. */
  async #scratch(): Promise<string | undefined> {
    return typeof (await sandbox()) === "string" ? this.#code.fresh("scratch") : undefined;
  }

  #watch(environment: Environment, begun: Begun, api: RuntimeApi): void {
    let starting = true;
    const started = (): void => {
      if (starting) this.#starts.started();
      starting = false;
    };
    environment.onReady = () => {
      started();
      begun.ready();
    };
    environment.onDeath = (over) => {
      started();
      environment.facts.inspector?.end();
      this.#all.delete(environment);
      this.#starts.changed();
      if (over === undefined) return api.close();
      const closed = over.then(() => {
        api.close();
        this.#ending.delete(closed);
      });
      this.#ending.add(closed);
    };
  }

  #end(environment: Environment): void {
    const over = environment.end();
    environment.onDeath(over);
    void Promise.resolve(over).then(() => environment.facts.files?.release());
  }
}
