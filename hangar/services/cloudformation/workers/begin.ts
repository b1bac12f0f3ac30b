// Starts an operation on a stack: its row, its tasks, and the work that runs them.

import type { Caller, Context } from "../../../cloud/operation.ts";
import {
  type Deployment,
  type Import,
  type Phase,
  type Resource,
  type Stack,
  type StackTarget,
  type Tables,
  type Task,
  within,
} from "../store.ts";
import type { Prepared } from "./prepare.ts";
import { setStack } from "./record.ts";

export type Beginning = {
  readonly stack: Stack;
  readonly caller: Caller;
  readonly target: StackTarget;
  readonly token?: string | undefined;
  readonly onFailure?: Deployment["onFailure"] | undefined;
  readonly retainExceptOnCreate?: boolean | undefined;
  readonly imports?: readonly Import[] | undefined;
  readonly retain?: readonly string[] | undefined;
  readonly policy?: string | undefined;
  readonly timeoutInMinutes?: number | undefined;
  readonly parent?: string | undefined;
};

const MINUTE = 60_000;

const FIRST_STATUS = {
  CREATE: "CREATE_IN_PROGRESS",
  UPDATE: "UPDATE_IN_PROGRESS",
  DELETE: "DELETE_IN_PROGRESS",
  IMPORT: "IMPORT_IN_PROGRESS",
} as const;

/** The deployment's tasks are to be added before its work is scheduled: `prepared` gives them, or `remove` lists what goes. */
export function begin(
  kind: Deployment["kind"],
  request: Beginning,
  work: { readonly prepared: Prepared } | { readonly remove: readonly Resource[] },
  context: Context<Tables>,
): Deployment {
  const { store, ids, clock } = context;
  const deployment: Deployment = {
    id: ids.uuid(),
    stackId: request.stack.id,
    kind,
    phase: "prepared" in work ? "apply" : "remove",
    caller: request.caller,
    origin: context.request.origin,
    token: request.token,
    target: request.target,
    onFailure: request.onFailure ?? "ROLLBACK",
    retainExceptOnCreate: request.retainExceptOnCreate,
    retain: request.retain ?? [],
    policy: request.policy ?? request.stack.policy,
    imports: request.imports ?? [],
    parent: request.parent,
    started: clock.now(),
    ...(request.timeoutInMinutes === undefined ? {} : { until: clock.now() + request.timeoutInMinutes * MINUTE }),
  };
  store.deployments.put(deployment.id, deployment);
  if ("prepared" in work) addApplyTasks(deployment, work.prepared, context);
  else addDeleteTasks(deployment, work.remove, context);
  setStack(
    request.stack.id,
    {
      status: FIRST_STATUS[kind],
      statusReason: request.parent === undefined ? "User Initiated" : undefined,
      deploymentId: deployment.id,
      lastToken: request.token,
      ...(kind === "DELETE" ? { deleted: clock.now() } : kind === "CREATE" ? {} : { updated: clock.now() }),
    },
    context,
  );
  context.scheduler.later("cloudformation.execute", { deployment: deployment.id });
  if (deployment.until !== undefined)
    context.scheduler.at(deployment.until, "cloudformation.execute", { deployment: deployment.id });
  return deployment;
}

function addApplyTasks(deployment: Deployment, prepared: Prepared, context: Context<Tables>): void {
  for (const [logicalId, needs] of prepared.graph) {
    putTask(
      {
        deploymentId: deployment.id,
        id: `apply/${logicalId}`,
        kind: "apply",
        logicalId,
        after: needs.map((need) => `apply/${need}`),
        status: "pending",
      },
      context,
    );
  }
}

/** Whatever needs a resource goes before it. */
export function addDeleteTasks(deployment: Deployment, resources: readonly Resource[], context: Context<Tables>): void {
  const seen = new Map<string, number>();
  const tasks = resources.map((resource): Task => {
    const count = seen.get(resource.logicalId) ?? 0;
    seen.set(resource.logicalId, count + 1);
    return {
      deploymentId: deployment.id,
      id: `${deployment.phase}/${resource.logicalId}${count === 0 ? "" : `/${count}`}`,
      kind: "delete",
      logicalId: resource.logicalId,
      after: [],
      status: "pending",
      resource,
    };
  });
  for (const task of tasks) {
    const after = tasks
      .filter((other) => other.logicalId !== task.logicalId && other.resource?.needs.includes(task.logicalId) === true)
      .map((other) => other.id);
    putTask({ ...task, after }, context);
  }
}

export function putTask(task: Task, context: Context<Tables>): Task {
  context.store.tasks.put(within(task.deploymentId, task.id), task);
  return task;
}

export function tasksOf(deploymentId: string, context: Context<Tables>): Task[] {
  return [...context.store.tasks.rows({ prefix: within(deploymentId) })];
}

/** Ends one phase's tasks and moves on; the next phase's are added by the caller. */
export function enter(
  deployment: Deployment,
  phase: Phase,
  changes: Partial<Deployment>,
  context: Context<Tables>,
): Deployment {
  const next = { ...deployment, ...changes, phase };
  context.store.deployments.put(next.id, next);
  return next;
}
