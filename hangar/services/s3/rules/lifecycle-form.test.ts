// Lifecycle rules that S3 refuses, and some that it takes.

import { describe, expect, test } from "vitest";
import type { LifecycleRule } from "../../../models/s3.d.ts";
import { checkRules } from "./lifecycle-form.ts";

const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({
  Status: "Enabled",
  Filter: { Prefix: "a/" },
  ...more,
});
const days = (count: number): Partial<LifecycleRule> => ({ Expiration: { Days: count } });
const moves = (...steps: [Days: number, to: string][]): Partial<LifecycleRule> => ({
  Transitions: steps.map(([Days, StorageClass]) => ({ Days, StorageClass })),
});
const retires = (...steps: [NoncurrentDays: number, to: string][]): Partial<LifecycleRule> => ({
  NoncurrentVersionTransitions: steps.map(([NoncurrentDays, StorageClass]) => ({ NoncurrentDays, StorageClass })),
});
const date = new Date("2090-01-01T00:00:00Z");
const Tag = { Key: "k", Value: "v" };

function refusal(...rules: LifecycleRule[]): string {
  let made = 0;
  try {
    checkRules(rules, () => `made-${(made += 1)}`);
    return "taken";
  } catch (error) {
    const { name, message } = error as Error;
    return name === "MalformedXML" ? name : `${name}: ${message}`;
  }
}

describe("a rule", () => {
  const filter = "filter '(prefix=a/)'";
  test.each<[string, Partial<LifecycleRule>]>([
    ["MalformedXML", { ...days(1), Status: "enabled" }],
    ["MalformedXML", { ...days(1), Prefix: "b/" }],
    ["MalformedXML", { ...days(1), Filter: { Prefix: "a", Tag } }],
    ["MalformedXML", { ...days(1), Filter: { And: { Prefix: "a" } } }],
    ["MalformedXML", { Expiration: {} }],
    ["MalformedXML", { Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }],
    ["MalformedXML", { NoncurrentVersionExpiration: { NewerNoncurrentVersions: 3 } }],
    ["MalformedXML", { AbortIncompleteMultipartUpload: {} }],
    ["MalformedXML", { Transitions: [{ Days: 1, Date: date, StorageClass: "GLACIER" }] }],
    ["MalformedXML", { Transitions: [{ StorageClass: "GLACIER" }] }],
    ["MalformedXML", moves([1, "STANDARD"])],
    ["InvalidRequest: At least one action needs to be specified in a rule", {}],
    ["InvalidRequest: Duplicate Tag Keys are not allowed.", { ...days(1), Filter: { And: { Tags: [Tag, Tag] } } }],
    ["InvalidRequest: The maximum size of a prefix is 1024", { ...days(1), Filter: { Prefix: "é".repeat(513) } }],
    [
      "InvalidRequest: The maximum size of a prefix is 1024",
      { ...days(1), Filter: { And: { Prefix: "p".repeat(1025), Tags: [Tag] } } },
    ],
    [
      "InvalidRequest: A Tag's Key must be a length between 1 and 128.",
      { ...days(1), Filter: { Tag: { ...Tag, Key: "" } } },
    ],
    [
      "InvalidRequest: A Tag's Key must be a length between 1 and 128.",
      { ...days(1), Filter: { And: { Prefix: "a", Tags: [{ ...Tag, Key: "k".repeat(129) }] } } },
    ],
    [
      "InvalidRequest: A Tag's Value must be a length between 0 and 256.",
      { ...days(1), Filter: { Tag: { ...Tag, Value: "v".repeat(257) } } },
    ],
    ["InvalidArgument: 'Days' for Expiration action must be a positive integer", days(0)],
    ["InvalidArgument: 'Date' must be at midnight GMT", { Expiration: { Date: new Date("2090-01-01T01:00:00Z") } }],
    [
      "InvalidArgument: 'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
      { NoncurrentVersionExpiration: { NoncurrentDays: 0 } },
    ],
    [
      "InvalidArgument: 'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 0 } },
    ],
    [
      "InvalidRequest: AbortIncompleteMultipartUpload cannot be specified with Tags.",
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Filter: { Tag } },
    ],
    [
      "InvalidRequest: AbortIncompleteMultipartUpload cannot be specified with Object Size.",
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Filter: { ObjectSizeLessThan: 5 } },
    ],
    [
      "InvalidRequest: ExpiredObjectDeleteMarker cannot be specified with Tags.",
      { Expiration: { ExpiredObjectDeleteMarker: true }, Filter: { And: { Prefix: "a", Tags: [Tag] } } },
    ],
    [
      "InvalidRequest: 'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
      { ...days(1), Filter: { ObjectSizeLessThan: 0 } },
    ],
    [
      "InvalidRequest: 'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
      { ...days(1), Filter: { And: { ObjectSizeGreaterThan: 9, ObjectSizeLessThan: 9 } } },
    ],
    [
      "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass 'ONEZONE_IA'",
      moves([29, "ONEZONE_IA"]),
    ],
    [
      `InvalidRequest: 'StorageClass' must be different for 'Transition' actions in same 'Rule' with ${filter}`,
      moves([1, "GLACIER"], [2, "GLACIER"]),
    ],
    [
      `InvalidRequest: Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for ${filter}`,
      {
        Transitions: [
          { Days: 1, StorageClass: "GLACIER" },
          { Date: date, StorageClass: "DEEP_ARCHIVE" },
        ],
      },
    ],
    [
      `InvalidRequest: Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for ${filter}`,
      { Expiration: { Date: date }, ...moves([1, "GLACIER"]) },
    ],
    [
      `InvalidArgument: 'Days' in the Expiration action for ${filter} must be greater than 'Days' in the Transition action`,
      { ...days(30), ...moves([30, "GLACIER"]) },
    ],
    [
      `InvalidArgument: 'Days' in the 'Transition' action for StorageClass 'GLACIER' for ${filter} must be 30 days more than '${filter}' in the 'Transition' action for StorageClass 'STANDARD_IA'`,
      moves([30, "STANDARD_IA"], [59, "GLACIER"]),
    ],
    [
      "InvalidArgument: 'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative",
      { NoncurrentVersionTransitions: [{ NoncurrentDays: -1, StorageClass: "GLACIER" }] },
    ],
    [
      `InvalidRequest: 'StorageClass' must be different for 'NoncurrentVersionTransition' actions in same 'Rule' with ${filter}`,
      retires([30, "DEEP_ARCHIVE"], [90, "DEEP_ARCHIVE"]),
    ],
    [
      `InvalidArgument: 'NoncurrentDays' in the 'NoncurrentVersionTransition' action for StorageClass 'DEEP_ARCHIVE' for ${filter} must be greater than 'NoncurrentDays' in the 'NoncurrentVersionTransition' action for StorageClass 'GLACIER' for ${filter}`,
      retires([1, "GLACIER"], [1, "DEEP_ARCHIVE"]),
    ],
    [
      `InvalidArgument: 'NoncurrentDays' in the NoncurrentVersionExpiration action for ${filter} must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action`,
      { NoncurrentVersionExpiration: { NoncurrentDays: 180 }, ...retires([180, "GLACIER"]) },
    ],
    [
      "InvalidRequest: 'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=a/ and tag={key=k, value=v} and objectsizegreaterthan=5 and objectsizelessthan=9)'",
      {
        ...moves([1, "GLACIER"], [2, "GLACIER"]),
        Filter: { And: { Prefix: "a/", Tags: [Tag], ObjectSizeGreaterThan: 5, ObjectSizeLessThan: 9 } },
      },
    ],
    [
      "InvalidRequest: 'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=)'",
      { ...moves([1, "GLACIER"], [2, "GLACIER"]), Filter: {} },
    ],
    [
      "taken",
      {
        ...moves([1, "GLACIER"]),
        NoncurrentVersionExpiration: { NoncurrentDays: 181 },
        ...retires([30, "STANDARD_IA"], [60, "GLACIER"], [180, "DEEP_ARCHIVE"]),
      },
    ],
    ["taken", { ...days(90), ...moves([30, "STANDARD_IA"], [60, "GLACIER"]) }],
    ["taken", { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 500 } }],
    ["taken", { ...days(1), Filter: { And: { Tags: [Tag, { Key: "l", Value: "v" }] } } }],
    ["taken", { ...days(1), Filter: {} }],
    ["taken", moves([0, "GLACIER_IR"])],
  ])("%s: %j", (answer, more) => {
    expect(refusal(rule(more))).toBe(answer);
  });
});

describe("rules together", () => {
  const old = (prefix: string): LifecycleRule => ({ Status: "Enabled", Prefix: prefix, ...days(1) });
  test("have filters, or none has", () => {
    expect(refusal(old("a"), rule(days(1)))).toBe("InvalidRequest: Filter element can only be used in Lifecycle V2.");
    expect(refusal(rule(days(1)), old("a"))).toBe(
      "InvalidRequest: Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
    );
  });

  test("without filters do not overlap", () => {
    expect(refusal(old("a"), old(""))).toBe(
      "InvalidRequest: Found overlapping prefixes '' and 'a' for same action type 'Expiration'",
    );
    expect(refusal(old("a"), old("b"))).toBe("taken");
  });

  test("have ids of their own", () => {
    const id = (ID: string) => rule({ ...days(1), ID });
    expect(refusal(id("x"), id("x"))).toContain("Rule ID must be unique");
    expect(refusal(id("x".repeat(256)))).toContain("ID length should not exceed");
  });
});
