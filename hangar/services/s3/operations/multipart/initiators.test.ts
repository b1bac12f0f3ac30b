// Who owns an upload, who began it, and what that one may do with it.

import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeletePublicAccessBlockCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";
import { canonicalId } from "../../rules/owners.ts";

let cloud: RunningCloud;
let s3: S3Client;
let stranger: S3Client;
const Bucket = "open-to-uploads";
const Key = "k";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  stranger = new S3Client({
    ...cloud.clientConfig(),
    credentials: { accessKeyId: "111122223333", secretAccessKey: "x" },
  });
  await s3.send(new CreateBucketCommand({ Bucket, ObjectOwnership: "ObjectWriter" }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await s3.send(new PutBucketAclCommand({ Bucket, ACL: "public-read-write" }));
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const begin = async (client: S3Client, bucket = Bucket): Promise<string | undefined> =>
  (await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }))).UploadId;
const list = (client: S3Client, UploadId: string | undefined) =>
  client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
const abort = (client: S3Client, UploadId: string | undefined) =>
  client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

test("an upload is its writer's where objects are, and its writer may list its parts and give it up", async () => {
  const UploadId = await begin(stranger);
  const theirs = { ID: canonicalId("111122223333") };
  const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(Uploads).toMatchObject([{ UploadId, Owner: theirs, Initiator: theirs }]);
  expect(await list(stranger, UploadId)).toMatchObject({ Owner: theirs, Initiator: theirs });
  await abort(stranger, UploadId);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
});

test("other uploads than their own are out of strangers' reach", async () => {
  const UploadId = await begin(s3);
  expect((await failure(list(stranger, UploadId))).slice(0, 2)).toEqual(["AccessDenied", 403]);
  expect((await failure(abort(stranger, UploadId))).slice(0, 2)).toEqual(["AccessDenied", 403]);
  await abort(s3, UploadId);
});

test("a policy may forbid even the initiator", async () => {
  const UploadId = await begin(stranger);
  const Statement = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:AbortMultipartUpload",
    Resource: `arn:aws:s3:::${Bucket}/*`,
    Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
  };
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  expect((await failure(abort(stranger, UploadId))).slice(0, 2)).toEqual(["AccessDenied", 403]);
  await abort(s3, UploadId);
});

test("a user is named by its ARN, owns nothing, and needs no policy for its own upload alone", async () => {
  const iam = new IAMClient(cloud.clientConfig());
  const named = async (UserName: string): Promise<[S3Client, string]> => {
    const { User } = await iam.send(new CreateUserCommand({ UserName }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const Statement = { Effect: "Allow", Action: "s3:PutObject", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    return [new S3Client({ ...cloud.clientConfig(), credentials }), User?.Arn ?? ""];
  };
  const [ann, arn] = await named("ann");
  const [bob] = await named("bob");
  const UploadId = await begin(ann);
  const { Owner, Initiator } = await list(ann, UploadId);
  expect([Owner, Initiator]).toEqual([{ ID: canonicalId("000000000000") }, { ID: arn }]);
  expect((await failure(abort(bob, UploadId))).slice(0, 2)).toEqual(["AccessDenied", 403]);
  await abort(ann, UploadId);
});
