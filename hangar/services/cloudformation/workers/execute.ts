// Runs the operation on a stack that is under way: whatever is ready, in parallel, until all is done or waits for an answer.

import type { Context } from "../../../cloud/operation.ts";
import type { Deployment, Tables, Task } from "../store.ts";
import { putTask, tasksOf } from "./begin.ts";
import { nextPhase } from "./next-phase.ts";
import { cancelTask, pollTask, runTask } from "./run-task.ts";
import { Scene } from "./scene.ts";

type Running = { poke: () => void };

const RUNNING = "cloudformation.running";

/** One at a time for each operation: a second call makes the first look again. */
export async function execute(data: { readonly deployment: string }, context: Context<Tables>): Promise<void> {
  const { attachments } = context.world;
  const all = (attachments.get(RUNNING) as Map<string, Running> | undefined) ?? new Map<string, Running>();
  attachments.set(RUNNING, all);
  giveUpOverdue(data.deployment, context);
  const known = all.get(data.deployment);
  if (known !== undefined) {
    known.poke();
    return;
  }
  const running: Running = { poke: () => {} };
  all.set(data.deployment, running);
  try {
    await runToRest(data.deployment, running, context);
  } finally {
    all.delete(data.deployment);
  }
}

function giveUpOverdue(id: string, context: Context<Tables>): void {
  const deployment = context.store.deployments.get(id);
  if (deployment?.until === undefined || deployment.phase !== "apply" || context.clock.now() < deployment.until) return;
  const failure = "Stack creation time exceeded the specified timeout. ";
  context.store.deployments.put(id, { ...deployment, cancelled: true, failure });
}

async function runToRest(id: string, running: Running, context: Context<Tables>): Promise<void> {
  let scene: Scene | undefined;
  for (;;) {
    const deployment = context.store.deployments.get(id);
    if (deployment === undefined || deployment.phase === "ended") return;
    scene = scene === undefined ? new Scene(deployment, context) : scene.at(deployment);
    const finished = await runPhase(scene, running, context);
    if (!finished) return;
    await nextPhase(scene, context);
  }
}

/** True when every task of the phase is settled, false when the rest waits for an answer. */
async function runPhase(scene: Scene, running: Running, context: Context<Tables>): Promise<boolean> {
  const phase = new PhaseTasks(scene.deployment, context);
  const inFlight = new Set<Promise<void>>();
  for (;;) {
    await pollWaiting(phase, scene, context);
    for (const task of phase.ready()) {
      phase.put({ ...task, status: "running" });
      const work: Promise<void> = runTask(task, scene).then((after) => {
        inFlight.delete(work);
        phase.put(after);
      });
      inFlight.add(work);
    }
    if (inFlight.size === 0) {
      if (phase.waiting().length > 0 && !phase.failing) return false;
      for (const task of phase.waiting()) phase.put(cancelTask(task, scene));
      return true;
    }
    const poked = new Promise<void>((resolve) => {
      running.poke = resolve;
    });
    await Promise.race([poked, ...inFlight]);
  }
}

async function pollWaiting(phase: PhaseTasks, scene: Scene, context: Context<Tables>): Promise<void> {
  for (const task of phase.waiting()) {
    const after = await pollTask(task, scene);
    if (after !== task) phase.put(after);
    else if (task.wait !== undefined && task.wait.until !== Number.MAX_SAFE_INTEGER) phase.watch(task, context);
  }
}

/** A phase's tasks and which of them may start. */
class PhaseTasks {
  readonly #tasks = new Map<string, Task>();
  readonly #context: Context<Tables>;
  readonly #watched = new Set<string>();
  readonly #stops: boolean;

  constructor(deployment: Deployment, context: Context<Tables>) {
    this.#context = context;
    // Where something new is being made, one failure stops the rest; taking away goes on.
    this.#stops = deployment.phase === "apply";
    const kinds: readonly Task["kind"][] =
      deployment.phase === "apply" ? ["apply"] : deployment.phase === "undo" ? ["restore"] : ["delete"];
    for (const task of tasksOf(deployment.id, context)) {
      if (!kinds.includes(task.kind) || (task.kind === "delete" && !task.id.startsWith(`${deployment.phase}/`)))
        continue;
      // Work that a stopped process had begun is begun again.
      this.#tasks.set(task.id, task.status === "running" ? { ...task, status: "pending" } : task);
    }
  }

  get failing(): boolean {
    if (!this.#stops) return false;
    const cancelled =
      this.#context.store.deployments.get([...this.#tasks.values()][0]?.deploymentId ?? "")?.cancelled === true;
    return cancelled || [...this.#tasks.values()].some((task) => task.status === "failed");
  }

  put(task: Task): void {
    this.#tasks.set(task.id, putTask(task, this.#context));
  }

  waiting(): Task[] {
    return [...this.#tasks.values()].filter((task) => task.status === "waiting");
  }

  ready(): Task[] {
    if (this.failing) return [];
    const out: Task[] = [];
    let busy = false;
    for (const task of this.#tasks.values()) {
      if (task.status === "running" || task.status === "waiting") busy = true;
      if (task.status === "pending" && task.after.every((id) => this.#settled(id))) out.push(task);
    }
    if (out.length > 0 || busy) return out;
    // Old and new resources may need each other crosswise: then somebody has to go first.
    const stuck = [...this.#tasks.values()].find(
      (task) => task.status === "pending" && !this.#blocked(task, new Set()),
    );
    return stuck === undefined ? [] : [stuck];
  }

  /** Whether it waits for something that failed, however far away. */
  #blocked(task: Task, seen: Set<string>): boolean {
    if (seen.has(task.id)) return false;
    seen.add(task.id);
    return task.after.some((id) => {
      const other = this.#tasks.get(id);
      return other !== undefined && (other.status === "failed" || this.#blocked(other, seen));
    });
  }

  #settled(id: string): boolean {
    const task = this.#tasks.get(id);
    return task === undefined || task.status === "done";
  }

  /** Looks again when the wait is over. */
  watch(task: Task, context: Context<Tables>): void {
    if (task.wait === undefined || this.#watched.has(task.wait.token)) return;
    this.#watched.add(task.wait.token);
    context.scheduler.at(task.wait.until, "cloudformation.execute", { deployment: task.deploymentId });
  }
}
