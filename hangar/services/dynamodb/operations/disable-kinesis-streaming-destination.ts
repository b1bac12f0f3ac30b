// Ends the streaming of a table's changes into a Kinesis stream. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DisableKinesisStreamingDestination.html

import type {
  DisableKinesisStreamingDestinationInput,
  DisableKinesisStreamingDestinationOutput,
} from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { validation } from "../errors.ts";
import { checkMayDisable, withDestination } from "../rules/kinesis-destination.ts";
import { operation } from "../store.ts";

export const disableKinesisStreamingDestination = operation<
  DisableKinesisStreamingDestinationInput,
  DisableKinesisStreamingDestinationOutput
>((input, context) => {
  const { table, store } = findNamedTable(context, input.TableName);
  const { StreamArn: streamArn } = input;
  if (input.EnableKinesisStreamingConfiguration !== undefined)
    throw validation("Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
  checkMayDisable(table, streamArn);
  store.tables.put(table.name, withDestination(table, { streamArn, status: "DISABLED" }));
  return { TableName: table.name, StreamArn: streamArn, DestinationStatus: "DISABLING" };
});
