// CloudFormation's tables: stacks, their resources and events, change sets, exports, and operations under way.

import { operationsOn, table, type Caller } from "../../cloud/operation.ts";
import type { ResourceState } from "../../cloud/resource.ts";
import type { StackParameter } from "./rules/parameters.ts";
import type { PlainObject } from "./rules/template.ts";

export type Tag = { readonly Key: string; readonly Value: string };
export type Output = {
  readonly key: string;
  readonly value: string;
  readonly description?: string | undefined;
  readonly exportName?: string | undefined;
};

/** What a stack is to become, or has become: everything an update may change. */
export type StackTarget = {
  readonly templateText: string;
  /** What its transforms made of it; undefined where it has none. */
  readonly processedText?: string | undefined;
  readonly parameters: readonly StackParameter[];
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly notificationArns: readonly string[];
  readonly rollbackConfiguration: PlainObject;
  readonly roleArn?: string | undefined;
  readonly disableRollback: boolean;
  readonly deploymentMode?: string | undefined;
};

export type Stack = StackTarget & {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly statusReason?: string | undefined;
  readonly description?: string | undefined;
  readonly created: number;
  readonly updated?: number | undefined;
  readonly deleted?: number | undefined;
  readonly outputs: readonly Output[];
  readonly terminationProtection: boolean;
  readonly changeSetId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly rootId?: string | undefined;
  readonly timeoutInMinutes?: number | undefined;
  readonly policy?: string | undefined;
  readonly deploymentId?: string | undefined;
  readonly drift?: { readonly status: string; readonly checked: number } | undefined;
  readonly lastToken?: string | undefined;
  /** Names of other stacks' exports that its template uses. */
  readonly imports?: readonly string[] | undefined;
};

/** A resource of a stack. `properties` are evaluated and coerced, dynamic references still in them. */
export type Resource = {
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly statusReason?: string | undefined;
  readonly updated: number;
  readonly state?: ResourceState | undefined;
  readonly properties: PlainObject;
  readonly metadata?: unknown;
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  readonly needs: readonly string[];
  readonly tags: readonly Tag[];
  /** How the resource is run: the registry's handler, the engine's own, or one of the CDK's run natively. */
  readonly run: Run;
  readonly drift?: Drift | undefined;
};

export type Run = "registry" | "custom" | "stack" | "wait" | "none";

export type Drift = {
  readonly status: string;
  readonly checked: number;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  readonly differences?: readonly PlainObject[] | undefined;
};

export type StackEvent = {
  readonly id: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly properties?: string | undefined;
  readonly token?: string | undefined;
  readonly operationId?: string | undefined;
};

export type ChangeSet = {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: string;
  readonly status: string;
  readonly statusReason?: string | undefined;
  readonly executionStatus: string;
  readonly created: number;
  readonly description?: string | undefined;
  readonly target: StackTarget;
  /** As DescribeChangeSet answers them, values included. */
  readonly changes: readonly PlainObject[];
  readonly includeNestedStacks: boolean;
  readonly importExistingResources?: boolean | undefined;
  readonly onStackFailure?: string | undefined;
  readonly imports: readonly Import[];
  readonly clientToken?: string | undefined;
  readonly deploymentMode?: string | undefined;
  readonly driftStatus?: string | undefined;
};

export type Import = {
  readonly logicalId: string;
  readonly type: string;
  readonly identifier: Readonly<Record<string, string>>;
};

export type Export = { readonly name: string; readonly value: string; readonly stackId: string };

/** One piece of work in an operation on a stack, and what came of it. */
export type Task = {
  readonly deploymentId: string;
  readonly id: string;
  readonly kind: "apply" | "delete" | "restore";
  readonly logicalId: string;
  readonly after: readonly string[];
  readonly status: "pending" | "running" | "waiting" | "done" | "failed";
  readonly reason?: string | undefined;
  /** What a waiting task waits for, and until when. */
  readonly wait?: Wait | undefined;
  /** The resource that is to be deleted or put back. */
  readonly resource?: Resource | undefined;
  readonly effect?: Effect | undefined;
  /** The resource as it was before this task touched it. */
  readonly before?: Resource | undefined;
};

export type Effect = "created" | "updated" | "replaced" | "imported";

export type Wait = {
  readonly token: string;
  readonly until: number;
  readonly physicalId?: string | undefined;
  /** Of a resource that is there already, and not complete before `until`. */
  readonly state?: ResourceState | undefined;
};

export type Phase = "apply" | "cleanup" | "undo" | "undo-cleanup" | "remove" | "ended";

/** An operation on a stack that is under way, or the last one. */
export type Deployment = {
  readonly id: string;
  readonly stackId: string;
  readonly kind: "CREATE" | "UPDATE" | "DELETE" | "IMPORT";
  readonly phase: Phase;
  readonly caller: Caller;
  readonly origin: string;
  readonly token?: string | undefined;
  readonly target: StackTarget;
  readonly failure?: string | undefined;
  readonly cancelled?: boolean | undefined;
  readonly onFailure: "ROLLBACK" | "DO_NOTHING" | "DELETE";
  readonly retainExceptOnCreate?: boolean | undefined;
  readonly retain: readonly string[];
  /** The stack policy that judges this update. */
  readonly policy?: string | undefined;
  readonly imports: readonly Import[];
  /** When a creation that is not complete has failed. */
  readonly until?: number | undefined;
  /** The operation on the stack around this one, to be told when this ends. */
  readonly parent?: string | undefined;
  readonly started: number;
};

/** What a custom resource answered, or what a wait condition was sent. */
export type Answer = { readonly deploymentId: string; readonly received: readonly PlainObject[] };

export const tables = {
  stacks: table<Stack>(),
  /** Name of a stack that is not deleted -> its id. */
  names: table<string>(),
  resources: table<Resource>(),
  events: table<StackEvent>(),
  changeSets: table<ChangeSet>(),
  exports: table<Export>(),
  deployments: table<Deployment>(),
  tasks: table<Task>(),
  answers: table<Answer>(),
  drifts: table<PlainObject>(),
};

export const operation = operationsOn<typeof tables>();
export type Tables = typeof tables;

/** Keys of everything that belongs to one stack start with this. */
export function within(stackId: string, key = ""): string {
  return `${stackId}\u0000${key}`;
}
