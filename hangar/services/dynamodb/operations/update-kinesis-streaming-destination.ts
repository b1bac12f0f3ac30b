// Says how precise the times of streamed changes are. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateKinesisStreamingDestination.html

import type {
  UpdateKinesisStreamingDestinationInput,
  UpdateKinesisStreamingDestinationOutput,
} from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { validation } from "../errors.ts";
import { checkMayUpdate, withDestination } from "../rules/kinesis-destination.ts";
import { operation } from "../store.ts";

export const updateKinesisStreamingDestination = operation<
  UpdateKinesisStreamingDestinationInput,
  UpdateKinesisStreamingDestinationOutput
>((input, context) => {
  const { table, store } = findNamedTable(context, input.TableName);
  const { StreamArn: streamArn, UpdateKinesisStreamingConfiguration: configuration } = input;
  const precision = configuration?.ApproximateCreationDateTimePrecision;
  if (precision === undefined)
    throw validation(
      "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
    );
  checkMayUpdate(table, streamArn, precision);
  store.tables.put(table.name, withDestination(table, { streamArn, status: "ACTIVE", precision }));
  return {
    TableName: table.name,
    StreamArn: streamArn,
    DestinationStatus: "UPDATING",
    UpdateKinesisStreamingConfiguration: configuration,
  };
});
