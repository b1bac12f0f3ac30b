// What AWS refuses of a function's settings beyond what its model says of each.

import { invalidParameter, validation } from "../errors.ts";
import type { VersionRow } from "../store.ts";

/** The model's are those of durable functions and managed instances. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_TIMEOUT = 900;
const MAX_MEMORY = 10_240;
/** https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes */
const SNAP_START = /^(?:java(?!8)|python3\.(?!9|10|11)|dotnet(?!6))/;

export function checkSettings(row: VersionRow): void {
  const mustBe = "failed to satisfy constraint: Member must have value less than or equal to";
  if (row.timeout > MAX_TIMEOUT)
    throw validation(`1 validation error detected: Value '${row.timeout}' at 'timeout' ${mustBe} ${MAX_TIMEOUT}`);
  if (row.memorySize > MAX_MEMORY) throw invalidParameter(`'MemorySize' value ${mustBe} ${MAX_MEMORY}`);
  if ((row.subnetIds.length === 0) !== (row.securityGroupIds.length === 0))
    throw invalidParameter("SubnetIds and SecurityIds must coexist or be both empty list.");
  const [files] = row.fileSystems ?? [];
  if (files !== undefined && row.subnetIds.length === 0)
    throw invalidParameter(
      `Function must be configured to execute in a VPC to reference access point ${files.Arn}. Please update the function configuration to include VPC subnets and security groups.`,
    );
  const runs = row.runtime ?? "ContainerImage";
  if (row.snapStart === "PublishedVersions" && !SNAP_START.test(runs))
    throw invalidParameter(`${runs} is not supported for SnapStart enabled functions.`);
}
