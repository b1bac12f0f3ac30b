// What LocalStack's community edition and AWS lack of what the embedded target has: a test that needs it is skipped there, with the reason.

import type { TargetName } from "./target.ts";

type Reasons = Readonly<Partial<Record<TargetName, string>>>;

const HARNESS = {
  clock: { localstack: "LocalStack's time cannot be moved", aws: "AWS's time cannot be moved" },
  faults: { localstack: "LocalStack fails no call on request", aws: "AWS fails no call on request" },
  forks: { localstack: "all tests share LocalStack's one world", aws: "all tests share the one account" },
  snapshot: { localstack: "LocalStack community has no snapshots", aws: "an account has no snapshots" },
  trace: { localstack: "LocalStack keeps no trace of a test", aws: "AWS keeps no trace of a test" },
  endpoint: { aws: "AWS has no one endpoint for all its services" },
  "init scripts": { aws: "localstack-init/ is not run on AWS" },
} as const satisfies Record<string, Reasons>;

/** Measured with 4.14.0. What Hangar completes there (custom resources, bucket encryption) is not in this list. */
const COMMUNITY = {
  "access logs": "LocalStack community writes no API access log",
  "api quotas": "LocalStack community does not enforce quotas and throttling of usage plans",
  authorizers: "LocalStack community does not call Lambda authorizers",
  "bucket policies": "LocalStack community does not enforce bucket policies",
  iam: "LocalStack community does not enforce IAM",
  "image functions": "LocalStack community does not run functions from images",
  "key policies": "LocalStack community does not enforce key policies",
  layers: "LocalStack community stores layers and does not apply them",
  lifecycle: "LocalStack community drops a template's LifecycleConfiguration and expires nothing",
  "presigned expiry": "LocalStack community takes a presigned URL that has expired",
  "presigned headers": "LocalStack community does not hold an upload to its signed headers",
  ttl: "LocalStack community does not expire a table's items in time for a test",
} as const;

const NOT_IN_COMMUNITY = [
  "apigatewayv2",
  "application-autoscaling",
  "appsync",
  "athena",
  "backup",
  "cloudfront",
  "cloudtrail",
  "codebuild",
  "cognito-identity",
  "cognito-idp",
  "ecr",
  "ecs",
  "elasticache",
  "elbv2",
  "glue",
  "pipes",
  "rds",
  "sesv2",
  "wafv2",
  "xray",
] as const;

/** What a test may say that it needs. */
export type Feature = keyof typeof HARNESS | keyof typeof COMMUNITY | (typeof NOT_IN_COMMUNITY)[number];

const LACKING: Readonly<Record<string, Reasons>> = {
  ...HARNESS,
  ...Object.fromEntries(Object.entries(COMMUNITY).map(([feature, localstack]) => [feature, { localstack }])),
  ...Object.fromEntries(
    NOT_IN_COMMUNITY.map((service) => [service, { localstack: `LocalStack community has no ${service}` }]),
  ),
};

/** Why the target has no such thing; undefined when it has. Throws an Error for a name that means nothing. */
export function reasonLacking(target: TargetName, feature: Feature): string | undefined {
  const reasons = LACKING[feature];
  if (reasons === undefined)
    throw new Error(
      `No target knows "${feature as string}". There are: ${Object.keys(LACKING).toSorted().join(", ")}.`,
    );
  return reasons[target];
}
