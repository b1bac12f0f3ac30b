// Which replication configurations S3 takes and which it refuses.

import { describe, expect, test } from "vitest";
import type { Destination, ReplicationRule } from "../../../models/s3.d.ts";
import { checkReplication, checkRole } from "./replication-form.ts";

const Role = "arn:aws:iam::000000000000:role/replicator";
const Destination: Destination = { Bucket: "arn:aws:s3:::there" };
const DeleteMarkerReplication = { Status: "Disabled" };
const Tag = { Key: "a", Value: "b" };
const newer: ReplicationRule = { Status: "Enabled", Filter: {}, Priority: 1, DeleteMarkerReplication, Destination };
const older: ReplicationRule = { Status: "Enabled", Prefix: "", Destination };
const to = (more: Partial<Destination>): ReplicationRule => ({
  ...newer,
  Destination: { ...Destination, ...more },
});
const time = (minutes: number, threshold?: number): ReplicationRule =>
  to({
    ReplicationTime: { Status: "Enabled", Time: { Minutes: minutes } },
    Metrics: {
      Status: "Enabled",
      ...(threshold === undefined ? {} : { EventThreshold: { Minutes: threshold } }),
    },
  });
const kms = (status: string, key?: string): ReplicationRule => ({
  ...to(key === undefined ? {} : { EncryptionConfiguration: { ReplicaKmsKeyID: key } }),
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: status } },
});
const key = "arn:aws:kms:eu-west-1:000000000000:key/1";
const schema =
  "of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.";

function outcome(rules: readonly ReplicationRule[]): string {
  let count = 0;
  try {
    const { Rules } = checkReplication({ Role, Rules: rules }, "here", () => `made-${(count += 1)}`);
    return Rules.map((rule) => rule.ID).join(" ");
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return code === "MalformedXML" ? code : `${code}: ${message}`;
  }
}

describe("rules", () => {
  const { Priority: _priority, ...unranked } = newer;
  const { DeleteMarkerReplication: _markers, ...unmarked } = newer;
  test.each<[string, readonly ReplicationRule[], string]>([
    [
      "get ids",
      [newer, { ...newer, Priority: 2, ID: "mine" }, { ...newer, Priority: 3, ID: "" }],
      "made-1 mine made-2",
    ],
    ["of the older schema need a prefix alone", [older, { ...older, Prefix: "x" }], "made-1 made-2"],
    ["are one at least", [], "MalformedXML"],
    [
      "are a thousand at most",
      Array.from({ length: 1001 }, (_each, at) => ({ ...newer, Priority: at })),
      "MalformedXML",
    ],
    ["are on or off", [{ ...newer, Status: "On" }], "MalformedXML"],
    ["say what they mean", [{ Status: "Enabled", Destination }], "MalformedXML"],
    ["say it once", [{ ...newer, Prefix: "" }], "MalformedXML"],
    ["have one condition, or several under And", [{ ...newer, Filter: { Prefix: "a", Tag } }], "MalformedXML"],
    ["have two conditions under And", [{ ...newer, Filter: { And: { Prefix: "a" } } }], "MalformedXML"],
    [
      "name a tag once",
      [{ ...newer, Filter: { And: { Tags: [Tag, Tag] } } }],
      "InvalidRequest: Duplicate Tag Keys are not allowed.",
    ],
    [
      "leave what was there to batches",
      [{ ...newer, ExistingObjectReplication: { Status: "Enabled" } }],
      "MalformedXML",
    ],
    [
      "with a filter need a priority",
      [unranked],
      `InvalidRequest: Priority must be specified for this version ${schema}`,
    ],
    [
      "with a filter speak of delete markers",
      [unmarked],
      `InvalidRequest: DeleteMarkerReplication must be specified for this version ${schema}`,
    ],
    [
      "without one have no priority",
      [{ ...older, Priority: 1 }],
      `InvalidRequest: Priority cannot be used for this version ${schema}`,
    ],
    [
      "without one are silent on delete markers",
      [{ ...older, DeleteMarkerReplication }],
      `InvalidRequest: DeleteMarkerReplication cannot be used for this version ${schema}`,
    ],
    [
      "without one have one destination",
      [older, { ...older, Destination: { Bucket: "arn:aws:s3:::elsewhere" } }],
      "InvalidRequest: Number of distinct destination bucket ARNs cannot exceed 1",
    ],
    ["differ in priority", [newer, newer], "InvalidRequest: Found duplicate priority 1."],
    [
      "differ in id",
      [
        { ...newer, ID: "x" },
        { ...newer, ID: "x", Priority: 2 },
      ],
      "InvalidArgument: Rule Id must be unique",
    ],
    ["have short ids", [{ ...newer, ID: "x".repeat(256) }], "InvalidArgument: Rule Id cannot be greater than 255"],
    [
      "by tag leave delete markers",
      [{ ...newer, Filter: { Tag }, DeleteMarkerReplication: { Status: "Enabled" } }],
      "InvalidRequest: Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.",
    ],
    [
      "have criteria or none",
      [{ ...newer, SourceSelectionCriteria: {} }],
      "InvalidRequest: SourceSelectionCriteria cannot be empty.",
    ],
    ["take KMS objects with a key", [kms("Enabled", key)], "made-1"],
    [
      "take KMS objects with a key only",
      [kms("Enabled")],
      "InvalidRequest: ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.",
    ],
    ["name the key by ARN", [kms("Enabled", "mine")], "InvalidArgument: Invalid ReplicaKmsKeyID ARN."],
    [
      "have a key for KMS objects only",
      [to({ EncryptionConfiguration: { ReplicaKmsKeyID: key } })],
      "InvalidRequest: SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.",
    ],
  ])("%s", (_fact, rules, expected) => {
    expect(outcome(rules)).toBe(expected);
  });
});

describe("destinations", () => {
  const Time = { Minutes: 15 };
  const Owner = "Destination";
  test.each<[string, ReplicationRule, string]>([
    ["are bucket ARNs", to({ Bucket: "there" }), "InvalidArgument: Invalid bucket ARN"],
    [
      "are elsewhere",
      to({ Bucket: "arn:aws:s3:::here" }),
      "InvalidRequest: Destination bucket cannot be the same as the source bucket.",
    ],
    ["have known storage classes", to({ StorageClass: "COLD" }), "MalformedXML"],
    [
      "own replicas if their account is named",
      to({ AccessControlTranslation: { Owner } }),
      "InvalidRequest: Account must be specified if the Owner in AccessControlTranslation has a value",
    ],
    ["own them and nobody else", to({ Account: "1", AccessControlTranslation: { Owner: "Me" } }), "MalformedXML"],
    ["are reached within fifteen minutes", time(15, 15), "made-1"],
    ["are not reached sooner", time(5, 15), "InvalidArgument: Invalid time minute value"],
    ["are timed by a threshold", time(15), "InvalidArgument: ReplicationMetrics must contain an event threshold"],
    ["are timed by that threshold", time(15, 5), "InvalidArgument: Invalid event threshold minute value"],
    [
      "are timed with metrics",
      to({ ReplicationTime: { Status: "Enabled", Time } }),
      "InvalidRequest: Replication destination must contain both ReplicationTime and Metrics or neither.",
    ],
    ["have metrics without a time", to({ Metrics: { Status: "Enabled" } }), "made-1"],
    [
      "have no threshold without a time",
      to({ Metrics: { Status: "Enabled", EventThreshold: Time } }),
      "InvalidArgument: Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled",
    ],
  ])("%s", (_fact, rule, expected) => {
    expect(outcome([rule])).toBe(expected);
  });
});

test("the role is a role's ARN", () => {
  expect(() => checkRole(Role)).not.toThrow();
  expect(() => checkRole("replicator")).toThrow("Invalid Role specified in replication configuration");
  expect(() => checkRole("arn:aws:iam::000000000000:user/me")).toThrow("The relative id should start with role");
});
