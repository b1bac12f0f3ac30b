// Lists streams of a table or of all. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html

import type { ListStreamsInput, ListStreamsOutput } from "../../../models/dynamodbstreams.d.ts";
import { checkLimit } from "../errors.ts";
import { checkStreamArn } from "../rules/stream-arn.ts";
import { operation } from "../store.ts";

const MAX_STREAMS = 100;

export const listStreams = operation<ListStreamsInput, ListStreamsOutput>(async (input, context) => {
  checkLimit(input.Limit, MAX_STREAMS);
  if (input.ExclusiveStartStreamArn !== undefined) checkStreamArn(input.ExclusiveStartStreamArn);
  const all = await context.ports.tableStreams.list(input.TableName);
  const after = input.ExclusiveStartStreamArn;
  const rest = after === undefined ? all : all.filter((stream) => (stream.StreamArn ?? "") > after);
  const page = rest.slice(0, input.Limit ?? MAX_STREAMS);
  return { Streams: page, LastEvaluatedStreamArn: page.length < rest.length ? page.at(-1)?.StreamArn : undefined };
});
