// Takes a resource that exists already into a stack.

import { physicalIdOf } from "../../../cloud/primary-identifier.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import type { ResourceState } from "../../../cloud/resource.ts";
import type { Import, Resource, Task } from "../store.ts";
import { failureReason, resourceFailure } from "./failure-reason.ts";
import { setResource } from "./record.ts";
import { resourceContext } from "./resource-context.ts";
import type { Scene } from "./scene.ts";

export async function importResource(task: Task, next: Resource, given: Import, scene: Scene): Promise<Task> {
  const { context, deployment, stack } = scene;
  const row = setResource({ ...next, status: "IMPORT_IN_PROGRESS" }, context);
  try {
    const handler = context.ports.resources.resourceType(next.type);
    const id = Object.values(given.identifier).join("|");
    const handlerContext = resourceContext(stack, deployment, task.logicalId, context);
    const present = await handler?.read?.(id, handlerContext);
    if (handler === undefined || present === undefined)
      throw resourceFailure(`Resource of type '${next.type}' with identifier '${id}' was not found.`);
    const found: ResourceState = { id: physicalIdOf(loadCloudFormationType(next.type), id), attributes: {} };
    // An update with what is there already gives the attributes that reading does not.
    const state = (await handler.update?.(found, await scene.fill(next.properties), present, handlerContext)) ?? found;
    setResource({ ...row, state, status: "IMPORT_COMPLETE", statusReason: "Resource import completed." }, context);
    return { ...task, status: "done", effect: "imported" };
  } catch (error) {
    const reason = failureReason(error, next.type, context.ids);
    setResource({ ...row, status: "IMPORT_FAILED", statusReason: reason }, context);
    return { ...task, status: "failed", reason, effect: "imported" };
  }
}
