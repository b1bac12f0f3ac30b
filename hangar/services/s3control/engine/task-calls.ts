// What a task does: one call of S3's or Lambda's own operations in the name of the job's role.

import type { Caller } from "../../../cloud/operation.ts";
import type { JobOperation, LambdaInvokeOperation, S3SetObjectAclOperation } from "../../../models/s3control.d.ts";
import { taskFailure } from "../errors.ts";
import { copyInput } from "../rules/copy-input.ts";
import { aclInput } from "../rules/grant-members.ts";
import type { Context, Job } from "../store.ts";
import type { Task } from "./manifest.ts";

type Running = { readonly context: Context; readonly job: Job; readonly role: Caller };

/** Answers what the report says of it; throws why it failed. */
export async function runTask({ context, job, role }: Running, task: Task): Promise<string> {
  const { Operation: operation } = job.request;
  if (operation.S3ReplicateObject !== undefined) {
    await context.ports.storage.replicate(task, role);
    return "";
  }
  if (operation.LambdaInvoke !== undefined) return invoke({ context, job, role }, operation.LambdaInvoke, task);
  const [name, input] = callOf(operation, task);
  await context.ports.api.call("s3", name, input, { as: role });
  return "Successful";
}

type Call = readonly [operation: string, input: Readonly<Record<string, unknown>>];

function callOf(operation: JobOperation, task: Task): Call {
  const at = {
    Bucket: task.bucket,
    Key: task.key,
    ...(task.versionId === undefined ? {} : { VersionId: task.versionId }),
  };
  if (operation.S3PutObjectCopy !== undefined) return ["CopyObject", copyInput(operation.S3PutObjectCopy, task)];
  if (operation.S3PutObjectTagging !== undefined)
    return ["PutObjectTagging", { ...at, Tagging: { TagSet: operation.S3PutObjectTagging.TagSet ?? [] } }];
  if (operation.S3PutObjectAcl !== undefined) return ["PutObjectAcl", { ...at, ...listOf(operation.S3PutObjectAcl) }];
  if (operation.S3PutObjectLegalHold !== undefined)
    return ["PutObjectLegalHold", { ...at, LegalHold: operation.S3PutObjectLegalHold.LegalHold }];
  if (operation.S3PutObjectRetention !== undefined) {
    const { Retention, BypassGovernanceRetention } = operation.S3PutObjectRetention;
    return ["PutObjectRetention", { ...at, Retention, BypassGovernanceRetention }];
  }
  if (operation.S3InitiateRestoreObject !== undefined) {
    const { ExpirationInDays: Days, GlacierJobTier: tier } = operation.S3InitiateRestoreObject;
    const Tier = tier === "BULK" ? "Bulk" : "Standard";
    return ["RestoreObject", { ...at, RestoreRequest: { Days, GlacierJobParameters: { Tier } } }];
  }
  return ["DeleteObjectTagging", at];
}

function listOf({ AccessControlPolicy: policy }: S3SetObjectAclOperation): Readonly<Record<string, unknown>> {
  return policy === undefined ? {} : aclInput(policy);
}

type Answer = {
  readonly treatMissingKeysAs?: string;
  readonly results?: readonly {
    readonly taskId: string;
    readonly resultCode: string;
    readonly resultString?: string;
  }[];
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html */
async function invoke({ context, job, role }: Running, wanted: LambdaInvokeOperation, task: Task): Promise<string> {
  const taskId = context.ids.alphanumeric(40);
  const version = wanted.InvocationSchemaVersion ?? "1.0";
  const place = version === "1.0" ? { s3BucketArn: `arn:aws:s3:::${task.bucket}` } : { s3Bucket: task.bucket };
  const s3Key = encodeURIComponent(task.key).replaceAll("%2F", "/");
  const event = {
    invocationSchemaVersion: version,
    invocationId: context.ids.alphanumeric(60),
    job: { id: job.id, ...(wanted.UserArguments === undefined ? {} : { userArguments: wanted.UserArguments }) },
    tasks: [{ taskId, s3Key, s3VersionId: task.versionId ?? null, ...place }],
  };
  const input = { FunctionName: wanted.FunctionArn, Payload: Buffer.from(JSON.stringify(event)) };
  const output = await context.ports.api.call("lambda", "Invoke", input, { as: role });
  const payload = Buffer.from(output["Payload"] as Uint8Array).toString();
  if (output["FunctionError"] !== undefined)
    throw taskFailure("PermanentFailure", `Lambda returned function error: ${payload}`);
  const answer = JSON.parse(payload) as Answer | null;
  const result = answer?.results?.find((each) => each.taskId === taskId);
  const code = result?.resultCode ?? answer?.treatMissingKeysAs ?? "TemporaryFailure";
  if (code !== "Succeeded") throw taskFailure(code, result?.resultString ?? "");
  return result?.resultString ?? "";
}
