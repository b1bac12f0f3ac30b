// Lists the streams of a group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html

import { compositeKey } from "../../../kernel/table.ts";
import type { DescribeLogStreamsInput, DescribeLogStreamsOutput } from "../../../models/logs.d.ts";
import { invalidParameter } from "../errors.ts";
import { streamAnswer } from "../rules/answers.ts";
import { keyOfPageToken, pageToken } from "../rules/event-id.ts";
import { groupNameOf } from "../rules/identifier.ts";
import { groupAt, operation, type Stream } from "../store.ts";

export const describeLogStreams = operation<DescribeLogStreamsInput, DescribeLogStreamsOutput>((input, { store }) => {
  const name = groupNameOf(input);
  groupAt(store, name);
  const byTime = input.orderBy === "LastEventTime";
  if (byTime && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const streams = [...store.streams.rows({ prefix: compositeKey(name, input.logStreamNamePrefix ?? "") })];
  if (byTime) streams.sort((a, b) => (a.lastEvent ?? 0) - (b.lastEvent ?? 0));
  if (input.descending === true) streams.reverse();
  return page(streams, input);
});

function page(
  streams: readonly Stream[],
  { nextToken, limit = 50 }: DescribeLogStreamsInput,
): DescribeLogStreamsOutput {
  const after = keyOfPageToken(nextToken);
  const from = after === undefined ? 0 : streams.findIndex((stream) => stream.name === after) + 1;
  const logStreams = streams.slice(from, from + limit).map(streamAnswer);
  const last = streams[from + limit - 1];
  return {
    logStreams,
    ...(last === undefined || from + limit >= streams.length ? {} : { nextToken: pageToken(last.name) }),
  };
}
