// Deletes a log stream and its events. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DeleteLogStreamInput, DeleteLogStreamOutput } from "../../../models/logs.d.ts";
import { groupAt, operation, streamAt } from "../store.ts";

export const deleteLogStream = operation<DeleteLogStreamInput, DeleteLogStreamOutput>(
  ({ logGroupName, logStreamName }, { store }) => {
    groupAt(store, logGroupName);
    streamAt(store, logGroupName, logStreamName);
    for (const [key, event] of Array.from(
      store.streamEvents.range({ prefix: compositeKey(logGroupName, logStreamName, "") }),
    )) {
      store.streamEvents.delete(key);
      store.events.delete(compositeKey(logGroupName, event.id));
    }
    store.streams.delete(compositeKey(logGroupName, logStreamName));
    return {};
  },
);
