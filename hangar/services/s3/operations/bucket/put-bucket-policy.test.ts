// PutBucketPolicy through the SDK: what S3 refuses to keep.

import * as sdk from "@aws-sdk/client-s3";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "configured-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("a policy", () => {
  test("is refused when it is malformed or public while that is blocked", async () => {
    const name = "policed-bucket";
    await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
    const put = (policy: unknown) =>
      s3.send(
        new sdk.PutBucketPolicyCommand({
          Bucket: name,
          Policy: typeof policy === "string" ? policy : JSON.stringify(policy),
        }),
      );
    expect(await failure(put("no json"))).toEqual([
      "MalformedPolicy",
      400,
      "Policies must be valid JSON and the first byte must be '{'",
    ]);
    expect(await failure(put({ Version: "2012-10-17" }))).toEqual([
      "MalformedPolicy",
      400,
      "Missing required field Statement",
    ]);
    const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*` };
    expect(
      await failure(put({ Version: "2012-10-17", Statement: { ...statement, Resource: "arn:aws:s3:::elsewhere/*" } })),
    ).toEqual(["MalformedPolicy", 400, "Policy has invalid resource"]);
    expect((await failure(put({ Version: "2012-10-17", Statement: statement }))).slice(0, 2)).toEqual([
      "AccessDenied",
      403,
    ]);
    const narrow = { ...statement, Principal: { AWS: "arn:aws:iam::111122223333:root" } };
    await put({ Version: "2012-10-17", Statement: narrow });
    expect((await s3.send(new sdk.GetBucketPolicyStatusCommand({ Bucket: name }))).PolicyStatus?.IsPublic).toBe(false);
    expect(JSON.parse((await s3.send(new sdk.GetBucketPolicyCommand({ Bucket: name }))).Policy ?? "")).toEqual({
      Version: "2012-10-17",
      Statement: narrow,
    });
    await s3.send(new sdk.DeleteBucketPolicyCommand({ Bucket: name }));
    expect((await failure(s3.send(new sdk.GetBucketPolicyCommand({ Bucket: name })))).slice(0, 2)).toEqual([
      "NoSuchBucketPolicy",
      404,
    ]);
  });
});
