// Creates a log stream. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html

import { compositeKey } from "../../../kernel/table.ts";
import type { CreateLogStreamInput, CreateLogStreamOutput } from "../../../models/logs.d.ts";
import { alreadyExists } from "../errors.ts";
import { groupAt, operation, type Group, type LogsContext, type Stream } from "../store.ts";

export const createLogStream = operation<CreateLogStreamInput, CreateLogStreamOutput>(
  ({ logGroupName, logStreamName }, context) => {
    const group = groupAt(context.store, logGroupName);
    if (context.store.streams.has(compositeKey(logGroupName, logStreamName))) throw alreadyExists("stream");
    newStream(context, group, logStreamName);
    return {};
  },
);

export function newStream({ store, clock }: LogsContext, group: Group, name: string): Stream {
  const stream: Stream = { group: group.name, name, arn: `${group.arn}:log-stream:${name}`, created: clock.now() };
  store.streams.put(compositeKey(group.name, name), stream);
  return stream;
}
