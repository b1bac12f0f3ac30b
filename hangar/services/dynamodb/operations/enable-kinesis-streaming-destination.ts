// Streams a table's changes into a Kinesis stream from now on. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_EnableKinesisStreamingDestination.html

import type {
  EnableKinesisStreamingDestinationInput,
  EnableKinesisStreamingDestinationOutput,
} from "../../../models/dynamodb.d.ts";
import { findNamedTable } from "../engine/find-table.ts";
import { checkNoneLive, withDestination } from "../rules/kinesis-destination.ts";
import { operation, type DynamoContext, type TableRow } from "../store.ts";

const NEEDED = ["kinesis:DescribeStream", "kinesis:PutRecords"];
/** What AWS says of a stream that is not there, too. */
const NO_RIGHTS = "User does not have a permission to use kinesis stream";

export const enableKinesisStreamingDestination = operation<
  EnableKinesisStreamingDestinationInput,
  EnableKinesisStreamingDestinationOutput
>(async (input, context) => {
  const { StreamArn: streamArn, EnableKinesisStreamingConfiguration: configuration = {} } = input;
  checkNoneLive(findNamedTable(context, input.TableName).table);
  const usable = await mayUse(context, findNamedTable(context, input.TableName).table, streamArn);
  const { table, store } = findNamedTable(context, input.TableName);
  checkNoneLive(table);
  const precision = configuration.ApproximateCreationDateTimePrecision;
  store.tables.put(
    table.name,
    withDestination(table, {
      streamArn,
      ...(precision === undefined ? {} : { precision }),
      ...(usable ? { status: "ACTIVE" } : { status: "ENABLE_FAILED", description: NO_RIGHTS }),
    }),
  );
  return {
    TableName: table.name,
    StreamArn: streamArn,
    DestinationStatus: "ENABLING",
    EnableKinesisStreamingConfiguration: configuration,
  };
});

/** The stream is the table's neighbour: in its account and region. */
async function mayUse({ caller, ports }: DynamoContext, table: TableRow, streamArn: string): Promise<boolean> {
  if (!streamArn.startsWith(`arn:aws:kinesis:${table.region}:${table.account}:stream/`)) return false;
  const needs = NEEDED.map((action) => ({ action, resource: streamArn }));
  return ports.access.decide(caller, needs, {}).allowed && (await ports.dataStreams.exists(streamArn));
}
