// The keys of delivered access logs: simple prefixes, and prefixes partitioned by source and date.

import type { LoggingEnabled } from "../../../models/s3.d.ts";
import type { Bucket } from "../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html#server-access-logging-overview */
export function logKey(
  { TargetPrefix: prefix, TargetObjectKeyFormat: format }: LoggingEnabled,
  { account, region, name }: Bucket,
  file: { readonly event: number; readonly delivered: number; readonly unique: string },
): string {
  const partitioned = format?.PartitionedPrefix;
  if (partitioned === undefined) return `${prefix}${stamp(file.delivered)}-${file.unique}`;
  const byEvent = partitioned.PartitionDateSource !== "DeliveryTime";
  // A file of a day's events names no hour.
  const time = byEvent ? `${stamp(file.event).slice(0, 10)}-00-00-00` : stamp(file.delivered);
  return `${prefix}${account}/${region}/${name}/${time.slice(0, 10).replaceAll("-", "/")}/${time}-${file.unique}`;
}

export function splitsByDay({ TargetObjectKeyFormat: format }: LoggingEnabled): boolean {
  return format?.PartitionedPrefix !== undefined && format.PartitionedPrefix.PartitionDateSource !== "DeliveryTime";
}

function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[T:]/g, "-");
}
