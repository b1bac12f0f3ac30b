// Proves that the destinations of notifications take them, by AWS's test event.

import { AwsError } from "../../../kernel/aws-error.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { Caller, Principal } from "../../../cloud/operation.ts";
import type { NotificationConfiguration } from "../../../models/s3.d.ts";
import { s3Error } from "../errors.ts";
import { canonicalId } from "../rules/owners.ts";
import { targetsOf, type Target } from "../rules/notifications.ts";
import type { Bucket, Context } from "../store.ts";

export function principalOf(bucket: Bucket): Principal {
  return { service: "s3.amazonaws.com", sourceArn: `arn:aws:s3:::${bucket.name}`, sourceAccount: bucket.account };
}

export async function proveDestinations(
  context: Context,
  bucket: Bucket,
  configuration: NotificationConfiguration,
): Promise<void> {
  const failures: (readonly [string, string])[] = [];
  for (const target of targetsOf(configuration)) {
    const problem = await problemOf(context, bucket, target);
    if (problem !== undefined)
      failures.push([target.kind === "function" ? `${target.arn}, null` : target.arn, problem]);
  }
  if (failures.length === 0) return;
  const members = Object.fromEntries(
    failures.flatMap(([name, value], index) => [
      [`ArgumentName${index + 1}`, name],
      [`ArgumentValue${index + 1}`, value],
    ]),
  );
  throw s3Error("InvalidArgument", "Unable to validate the following destination configurations", 400, members);
}

/** Functions are not called: their policy alone is asked. Queues and topics get a message. */
async function problemOf(context: Context, bucket: Bucket, { kind, arn }: Target): Promise<string | undefined> {
  try {
    if (kind === "function") return await functionProblem(context, bucket, arn);
    const event = {
      Service: "Amazon S3",
      Event: "s3:TestEvent",
      Time: context.clock.date().toISOString(),
      Bucket: bucket.name,
      RequestId: context.request.id,
      HostId: canonicalId(context.request.id),
    };
    await context.ports.targets.deliver(arn, JSON.stringify(event), {
      as: principalOf(bucket),
      subject: "Amazon S3 Notification",
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    if (/NonExistentQueue|QueueDoesNotExist/.test(error.code)) return "The destination queue does not exist";
    if (/NotFound/.test(error.code)) return "The destination topic does not exist";
    return (
      "Permissions on the destination " +
      (kind === "topic" ? "topic" : "queue") +
      " do not allow S3 to publish notifications from this bucket"
    );
  }
}

/** The function's own policy has to let S3 in, for this bucket. */
async function functionProblem(context: Context, bucket: Bucket, arn: string): Promise<string | undefined> {
  const refused = `Not authorized to invoke function [${arn}]`;
  const { account = bucket.account, region = bucket.region } = parseArn(arn) ?? {};
  const policy = await policyOf(context, arn, { account, region });
  if (policy === undefined) return refused;
  const { service, sourceArn, sourceAccount } = principalOf(bucket);
  const caller: Caller = { kind: "service", account, arn: service, userId: service, sourceArn, sourceAccount };
  const need = { action: "lambda:InvokeFunction", resource: arn, policy, owner: account };
  const facts = { "aws:SourceArn": sourceArn ?? "", "aws:SourceAccount": bucket.account };
  return context.ports.access.decide(caller, [need], facts).allowed ? undefined : refused;
}

async function policyOf(
  context: Context,
  arn: string,
  { account, region }: { readonly account: string; readonly region: string },
): Promise<string | undefined> {
  const as: Caller = { kind: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account };
  try {
    const { Policy: policy } = await context.ports.api.call(
      "lambda",
      "GetPolicy",
      { FunctionName: arn },
      { as, region },
    );
    return policy as string | undefined;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    return undefined;
  }
}
