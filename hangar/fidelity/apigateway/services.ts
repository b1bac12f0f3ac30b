// The services behind integrations: a role that API Gateway takes, a bucket, and S3 as boto3 shows it.

import * as iam from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import { errorOf } from "../s3/session.ts";
import type { Caller, RecordedClient, Session } from "../session.ts";
import { withBytesShown } from "../wire.ts";

export const BUCKET = "recorded-bucket";

const trust = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ],
};

/** A role that may do anything. Answers its ARN. */
export async function roleOf(s: Session): Promise<string> {
  const own = s.with({ service: "iam", sdk: iam });
  const RoleName = "integration";
  await own.do("CreateRole", { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  await own.do("PutRolePolicy", { RoleName, PolicyName: "all", PolicyDocument: JSON.stringify(policy) });
  return `arn:aws:iam::000000000000:role/${RoleName}`;
}

type Streamed = { transformToByteArray(): Promise<Uint8Array> };

const S3: RecordedClient = {
  service: "s3",
  sdk: s3,
  settings: () => ({ forcePathStyle: true }),
  async asShown(_operation, { Body, ...members }) {
    if (Body === undefined) return members;
    return { ...members, Body: withBytesShown(await (Body as Streamed).transformToByteArray()) };
  },
  errorOf,
};

export async function bucketOf(s: Session): Promise<Caller> {
  const caller = s.with(S3);
  await caller.do("CreateBucket", { Bucket: BUCKET });
  return caller;
}
