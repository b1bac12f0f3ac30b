// Words that S3's schema knows in configurations: others are no valid XML.

import type { AnalyticsConfiguration, IntelligentTieringConfiguration, LoggingEnabled } from "../../../models/s3.d.ts";
import { malformedXml } from "../errors.ts";

function check(value: string | undefined, ...known: readonly string[]): void {
  if (value !== undefined && !known.includes(value)) throw malformedXml();
}

export function checkLogging({ TargetObjectKeyFormat: format, TargetGrants: grants = [] }: LoggingEnabled): void {
  const { SimplePrefix: simple, PartitionedPrefix: partitioned } = format ?? {};
  if (simple !== undefined && partitioned !== undefined) throw malformedXml();
  check(partitioned?.PartitionDateSource, "EventTime", "DeliveryTime");
  for (const { Grantee: grantee, Permission: permission } of grants) {
    check(grantee?.Type, "CanonicalUser", "AmazonCustomerByEmail", "Group");
    // Those of access control lists, as recorded, though the model has but three.
    check(permission, "FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP");
  }
}

export function checkTiering({ Status: status, Tierings: tierings }: IntelligentTieringConfiguration): void {
  check(status, "Enabled", "Disabled");
  for (const { AccessTier: tier } of tierings) check(tier, "ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS");
}

export function checkAnalytics({ StorageClassAnalysis: { DataExport: report } }: AnalyticsConfiguration): void {
  check(report?.OutputSchemaVersion, "V_1");
  check(report?.Destination.S3BucketDestination.Format, "CSV");
}
