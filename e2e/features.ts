// What a target does not have, and why: a test that needs it is skipped by name, with the reason in the report.
import type { TestContext } from "vitest";
import type { Target } from "./target.ts";

export type Feature =
  | "access log"
  | "API quotas and authorizer policies"
  | "bucket encryption and lifecycle"
  | "bucket policies"
  | "clock"
  | "IAM"
  | "presigned headers"
  | "seeded parameters";

const missing: Record<Target["name"], Partial<Record<Feature, string>>> = {
  embedded: {},
  localstack: {
    "access log": "LocalStack community writes no API access log",
    "API quotas and authorizer policies": "LocalStack community does not call Lambda authorizers",
    "bucket encryption and lifecycle":
      "LocalStack community drops a template's BucketEncryption and LifecycleConfiguration",
    "bucket policies": "LocalStack community does not enforce bucket policies",
    clock: "LocalStack's time cannot be moved",
    IAM: "LocalStack community does not enforce IAM",
    "presigned headers": "LocalStack community does not hold an upload to its signed headers",
  },
  aws: {
    clock: "AWS's time cannot be moved",
    "seeded parameters": "localstack-init/ is not run on AWS",
  },
};

export function needs(context: Pick<TestContext, "skip">, target: Target, ...features: readonly Feature[]): void {
  for (const feature of features) {
    const reason = missing[target.name][feature];
    if (reason !== undefined) context.skip(reason);
  }
}
