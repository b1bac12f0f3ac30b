// What a CloudFormation resource type is: created, updated, deleted and read through its service's own operations.

import { AwsError } from "../kernel/aws-error.ts";
import type { CallOptions, Caller, Context, Operation } from "./operation.ts";

export type Properties = Readonly<Record<string, unknown>>;

/** A resource that exists. `id` is the physical id (what Ref returns unless `ref` is given); `attributes` are what GetAtt returns. */
export type ResourceState = {
  readonly id: string;
  readonly ref?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type ResourceContext = {
  readonly account: string;
  readonly region: string;
  readonly logicalId: string;
  readonly stackName: string;
  readonly stackId: string;
  /** Stack tags with the aws:cloudformation:* ones: to be put on whatever takes tags, under the resource's own. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** The execution role, or whoever deploys. */
  readonly caller: Caller;
  /** The context of CloudFormation's own call: clock, ids, ports, scheduler. */
  readonly context: Context;
  /** AWS's generated name: `<stack>-<logical id>-<random>`, cut to `max`, lower case when asked. */
  physicalName(
    max: number,
    options?: { readonly lower?: boolean; readonly separator?: string; readonly suffix?: string },
  ): string;
  /** Any API operation of any service as the execution role; `call("sqs", "CreateQueue", {...})`. */
  call(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Record<string, unknown>>;
};

export type ResourceType = {
  /** `AWS::SQS::Queue`, or `Custom::…` for the CDK's own that are run natively. */
  readonly type: string;
  /** Top-level properties that are obeyed. Everything AWS has beyond these and `inert` fails the deploy by name, before anything is created. */
  readonly properties: readonly string[];
  /** Stored or accepted without effect here, each with the reason: shown by reports. */
  readonly inert?: Readonly<Record<string, string>>;
  /** Throws what AWS's handler would for bad combinations. */
  create(properties: Properties, context: ResourceContext): Promise<ResourceState>;
  /** In place: replacement is decided by the caller from the type's facts. Absent: nothing of it can change in place. */
  update?(
    state: ResourceState,
    properties: Properties,
    previous: Properties,
    context: ResourceContext,
  ): Promise<ResourceState>;
  /** Deleting what is gone already is no error. */
  delete(state: ResourceState, properties: Properties, context: ResourceContext): Promise<void>;
  /** Present properties, for drift, import and Cloud Control; undefined when it is gone. */
  read?(id: string, context: ResourceContext): Promise<Properties | undefined>;
  /** Paths of properties that `read` does not tell, or tells in other words: `*` stands for any item of a list. Where this is given, what else `read` leaves out is not there. */
  readonly unread?: readonly (readonly string[])[];
  /** Milliseconds after which it is complete, once that is done; at once when absent. */
  takes?(verb: "create" | "update" | "delete", context: ResourceContext): number;
  /** Where the type's facts do not tell: whether this change replaces the resource. */
  replaces?(properties: Properties, previous: Properties): boolean;
};

/** What a resource type's handler refuses of its own accord, before its service is asked. */
export function handlerFailure(message: string, code: "InvalidRequest" | "AlreadyExists" = "InvalidRequest"): AwsError {
  return new AwsError(`${code}${HANDLER_FAILURE}`, message);
}

/** Ends the codes of such errors. */
export const HANDLER_FAILURE = "/handler";

/** Ties a resource file to typed calls of its own service's operations. */
export type OwnCall = <Input, Output>(operation: Operation<Input, Output>, input: Input) => Promise<Output>;
