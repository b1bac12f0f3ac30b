// Writes what happens to stacks and their resources: rows, events, and the messages to NotificationARNs.

import type { Context } from "../../../cloud/operation.ts";
import { within, type Resource, type Stack, type StackEvent, type Tables } from "../store.ts";

type Happening = {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly properties?: string | undefined;
};

function addEvent(stack: Stack, happening: Happening, context: Context<Tables>): void {
  const { store, clock, ids } = context;
  const token = stack.deploymentId === undefined ? undefined : store.deployments.get(stack.deploymentId)?.token;
  const own = happening.logicalId === stack.name && happening.type === "AWS::CloudFormation::Stack";
  // Events of one stack have a time each, as on AWS: whoever sorts by time sees them in order.
  const last = store.events.first({ prefix: within(stack.id), reverse: true })?.[1];
  const at = Math.max(clock.now(), last === undefined ? 0 : last.at + 1);
  const sequence = store.events.size.toString().padStart(10, "0");
  const id = own ? ids.uuid() : `${happening.logicalId}-${happening.status}-${new Date(at).toISOString()}`;
  const event: StackEvent = {
    id,
    stackId: stack.id,
    stackName: stack.name,
    at,
    ...happening,
    token,
    operationId: stack.deploymentId,
  };
  store.events.put(within(stack.id, sequence), event);
  if (stack.notificationArns.length > 0)
    context.scheduler.later("cloudformation.notify", { arns: stack.notificationArns, event });
}

/** Changes a stack's row; a new status is an event, and wakes those who wait for it. */
export function setStack(stackId: string, changes: Partial<Stack>, context: Context<Tables>): Stack {
  const { store } = context;
  const before = store.stacks.get(stackId);
  if (before === undefined) throw new Error(`No stack ${stackId}.`);
  const { statusReason: _, ...rest } = before;
  const after: Stack = { ...(changes.status === undefined ? before : rest), ...changes };
  store.stacks.put(stackId, after);
  if (changes.status !== undefined) {
    addEvent(
      after,
      {
        logicalId: after.name,
        physicalId: after.id,
        type: "AWS::CloudFormation::Stack",
        status: changes.status,
        reason: changes.statusReason,
      },
      context,
    );
    context.scheduler.wake(stackTopic(stackId));
  }
  return after;
}

export function stackTopic(stackId: string): string {
  return `cloudformation:stack:${stackId}`;
}

/** Puts a resource's row with its new status, and records the event. */
export function setResource(resource: Resource, context: Context<Tables>): Resource {
  const { store, clock } = context;
  const row: Resource = { ...resource, updated: clock.now() };
  store.resources.put(within(resource.stackId, resource.logicalId), row);
  noteResource(row, context);
  return row;
}

/** Records an event of a resource that is no longer, or not yet, the stack's own. */
export function noteResource(resource: Resource, context: Context<Tables>): void {
  const stack = context.store.stacks.get(resource.stackId);
  if (stack === undefined) return;
  addEvent(
    stack,
    {
      logicalId: resource.logicalId,
      physicalId: resource.state?.id ?? "",
      type: resource.type,
      status: resource.status,
      reason: resource.statusReason,
      properties: JSON.stringify(resource.properties),
    },
    context,
  );
}

export function dropResource(resource: Resource, context: Context<Tables>): void {
  context.store.resources.delete(within(resource.stackId, resource.logicalId));
}
