// The Kinesis streams a table streams into, or did. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeKinesisStreamingDestination.html

import type {
  DescribeKinesisStreamingDestinationInput,
  DescribeKinesisStreamingDestinationOutput,
} from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { operation } from "../store.ts";

export const describeKinesisStreamingDestination = operation<
  DescribeKinesisStreamingDestinationInput,
  DescribeKinesisStreamingDestinationOutput
>((input, context) => {
  const { table } = findNamedTable(context, input.TableName);
  return {
    TableName: table.name,
    KinesisDataStreamDestinations: (table.kinesis ?? []).map(({ streamArn, status, description, precision }) => ({
      StreamArn: streamArn,
      DestinationStatus: status,
      ...(description === undefined ? {} : { DestinationStatusDescription: description }),
      ...(precision === undefined ? {} : { ApproximateCreationDateTimePrecision: precision }),
    })),
  };
});
