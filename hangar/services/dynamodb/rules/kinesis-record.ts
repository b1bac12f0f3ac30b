// A change of an item as DynamoDB writes it into a Kinesis stream. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html

import type { OutgoingRow } from "../store.ts";
import { eventItem } from "./event-record.ts";

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
