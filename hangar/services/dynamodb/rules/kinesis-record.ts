// A change of an item as DynamoDB writes it into a Kinesis stream. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html

import type { Item } from "./attribute-value.ts";
import { eventItem } from "./event-record.ts";

/** A change that waits to be written into a Kinesis stream. */
export type OutgoingRow = {
  readonly table: string;
  readonly at: number;
  readonly id: string;
  readonly event: "INSERT" | "MODIFY" | "REMOVE";
  readonly keys: Item;
  readonly newImage?: Item | undefined;
  readonly oldImage?: Item | undefined;
  readonly size: number;
  readonly partitionKey: string;
  readonly byTtl?: true | undefined;
  readonly precision?: string | undefined;
};

export function kinesisRecord(row: OutgoingRow, region: string): string {
  const { at, precision, keys, newImage, oldImage } = row;
  return JSON.stringify({
    awsRegion: region,
    eventID: row.id,
    eventName: row.event,
    userIdentity: row.byTtl === undefined ? null : { principalId: "dynamodb.amazonaws.com", type: "Service" },
    recordFormat: "application/json",
    tableName: row.table,
    dynamodb: {
      ApproximateCreationDateTime: precision === "MICROSECOND" ? at * 1000 : at,
      Keys: eventItem(keys),
      ...(newImage === undefined ? {} : { NewImage: eventItem(newImage) }),
      ...(oldImage === undefined ? {} : { OldImage: eventItem(oldImage) }),
      SizeBytes: row.size,
      ...(precision === undefined ? {} : { ApproximateCreationDateTimePrecision: precision }),
    },
    eventSource: "aws:dynamodb",
  });
}
