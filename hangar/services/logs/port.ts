// What CloudWatch Logs gives the house: lines written by AWS's own services, and deliveries of events to groups.

import type { DeliveryOptions } from "../../ports/targets.ts";
import type { LogsPort } from "../../ports/logs.ts";
import { AwsError } from "../../kernel/aws-error.ts";
import { compositeKey } from "../../kernel/table.ts";
import { newGroup } from "./operations/create-log-group.ts";
import { createLogStream, newStream } from "./operations/create-log-stream.ts";
import { append, putLogEvents } from "./operations/put-log-events.ts";
import { groupNameOfArn } from "./rules/identifier.ts";
import type { LogsContext } from "./store.ts";

export function logsPort(context: LogsContext): LogsPort {
  return {
    write: (groupName, streamName, lines) => {
      const { store } = context;
      const group = store.groups.get(groupName) ?? newGroup(context, { logGroupName: groupName });
      const stream = store.streams.get(compositeKey(groupName, streamName)) ?? newStream(context, group, streamName);
      append(
        context,
        { group, stream },
        lines.toSorted((a, b) => a.timestamp - b.timestamp),
      );
      return Promise.resolve();
    },
  };
}

/** An event for a group: it gets a stream of its own, as EventBridge does it; the account's resource policies must allow it. */
export async function deliver(
  arn: string,
  event: string,
  options: DeliveryOptions,
  context: LogsContext,
): Promise<void> {
  const logGroupName = groupNameOfArn(arn);
  const logStreamName = context.ids.uuid();
  const as = { as: options.as };
  try {
    await context.call(createLogStream as never, { logGroupName, logStreamName }, as);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ResourceAlreadyExistsException") throw error;
  }
  await context.call(
    putLogEvents as never,
    { logGroupName, logStreamName, logEvents: [{ timestamp: context.clock.now(), message: event }] },
    as,
  );
}
