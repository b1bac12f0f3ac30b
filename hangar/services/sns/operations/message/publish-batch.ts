// Publishes up to ten messages to a topic. https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html

import type { PublishBatchInput, PublishBatchOutput } from "../../../../models/sns.d.ts";
import { batchTooLong } from "../../errors.ts";
import { checkBatch } from "../../rules/batch.ts";
import { checkOrdering, checkPublishing, LIMIT, sizeOf, textsOf } from "../../rules/message.ts";
import { operation, topicAt } from "../../store.ts";
import { checkKey, publishTo } from "../../workers/publishing.ts";

export const publishBatch = operation<PublishBatchInput, PublishBatchOutput>(async (input, context) => {
  const place = topicAt(context, input.TopicArn);
  const entries = input.PublishBatchRequestEntries;
  checkBatch(entries);
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > LIMIT) throw batchTooLong();
  // One bad entry fails the whole request (recorded): entries fail alone only for reasons inside AWS.
  const checked = entries.map((entry) => {
    checkPublishing(entry);
    checkOrdering(place.topic, entry);
    return { ...entry, texts: textsOf(entry) };
  });
  await checkKey(context, place.topic);
  return { Successful: checked.map((entry) => ({ Id: entry.Id, ...publishTo(context, place, entry) })), Failed: [] };
});
