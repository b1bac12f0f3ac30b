// Lists a stream's consumers. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreamConsumers.html

import { compositeKey } from "../../../kernel/table.ts";
import type { ListStreamConsumersInput, ListStreamConsumersOutput } from "../../../models/kinesis.d.ts";
import { checkCreation, findStream } from "../engine/find-stream.ts";
import { invalidArgument } from "../errors.ts";
import { showConsumer } from "../rules/descriptions.ts";
import { readToken, writeToken } from "../rules/page-token.ts";
import { ofStream, operation } from "../store.ts";

export const listStreamConsumers = operation<ListStreamConsumersInput, ListStreamConsumersOutput>((input, context) => {
  const { stream, store } = findStream(context, input);
  checkCreation(stream, input.StreamCreationTimestamp);
  const { MaxResults: limit = 100, NextToken } = input;
  const now = context.clock.now();
  const token = NextToken === undefined ? undefined : readToken(NextToken, now);
  if (token !== undefined && token.stream !== stream.arn) throw invalidArgument("NextToken is invalid.");
  const after = token === undefined ? {} : { after: compositeKey(stream.name, token.after) };
  const rows = [...store.consumers.rows({ prefix: ofStream(stream.name), ...after })];
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    Consumers: page.map(showConsumer),
    ...(more ? { NextToken: writeToken({ stream: stream.arn, after: last.name, made: now }) } : {}),
  };
});
