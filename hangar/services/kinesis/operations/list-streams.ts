// Lists streams by name. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html

import type { ListStreamsInput, ListStreamsOutput } from "../../../models/kinesis.d.ts";
import { readToken, writeToken } from "../rules/page-token.ts";
import { operation } from "../store.ts";

export const listStreams = operation<ListStreamsInput, ListStreamsOutput>((input, { store, clock }) => {
  const limit = input.Limit ?? 100;
  const token = input.NextToken === undefined ? undefined : readToken(input.NextToken, clock.now());
  const after = token?.after ?? input.ExclusiveStartStreamName;
  const rows = [...store.streams.rows(after === undefined ? {} : { after })];
  const page = rows.slice(0, limit);
  const more = rows.length > limit;
  return {
    StreamNames: page.map((stream) => stream.name),
    HasMoreStreams: more,
    ...(more ? { NextToken: writeToken({ stream: "", after: page.at(-1)?.name ?? "", made: clock.now() }) } : {}),
    StreamSummaries: page.map((stream) => ({
      StreamName: stream.name,
      StreamARN: stream.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: stream.mode },
      StreamCreationTimestamp: new Date(stream.created),
    })),
  };
});
