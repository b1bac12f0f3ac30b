// What follows when all tasks of a phase are settled: complete, clean up, or go back.

import type { Context } from "../../../cloud/operation.ts";
import { within, type Deployment, type Resource, type Stack, type Tables, type Task } from "../store.ts";
import { addDeleteTasks, enter, putTask, tasksOf } from "./begin.ts";
import { evaluateOutputs, checkExports, importedNames, writeExports } from "./outputs.ts";
import { resourcesOf } from "./plan.ts";
import { deniedByPolicy } from "../rules/stack-policy.ts";
import { dropResource, noteResource, setResource, setStack, stackTopic } from "./record.ts";
import type { Scene } from "./scene.ts";

export async function nextPhase(scene: Scene, context: Context<Tables>): Promise<void> {
  const { deployment } = scene;
  const tasks = tasksOf(deployment.id, context);
  switch (deployment.phase) {
    case "apply":
      return afterApply(scene, tasks, context);
    case "cleanup":
      return end(deployment, { status: "UPDATE_COMPLETE" }, context);
    case "undo":
      return afterUndo(deployment, tasks, context);
    case "undo-cleanup":
      return end(deployment, { status: "UPDATE_ROLLBACK_COMPLETE" }, context);
    case "remove":
      return afterRemove(deployment, tasks, context);
    case "ended":
  }
}

function afterApply(scene: Scene, tasks: readonly Task[], context: Context<Tables>): void {
  const { deployment } = scene;
  const failed = tasks.filter((task) => task.kind === "apply" && task.status === "failed");
  if (deployment.cancelled === true) return goBack(deployment, tasks, deployment.failure ?? "User Initiated", context);
  if (failed.length > 0) return goBack(deployment, tasks, failureSentence(deployment, failed, context), context);
  const protectedOne = protectedFromDeletion(deployment, tasks, context);
  if (protectedOne !== undefined)
    return goBack(deployment, tasks, `The following resource(s) failed to update: [${protectedOne}]. `, context);
  let committed: Partial<Stack>;
  try {
    const outputs = evaluateOutputs(scene);
    checkExports(scene.stack, outputs, context);
    writeExports(scene.stack, outputs, context);
    committed = {
      ...deployment.target,
      description: scene.template.Description,
      outputs,
      imports: importedNames(scene),
    };
  } catch (error) {
    return goBack(deployment, tasks, (error as Error).message, context);
  }
  complete(deployment, tasks, committed, context);
}

function failureSentence(deployment: Deployment, failed: readonly Task[], context: Context<Tables>): string {
  const verbOf = (task: Task): string => {
    if (deployment.kind === "IMPORT") return "import";
    const isNew =
      task.effect === "created" ||
      (task.effect === undefined &&
        context.store.resources.get(within(deployment.stackId, task.logicalId))?.state === undefined);
    return isNew ? "create" : "update";
  };
  return ["import", "create", "update"]
    .map((verb) => ({ verb, names: failed.filter((task) => verbOf(task) === verb).map((task) => task.logicalId) }))
    .filter(({ names }) => names.length > 0)
    .map(({ verb, names }) => `The following resource(s) failed to ${verb}: [${names.join(", ")}]. `)
    .join("");
}

/** What the new template leaves out. */
function leftOut(deployment: Deployment, tasks: readonly Task[], context: Context<Tables>): Resource[] {
  const kept = new Set(tasks.map((task) => task.logicalId));
  return [...resourcesOf(deployment.stackId, context).values()].filter((resource) => !kept.has(resource.logicalId));
}

/** The stack policy keeps a resource that the template leaves out: its name, after its event. */
function protectedFromDeletion(
  deployment: Deployment,
  tasks: readonly Task[],
  context: Context<Tables>,
): string | undefined {
  if (deployment.kind !== "UPDATE") return undefined;
  for (const resource of leftOut(deployment, tasks, context)) {
    const question = { action: "Update:Delete", logicalId: resource.logicalId, type: resource.type } as const;
    const denial = deniedByPolicy(deployment.policy, question);
    if (denial === undefined) continue;
    noteResource({ ...resource, status: "UPDATE_FAILED", statusReason: denial }, context);
    return resource.logicalId;
  }
  return undefined;
}

function complete(
  deployment: Deployment,
  tasks: readonly Task[],
  committed: Partial<Stack>,
  context: Context<Tables>,
): void {
  if (deployment.kind === "CREATE") return end(deployment, { ...committed, status: "CREATE_COMPLETE" }, context);
  if (deployment.kind === "IMPORT") return end(deployment, { ...committed, status: "IMPORT_COMPLETE" }, context);
  setStack(deployment.stackId, { ...committed, status: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" }, context);
  const replaced = tasks.flatMap((task) =>
    task.effect === "replaced" && task.before !== undefined ? [task.before] : [],
  );
  const gone = leftOut(deployment, tasks, context);
  addDeleteTasks(enter(deployment, "cleanup", {}, context), [...gone, ...replaced], context);
}

/** A failure: back to where the stack was, or a halt where the caller asked for one. */
function goBack(deployment: Deployment, tasks: readonly Task[], reason: string, context: Context<Tables>): void {
  const failing = { failure: reason };
  if (deployment.kind === "IMPORT") {
    setStack(deployment.stackId, { status: "IMPORT_ROLLBACK_IN_PROGRESS", statusReason: reason }, context);
    for (const task of tasks) if (task.effect === "imported") dropRow(deployment.stackId, task.logicalId, context);
    return end(deployment, { status: "IMPORT_ROLLBACK_COMPLETE" }, context);
  }
  if (deployment.target.disableRollback || deployment.onFailure === "DO_NOTHING")
    return end(
      { ...deployment, ...failing },
      { status: deployment.kind === "CREATE" ? "CREATE_FAILED" : "UPDATE_FAILED", statusReason: reason },
      context,
    );
  if (deployment.kind === "CREATE") return goBackFromCreate(deployment, reason, context);
  setStack(deployment.stackId, { status: "UPDATE_ROLLBACK_IN_PROGRESS", statusReason: reason }, context);
  const next = enter(deployment, "undo", failing, context);
  addRestoreTasks(next, tasks, context);
}

function goBackFromCreate(deployment: Deployment, reason: string, context: Context<Tables>): void {
  const deleting = deployment.onFailure === "DELETE";
  setStack(
    deployment.stackId,
    {
      status: deleting ? "DELETE_IN_PROGRESS" : "ROLLBACK_IN_PROGRESS",
      deleted: context.clock.now(),
      statusReason: `${reason.replace(/\.? *$/, ". ")}${deleting ? "Delete" : "Rollback"} requested by user.`,
    },
    context,
  );
  const next = enter(deployment, "remove", { failure: reason }, context);
  addDeleteTasks(next, [...context.store.resources.rows({ prefix: within(deployment.stackId) })], context);
}

/** What this update changed in place is put back; a replaced one's old self takes its place again. */
export function addRestoreTasks(deployment: Deployment, tasks: readonly Task[], context: Context<Tables>): void {
  const touched = tasks.filter(
    (task) =>
      task.kind === "apply" && task.before !== undefined && (task.effect === "updated" || task.effect === "replaced"),
  );
  const ids = new Set(touched.map((task) => task.logicalId));
  for (const task of tasks) {
    const row = context.store.resources.get(within(deployment.stackId, task.logicalId));
    // Refused before anything was done to it: it is what it was.
    if (
      task.kind === "apply" &&
      task.effect === undefined &&
      row?.status === "UPDATE_FAILED" &&
      row.state !== undefined
    )
      setResource({ ...row, status: "UPDATE_COMPLETE", statusReason: undefined }, context);
  }
  for (const task of touched) {
    const resource = task.before as Resource;
    const made = context.store.resources.get(within(deployment.stackId, task.logicalId));
    const restoring: Task = {
      deploymentId: deployment.id,
      id: `undo/${task.logicalId}`,
      kind: "restore",
      logicalId: task.logicalId,
      after: resource.needs.filter((need) => ids.has(need)).map((need) => `undo/${need}`),
      status: "pending",
      resource,
      effect: task.effect,
    };
    // The new one of a replacement is remembered: it goes in the clean-up.
    putTask(
      task.effect === "replaced" && made?.state?.id !== resource.state?.id && made !== undefined
        ? { ...restoring, before: made }
        : restoring,
      context,
    );
  }
}

function afterUndo(deployment: Deployment, tasks: readonly Task[], context: Context<Tables>): void {
  const failed = tasks.filter((task) => task.kind === "restore" && task.status === "failed");
  if (failed.length > 0)
    return end(
      deployment,
      {
        status: "UPDATE_ROLLBACK_FAILED",
        statusReason: `The following resource(s) failed to update: [${failed.map((task) => task.logicalId).join(", ")}]. `,
      },
      context,
    );
  setStack(deployment.stackId, { status: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" }, context);
  const created = tasks
    .filter((task) => task.kind === "apply" && task.effect === "created")
    .flatMap((task) => context.store.resources.get(within(deployment.stackId, task.logicalId)) ?? []);
  const replacements = tasks.flatMap((task) =>
    task.kind === "restore" && task.effect === "replaced" && task.before !== undefined ? [task.before] : [],
  );
  addDeleteTasks(enter(deployment, "undo-cleanup", {}, context), [...created, ...replacements], context);
}

function afterRemove(deployment: Deployment, tasks: readonly Task[], context: Context<Tables>): void {
  const failed = tasks.filter(
    (task) => task.kind === "delete" && task.id.startsWith("remove/") && task.status === "failed",
  );
  const reason =
    failed.length === 0
      ? undefined
      : `The following resource(s) failed to delete: [${failed.map((task) => task.logicalId).join(", ")}]. `;
  if (deployment.kind === "CREATE" && deployment.onFailure !== "DELETE")
    return end(
      deployment,
      { status: reason === undefined ? "ROLLBACK_COMPLETE" : "ROLLBACK_FAILED", statusReason: reason },
      context,
    );
  if (reason !== undefined) return end(deployment, { status: "DELETE_FAILED", statusReason: reason }, context);
  const stack = context.store.stacks.get(deployment.stackId);
  if (stack !== undefined) {
    writeExports(stack, [], context);
    if (context.store.names.get(stack.name) === stack.id) context.store.names.delete(stack.name);
  }
  end(deployment, { status: "DELETE_COMPLETE", deleted: context.clock.now(), imports: [] }, context);
}

function dropRow(stackId: string, logicalId: string, context: Context<Tables>): void {
  const resource = context.store.resources.get(within(stackId, logicalId));
  if (resource !== undefined) dropResource(resource, context);
}

/** The last status; the tasks are forgotten, and a stack around this one is told. */
function end(
  deployment: Deployment,
  changes: Partial<Stack> & { readonly status: string },
  context: Context<Tables>,
): void {
  enter(deployment, "ended", {}, context);
  // RollbackStack and ContinueUpdateRollback take these up again.
  const goingOn = changes.status === "UPDATE_ROLLBACK_FAILED" || changes.status === "UPDATE_FAILED";
  if (!goingOn)
    for (const task of tasksOf(deployment.id, context)) context.store.tasks.delete(within(deployment.id, task.id));
  setStack(deployment.stackId, changes, context);
  if (deployment.parent !== undefined)
    context.scheduler.later("cloudformation.execute", { deployment: deployment.parent });
  context.scheduler.wake(stackTopic(deployment.stackId));
}
