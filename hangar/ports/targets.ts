// Delivery of an event to whatever an ARN names, through that service's real operation and its resource policy.

import type { Principal } from "../cloud/operation.ts";

export type DeliveryOptions = {
  readonly as: Principal;
  /** Role to deliver as (EventBridge, Scheduler, Pipes targets that have one) instead of the service principal. */
  readonly roleArn?: string | undefined;
  /** Message group of a FIFO queue or topic. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly subject?: string | undefined;
  readonly messageAttributes?:
    | Readonly<
        Record<
          string,
          {
            readonly DataType: string;
            readonly StringValue?: string | undefined;
            readonly BinaryValue?: Uint8Array | undefined;
          }
        >
      >
    | undefined;
  /** Service-specific target parameters as the caller's API has them (e.g. EventBridge `KinesisParameters`). */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
};

export type TargetsPort = {
  /** `event` is the text the target receives. Throws the callee's AwsError (AccessDenied included) when it refuses. */
  deliver(arn: string, event: string, options: DeliveryOptions): Promise<void>;
  /** Whether some service accepts deliveries for this ARN (checked when a target is configured). */
  accepts(arn: string): boolean;
};
