// How the engine runs one resource, whatever it is: at once, or by waiting for an answer from outside.

import type { Context } from "../../../cloud/operation.ts";
import type { ResourceContext, ResourceState } from "../../../cloud/resource.ts";
import type { PlainObject } from "../rules/template.ts";
import type { Deployment, Resource, Stack, Tables, Wait } from "../store.ts";

/** A resource as it is (`state`), or the news that it will only be known later. */
export type Outcome = { readonly state: ResourceState } | { readonly wait: Wait };

export type Job = {
  readonly stack: Stack;
  readonly deployment: Deployment;
  readonly resource: Resource;
  /** Dynamic references filled in. */
  readonly properties: PlainObject;
  readonly state: ResourceState | undefined;
  readonly previous: PlainObject | undefined;
  readonly context: Context<Tables>;
  readonly handlerContext: ResourceContext;
};

export type Verb = "create" | "update" | "delete";

export type Runner = {
  create(job: Job): Promise<Outcome>;
  update(job: Job): Promise<Outcome>;
  delete(job: Job): Promise<Outcome>;
  /** For jobs that wait: the state once it is there, undefined while it is not. Throws when the wait is over in vain. */
  poll?(job: Job, wait: Wait, verb: Verb): ResourceState | undefined;
};

/** Goes with a thrown error: the physical id under which a resource that failed to be made must still be deleted. */
export class FailedWithId extends Error {
  readonly id: string;

  constructor(reason: string, id: string) {
    super(reason);
    this.id = id;
  }
}
