// A table's Kinesis streaming destinations: at most one of them is live, any number linger when they are off or failed.

import { validation } from "../errors.ts";
import type { TableRow } from "../store.ts";

export type KinesisDestination = {
  readonly streamArn: string;
  readonly status: string;
  readonly description?: string | undefined;
  readonly precision?: string | undefined;
};

const STATE = "Table is not in a valid state to enable Kinesis Streaming Destination";

/** What a table without a destination does not even ask. */
export function liveDestination(table: TableRow): KinesisDestination | undefined {
  return table.kinesis?.find((each) => each.status === "ACTIVE");
}

export function checkNoneLive(table: TableRow): void {
  if (liveDestination(table) !== undefined)
    throw validation(
      `${STATE}: EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.`,
    );
}

export function checkMayDisable(table: TableRow, streamArn: string): void {
  if (liveDestination(table)?.streamArn !== streamArn)
    throw validation(`${STATE}: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.`);
}

/** Absent is MILLISECOND. */
export function checkMayUpdate(table: TableRow, streamArn: string, precision: string): void {
  const destination = table.kinesis?.find((each) => each.streamArn === streamArn);
  if (destination === undefined)
    throw validation(
      `${STATE}: No streaming destination with streamArn: ${streamArn} found for table with tableName: ${table.name}`,
    );
  if (destination.status !== "ACTIVE")
    throw validation(
      `${STATE}: Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: ${table.name}, StreamArn: ${streamArn}`,
    );
  if ((destination.precision ?? "MILLISECOND") === precision)
    throw validation(
      `Invalid Request: Precision is already set to the desired value of ${precision} for tableId: ${table.id}, kdsArn: ${streamArn}`,
    );
}

/** The table with this destination in place of what it had for the stream; the newest is listed first. */
export function withDestination(table: TableRow, destination: KinesisDestination): TableRow {
  const others = (table.kinesis ?? []).filter((each) => each.streamArn !== destination.streamArn);
  return { ...table, kinesis: [destination, ...others] };
}
