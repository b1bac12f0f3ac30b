// Lists queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html

import type { ListQueuesInput, ListQueuesOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue } from "../errors.ts";
import { queueUrl } from "../rules/queue-url.ts";
import { operation } from "../store.ts";

const MOST = 1000;

export const listQueues = operation<ListQueuesInput, ListQueuesOutput>((input, { store, account, request }) => {
  const { QueueNamePrefix = "", NextToken, MaxResults } = input;
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > MOST))
    throw invalidParameterValue(
      `Value ${MaxResults} for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${MOST}.`,
    );
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, "base64").toString("utf8");
  const limit = MaxResults ?? MOST;
  const names: string[] = [];
  for (const name of store.queues.keys({ prefix: QueueNamePrefix, ...(after === undefined ? {} : { after }) })) {
    if (names.push(name) > limit) break;
  }
  const page = names.slice(0, limit);
  if (page.length === 0) return {};
  const more = MaxResults !== undefined && names.length > limit;
  return {
    QueueUrls: page.map((name) => queueUrl(request.origin, account, name)),
    ...(more ? { NextToken: Buffer.from(page.at(-1) ?? "").toString("base64") } : {}),
  };
});
