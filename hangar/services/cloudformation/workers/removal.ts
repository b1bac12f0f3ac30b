// What becomes of a resource's row when the resource goes, or stays behind.

import type { Resource } from "../store.ts";
import { dropResource, noteResource, setResource } from "./record.ts";
import type { Scene } from "./scene.ts";

/** Whether the resource stays behind: by its policy, or because the request says so. */
export function retained(resource: Resource, scene: Scene): boolean {
  const { deployment } = scene;
  if (deployment.kind === "DELETE" && deployment.retain.includes(resource.logicalId)) return true;
  const present = scene.resource(resource.logicalId);
  const replaced = present !== undefined && present.state?.id !== resource.state?.id;
  const policy = replaced && deployment.phase === "cleanup" ? resource.updateReplacePolicy : resource.deletionPolicy;
  if (replaced && deployment.phase === "undo-cleanup") return false;
  const undoing =
    deployment.phase === "undo-cleanup" || (deployment.kind === "CREATE" && deployment.phase === "remove");
  if (undoing && deployment.retainExceptOnCreate === true) return false;
  if (policy === "RetainExceptOnCreate") return !undoing;
  return policy === "Retain";
}

/** A stack that lives on forgets what it has no more; one that goes keeps its list. */
export function finishRow(resource: Resource, scene: Scene): void {
  const { phase } = scene.deployment;
  if (
    (phase === "cleanup" || phase === "undo-cleanup") &&
    scene.resource(resource.logicalId)?.state?.id === resource.state?.id
  )
    dropResource(resource, scene.context);
}

/** The row when it is still this resource's, the event alone when another has taken its place. */
export function noteOrSet(resource: Resource, scene: Scene): void {
  if (scene.resource(resource.logicalId)?.state?.id === resource.state?.id) setResource(resource, scene.context);
  else noteResource(resource, scene.context);
}
