// Deletes a stream with all its records. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html

import type { DeleteStreamInput, DeleteStreamOutput } from "../../../models/kinesis.d.ts";
import { findStream } from "../engine/find-stream.ts";
import { clearStream } from "../engine/trim-stream.ts";
import { resourceInUse } from "../errors.ts";
import { ofStream, operation, topicOf } from "../store.ts";

export const deleteStream = operation<DeleteStreamInput, DeleteStreamOutput>((input, context) => {
  const place = findStream(context, input);
  const { store, stream } = place;
  const hasConsumers = store.consumers.first({ prefix: ofStream(stream.name) }) !== undefined;
  if (hasConsumers && input.EnforceConsumerDeletion !== true)
    throw resourceInUse(
      `DeleteStream can't delete ${stream.account}:${stream.name} because there are consumers associated with this data stream. To delete ${stream.name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
    );
  clearStream(context, place);
  store.streams.delete(stream.name);
  context.scheduler.wake(topicOf(stream));
  return {};
});
