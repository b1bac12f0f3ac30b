// What an account blocks of public access: recorded answers, and its effect on the buckets of the account.

import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand as DeleteOfBucket,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let control: S3ControlClient;
const AccountId = "000000000000";
const Bucket = "open-to-all";
const allOff = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  const endpoint = cloud.endpoint.replace("127.0.0.1", "localhost");
  control = new S3ControlClient({ ...cloud.clientConfig(), endpoint, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeleteOfBucket({ Bucket }));
  const Rules = [{ ObjectOwnership: "ObjectWriter" as const }];
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "by-list", Body: "1", ACL: "public-read" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "by-policy", Body: "2" }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/by-policy` },
  ],
});

const get = () => control.send(new GetPublicAccessBlockCommand({ AccountId }));
const put = (PublicAccessBlockConfiguration: object) =>
  control.send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }));
const remove = () => control.send(new DeletePublicAccessBlockCommand({ AccountId }));

async function refusal(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.then(
    () => ({ name: "allowed", message: "", $metadata: {} }),
    (thrown: unknown) => thrown,
  )) as Error & { readonly $metadata: { readonly httpStatusCode?: number } };
  return [error.$metadata.httpStatusCode, error.name, error.message];
}

async function anonymous(): Promise<number[]> {
  const answers = await Promise.all(["by-list", "by-policy"].map((key) => fetch(`${cloud.endpoint}/${Bucket}/${key}`)));
  return answers.map(({ status }) => status);
}

test("the settings are put, got, and deleted as often as one likes", async () => {
  const none = [404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"];
  expect(await refusal(get())).toEqual(none);
  expect((await put(allOff)).$metadata.httpStatusCode).toBe(200);
  expect((await get()).PublicAccessBlockConfiguration).toEqual(allOff);
  for (const _ of [1, 2]) expect((await remove()).$metadata.httpStatusCode).toBe(204);
  expect(await refusal(get())).toEqual(none);
  expect(await refusal(put({}))).toEqual([400, "InvalidRequest", "Must specify at least one configuration."]);
});

test("they hold for every bucket of the account, whatever its own say", async () => {
  expect(await anonymous()).toEqual([200, 200]);
  await put({ IgnorePublicAcls: true });
  expect(await anonymous()).toEqual([403, 200]);
  await put({ RestrictPublicBuckets: true });
  expect(await anonymous()).toEqual([200, 403]);
  await put({ BlockPublicPolicy: true, BlockPublicAcls: true });
  expect(await anonymous()).toEqual([200, 200]);
  expect((await refusal(s3.send(new PutBucketPolicyCommand({ Bucket, Policy })))).slice(0, 2)).toEqual([
    403,
    "AccessDenied",
  ]);
  const open = new PutObjectAclCommand({ Bucket, Key: "by-policy", ACL: "public-read" });
  expect((await refusal(s3.send(open))).slice(0, 2)).toEqual([403, "AccessDenied"]);
  await remove();
  await s3.send(open);
  expect(await anonymous()).toEqual([200, 200]);
});
