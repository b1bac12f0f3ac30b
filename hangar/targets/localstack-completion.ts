// What LocalStack's community edition says it did and did not: the CDK's custom resources, done with the embedded target's own code.

import { reachable } from "../cloud/reachable-url.ts";
import { emptyBucket } from "../services/cloudformation/resources/custom/auto-delete-objects.ts";
import { NATIVE } from "../services/cloudformation/resources/custom/native-types.ts";
import type { ApiCall } from "./sdk-call.ts";
import type { Progress } from "./target.ts";

type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: unknown;
};
export type Template = { readonly Resources?: Readonly<Record<string, Resource>> };

export type Completion = {
  readonly call: ApiCall;
  readonly stackName: string;
  readonly template: Template;
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly uniqueId: () => string;
};

/** Types whose effect is only at deletion: `emptyBuckets` sees to them. */
const AT_DELETION = new Set(["Custom::S3AutoDeleteObjects"]);

export async function complete(where: Completion, progress: Progress): Promise<void> {
  const ids = await physicalIds(where);
  const resources = Object.entries(where.template.Resources ?? {});
  for (const [logicalId, resource] of resources) {
    if (AT_DELETION.has(resource.Type)) continue;
    const native = NATIVE[resource.Type];
    if (native === undefined) {
      if (resource.Type.startsWith("Custom::") || resource.Type === "AWS::CloudFormation::CustomResource")
        progress(`LocalStack community ignores ${resource.Type} (${logicalId}); Hangar cannot complete it`);
      continue;
    }
    const properties = (await resolve(resource.Properties ?? {}, where, ids)) as Record<string, unknown>;
    await native(
      {
        type: "Create",
        properties,
        logicalId,
        stackId: where.stackName,
        region: where.region,
        uniqueId: where.uniqueId,
        reachable: (text) => reachable(text, where.endpoint),
      },
      where.call,
    );
    progress(`LocalStack community ignores ${resource.Type} (${logicalId}); completed by Hangar`);
  }
  for (const [logicalId, resource] of resources)
    if (resource.Type === "AWS::S3::Bucket")
      await completeBucket(resource, String(ids.get(logicalId)), { where, ids, progress });
}

/** Empties what `autoDeleteObjects` would have emptied, so that the stack can be deleted. */
export async function emptyBuckets(where: Completion, progress: Progress): Promise<void> {
  const ids = await physicalIds(where);
  for (const [logicalId, resource] of Object.entries(where.template.Resources ?? {})) {
    if (!AT_DELETION.has(resource.Type)) continue;
    const bucket = String(await resolve(resource.Properties?.["BucketName"], where, ids));
    await emptyBucket(bucket, where.call);
    progress(`LocalStack community ignores ${resource.Type} (${logicalId}); ${bucket} emptied by Hangar`);
  }
}

type Completing = {
  readonly where: Completion;
  readonly ids: ReadonlyMap<string, string>;
  readonly progress: Progress;
};

/** Its CloudFormation drops a bucket's encryption. */
async function completeBucket(resource: Resource, bucket: string, { where, ids, progress }: Completing): Promise<void> {
  const encryption = resource.Properties?.["BucketEncryption"] as
    | { readonly ServerSideEncryptionConfiguration?: readonly Record<string, unknown>[] }
    | undefined;
  if (encryption?.ServerSideEncryptionConfiguration === undefined) return;
  const rules = (await resolve(encryption.ServerSideEncryptionConfiguration, where, ids)) as readonly Record<
    string,
    unknown
  >[];
  const Rules = rules.map(({ ServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
    ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
    BucketKeyEnabled,
  }));
  await where.call("s3", "PutBucketEncryption", { Bucket: bucket, ServerSideEncryptionConfiguration: { Rules } });
  progress(`LocalStack community ignores BucketEncryption of AWS::S3::Bucket (${bucket}); completed by Hangar`);
}

async function physicalIds({ call, stackName }: Completion): Promise<Map<string, string>> {
  const { StackResources } = await call("cloudformation", "DescribeStackResources", { StackName: stackName });
  const resources = (StackResources ?? []) as readonly {
    readonly LogicalResourceId: string;
    readonly PhysicalResourceId?: string;
  }[];
  return new Map(resources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId ?? ""]));
}

/** Ref, GetAtt of an ARN, Join and Sub: what the CDK puts into custom resources. Anything else is an Error that names it. */
async function resolve(value: unknown, where: Completion, ids: ReadonlyMap<string, string>): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => resolve(each, where, ids)));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name === "Ref") return refOf(String(argument), where, ids);
  if (entries.length === 1 && name === "Fn::GetAtt")
    return arnOf((argument as readonly [string, string])[0], (argument as readonly [string, string])[1], {
      where,
      ids,
    });
  if (entries.length === 1 && name === "Fn::Join") {
    const [separator, parts] = argument as readonly [string, readonly unknown[]];
    return ((await resolve(parts, where, ids)) as readonly unknown[]).join(separator);
  }
  if (entries.length === 1 && name === "Fn::Sub" && typeof argument === "string")
    return argument.replace(/\$\{([^}]+)\}/g, (_match, each: string) => refOf(each, where, ids));
  if (entries.length === 1 && name?.startsWith("Fn::") === true)
    throw new Error(`${name} in a custom resource cannot be completed on LocalStack.`);
  return Object.fromEntries(
    await Promise.all(entries.map(async ([key, each]) => [key, await resolve(each, where, ids)] as const)),
  );
}

function refOf(name: string, { account, region, stackName }: Completion, ids: ReadonlyMap<string, string>): string {
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::AccountId": account,
    "AWS::Region": region,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stackName,
  };
  const found = pseudo[name] ?? ids.get(name);
  if (found === undefined) throw new Error(`LocalStack has no resource ${name}.`);
  return found;
}

const ARNS: Readonly<Record<string, (id: string, where: Completion) => string>> = {
  "AWS::Lambda::Function": (id, { account, region }) => `arn:aws:lambda:${region}:${account}:function:${id}`,
  "AWS::SQS::Queue": (id, { account, region }) =>
    `arn:aws:sqs:${region}:${account}:${id.slice(id.lastIndexOf("/") + 1)}`,
  "AWS::SNS::Topic": (id) => id,
  "AWS::S3::Bucket": (id) => `arn:aws:s3:::${id}`,
  "AWS::KMS::Key": (id, { account, region }) => `arn:aws:kms:${region}:${account}:key/${id}`,
  "AWS::IAM::Role": (id, { account }) => `arn:aws:iam::${account}:role/${id}`,
  "AWS::Events::EventBus": (id, { account, region }) => `arn:aws:events:${region}:${account}:event-bus/${id}`,
};

function arnOf(
  logicalId: string,
  attribute: string,
  { where, ids }: { readonly where: Completion; readonly ids: ReadonlyMap<string, string> },
): string {
  const type = where.template.Resources?.[logicalId]?.Type ?? "?";
  const make = ARNS[type];
  if (attribute !== "Arn" || make === undefined)
    throw new Error(`${attribute} of ${type} (${logicalId}) cannot be completed on LocalStack.`);
  return make(refOf(logicalId, where, ids), where);
}
