// Runs one task of an operation on a stack, and finishes those that waited.

import { coerceProperties } from "../rules/properties.ts";
import { compareVersions, type Comparison } from "../rules/changes.ts";
import { isCustom } from "../rules/coverage.ts";
import { deniedByPolicy } from "../rules/stack-policy.ts";
import type { PlainObject } from "../rules/template.ts";
import { custom } from "../resources/custom-resource.ts";
import { nestedStack } from "../resources/nested-stack.ts";
import { registered } from "../resources/registered.ts";
import { FailedWithId, type Job, type Outcome, type Runner, type Verb } from "../resources/runner.ts";
import { waitCondition } from "../resources/wait-condition.ts";
import type { ResourceState } from "../../../cloud/resource.ts";
import { within, type Resource, type Run, type Task } from "../store.ts";
import { failureReason, resourceFailure } from "./failure-reason.ts";
import { importResource } from "./import-resource.ts";
import { policyOf } from "./plan.ts";
import { dropResource, noteResource, setResource } from "./record.ts";
import { resourceContext } from "./resource-context.ts";
import { finishRow, noteOrSet, retained } from "./removal.ts";
import type { Scene } from "./scene.ts";
import { keptName } from "./kept-name.ts";
import { looksOf, lookUps, runOf } from "./type-look-ups.ts";

const RUNNERS: Readonly<Record<Exclude<Run, "none">, Runner>> = {
  registry: registered,
  custom,
  stack: nestedStack,
  wait: waitCondition,
};

function runnerOf(run: Run): Runner {
  return run === "none" ? registered : RUNNERS[run];
}

/** Never throws: what goes wrong is the task's failure. */
export async function runTask(task: Task, scene: Scene): Promise<Task> {
  const running: Task = { ...task, status: "running" };
  const { context } = scene;
  const span = context.world.trace.begin("resource", `${task.kind} ${task.logicalId}`, context.span, {
    stack: scene.stack.name,
  });
  const started = performance.now();
  const after =
    task.kind === "apply"
      ? await apply(running, scene)
      : task.kind === "restore"
        ? await restore(running, scene)
        : await remove(running, scene);
  context.world.trace.end(
    span,
    performance.now() - started,
    after.status === "failed" ? { code: "ResourceFailure", message: after.reason ?? "" } : undefined,
  );
  return after;
}

/** The resource as the template has it now, not made yet. */
function wanted(task: Task, scene: Scene): Resource {
  const raw = scene.template.Resources[task.logicalId];
  if (raw === undefined) throw new Error(`No resource ${task.logicalId} in the template.`);
  const run = runOf(raw.Type, task.logicalId, scene.template);
  const evaluated = scene.evaluate(raw.Properties ?? {}) as PlainObject;
  const facts = run === "registry" && !isCustom(raw.Type) ? lookUps(scene.context).facts(raw.Type) : undefined;
  const metadata = raw.Metadata === undefined ? undefined : scene.evaluate(raw.Metadata);
  return {
    stackId: scene.stack.id,
    logicalId: task.logicalId,
    type: raw.Type,
    status: "CREATE_IN_PROGRESS",
    updated: scene.context.clock.now(),
    properties: facts === undefined ? evaluated : coerceProperties(evaluated, facts),
    ...(metadata === undefined ? {} : { metadata }),
    deletionPolicy: policyOf(raw.DeletionPolicy, scene.environment),
    updateReplacePolicy: policyOf(raw.UpdateReplacePolicy, scene.environment),
    needs: scene.prepared.graph.get(task.logicalId) ?? [],
    tags: scene.deployment.target.tags,
    run,
  };
}

async function apply(task: Task, scene: Scene): Promise<Task> {
  const existing = scene.resource(task.logicalId);
  const before = existing?.state === undefined || existing.status === "DELETE_COMPLETE" ? undefined : existing;
  let next: Resource;
  try {
    next = wanted(task, scene);
  } catch (error) {
    return failBeforeStart(task, scene, before, error);
  }
  const imported = scene.deployment.imports.find((item) => item.logicalId === task.logicalId);
  if (imported !== undefined) return importResource(task, next, imported, scene);
  if (before === undefined)
    return start({ ...task, effect: "created" }, setResource(next, scene.context), scene, "create");
  const comparison = compareVersions(before, next, looksOf(next.type, before.run, scene.context));
  if (comparison === undefined) {
    if (before.needs.join() !== next.needs.join() || before.run !== next.run)
      scene.context.store.resources.put(within(before.stackId, before.logicalId), {
        ...before,
        needs: next.needs,
        run: next.run,
      });
    return { ...task, status: "done" };
  }
  return change(task, { before, next, comparison }, scene);
}

type Change = { readonly before: Resource; readonly next: Resource; readonly comparison: Comparison };

async function change(task: Task, { before, next, comparison }: Change, scene: Scene): Promise<Task> {
  const { context } = scene;
  const status = "UPDATE_IN_PROGRESS";
  const action = comparison.recreation === "Always" ? "Update:Replace" : "Update:Modify";
  const denial = deniedByPolicy(scene.deployment.policy, { action, logicalId: task.logicalId, type: next.type });
  const refusal = denial ?? (comparison.recreation === "Always" ? keptName(before, next, context) : undefined);
  if (refusal !== undefined) return failBeforeStart(task, scene, before, resourceFailure(refusal));
  if (comparison.recreation === "Always") {
    const { state: _, ...fresh } = next;
    noteResource(
      {
        ...before,
        status,
        statusReason: "Requested update requires the creation of a new physical resource; hence creating one.",
      },
      context,
    );
    // While the new one is being made the row still holds the old one.
    return start({ ...task, effect: "replaced", before }, { ...fresh, status }, scene, "create");
  }
  const row = setResource({ ...next, state: before.state, status }, context);
  if (!comparison.scope.includes("Properties") && !comparison.scope.includes("Tags")) {
    setResource({ ...row, status: "UPDATE_COMPLETE" }, context);
    return { ...task, status: "done", effect: "updated", before };
  }
  return start({ ...task, effect: "updated", before }, row, scene, "update");
}

function failBeforeStart(task: Task, scene: Scene, before: Resource | undefined, error: unknown): Task {
  const raw = scene.template.Resources[task.logicalId];
  const reason = failureReason(error, raw?.Type ?? "", scene.context.ids);
  const status = before === undefined ? "CREATE_FAILED" : "UPDATE_FAILED";
  const blank: Resource = before ?? {
    stackId: scene.stack.id,
    logicalId: task.logicalId,
    type: raw?.Type ?? "",
    status,
    updated: scene.context.clock.now(),
    properties: {},
    deletionPolicy: "Delete",
    updateReplacePolicy: "Delete",
    needs: [],
    tags: [],
    run: "none",
  };
  setResource({ ...blank, status, statusReason: reason }, scene.context);
  return { ...task, status: "failed", reason };
}

async function jobOf(task: Task, resource: Resource, scene: Scene): Promise<Job> {
  const { context, deployment, stack } = scene;
  return {
    stack,
    deployment,
    resource,
    properties: await scene.fill(resource.properties),
    state: resource.state,
    previous: task.before?.properties,
    context,
    handlerContext: resourceContext(
      stack,
      { caller: deployment.caller, target: { ...deployment.target, tags: resource.tags } },
      task.logicalId,
      context,
    ),
  };
}

/** Runs a handler and carries its outcome to the row, or leaves the task waiting. */
async function start(task: Task, resource: Resource, scene: Scene, verb: Verb): Promise<Task> {
  try {
    const job = await jobOf(task, resource, scene);
    const outcome: Outcome = await runnerOf(resource.run)[verb](job);
    if ("wait" in outcome) return { ...task, status: "waiting", wait: outcome.wait, resource };
    return finish(task, resource, outcome.state, scene);
  } catch (error) {
    return fail(task, resource, error, scene);
  }
}

function finish(task: Task, resource: Resource, state: ResourceState, scene: Scene): Task {
  const { context } = scene;
  if (task.kind === "delete") return finishRemoval(task, resource, scene);
  const { resource: _, wait: __, ...rest } = task;
  const verb = task.effect === "created" ? "CREATE" : "UPDATE";
  if (task.effect === "created" || task.effect === "replaced")
    setResource(
      { ...resource, state, status: `${verb}_IN_PROGRESS`, statusReason: "Resource creation Initiated" },
      context,
    );
  const { statusReason: ___, ...clean } = resource;
  setResource({ ...clean, state, status: `${verb}_COMPLETE` }, context);
  // A custom resource that answers an update with another physical id has replaced itself.
  const replacedItself =
    task.effect === "updated" &&
    isCustom(resource.type) &&
    task.before?.state !== undefined &&
    task.before.state.id !== state.id;
  return { ...rest, status: "done", ...(replacedItself ? { effect: "replaced" } : {}) };
}

function fail(task: Task, resource: Resource, error: unknown, scene: Scene): Task {
  const { context } = scene;
  const reason = error instanceof FailedWithId ? error.message : failureReason(error, resource.type, context.ids);
  const { resource: kept, wait: _, ...rest } = task;
  if (task.kind === "delete") {
    noteOrSet({ ...resource, status: "DELETE_FAILED", statusReason: reason }, scene);
    return { ...rest, ...(kept === undefined ? {} : { resource: kept }), status: "failed", reason };
  }
  const status = task.effect === "created" ? "CREATE_FAILED" : "UPDATE_FAILED";
  const left: ResourceState | undefined =
    task.wait?.state ??
    (error instanceof FailedWithId && task.effect === "created" ? { id: error.id, attributes: {} } : resource.state);
  if (task.effect === "replaced" && task.before !== undefined)
    setResource({ ...task.before, status, statusReason: reason }, context);
  else setResource({ ...resource, state: left, status, statusReason: reason }, context);
  return {
    ...rest,
    ...(kept !== undefined && task.kind === "restore" ? { resource: kept } : {}),
    status: "failed",
    reason,
  };
}

/** Looks whether what a task waits for has come. The same task when it has not. */
export async function pollTask(task: Task, scene: Scene): Promise<Task> {
  const { wait, resource } = task;
  if (wait === undefined || resource === undefined) return { ...task, status: "pending" };
  const verb: Verb =
    task.kind === "delete" ? "delete" : task.effect === "created" || task.effect === "replaced" ? "create" : "update";
  try {
    const state = runnerOf(resource.run).poll?.(await jobOf(task, resource, scene), wait, verb);
    return state === undefined ? task : finish(task, resource, state, scene);
  } catch (error) {
    return fail(task, resource, error, scene);
  }
}

/** Something else failed: what still waits is given up. */
export function cancelTask(task: Task, scene: Scene): Task {
  const { resource } = task;
  const error = new FailedWithId("Resource creation cancelled", task.wait?.physicalId ?? "");
  return resource === undefined
    ? { ...task, status: "failed", reason: error.message }
    : fail(task, resource, error, scene);
}

async function restore(task: Task, scene: Scene): Promise<Task> {
  const { resource: target } = task;
  const present = scene.resource(task.logicalId);
  if (target === undefined || present === undefined) return { ...task, status: "done" };
  const status = "UPDATE_IN_PROGRESS";
  if (task.effect === "replaced" || target.state?.id !== present.state?.id) {
    setResource({ ...target, status }, scene.context);
    setResource({ ...target, status: "UPDATE_COMPLETE" }, scene.context);
    return { ...task, status: "done" };
  }
  noteResource({ ...target, status }, scene.context);
  return start(
    { ...task, effect: "updated", before: present },
    { ...target, status, state: present.state },
    scene,
    "update",
  );
}

async function remove(task: Task, scene: Scene): Promise<Task> {
  if (task.resource === undefined) return { ...task, status: "done" };
  const { statusReason: _, ...resource } = task.resource;
  if (resource.state === undefined) {
    noteOrSet({ ...resource, status: "DELETE_COMPLETE" }, scene);
    if (scene.deployment.phase === "undo-cleanup") dropResource(resource, scene.context);
    return { ...task, status: "done" };
  }
  if (retained(resource, scene)) {
    noteOrSet({ ...resource, status: "DELETE_SKIPPED" }, scene);
    finishRow(resource, scene);
    return { ...task, status: "done" };
  }
  noteOrSet({ ...resource, status: "DELETE_IN_PROGRESS" }, scene);
  return start(task, resource, scene, "delete");
}

function finishRemoval(task: Task, resource: Resource, scene: Scene): Task {
  noteOrSet({ ...resource, status: "DELETE_COMPLETE" }, scene);
  finishRow(resource, scene);
  const { wait: _, ...rest } = task;
  return { ...rest, resource, status: "done" };
}
