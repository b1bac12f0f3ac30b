// What each operation needs: IAM's action, the bucket or object, its policy and condition keys.

import type { Caller } from "../../cloud/operation.ts";
import type { AccessRule } from "../../cloud/service.ts";
import { countsAsTls } from "../../cloud/transport.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { accessDenied } from "./errors.ts";
import { accessPointNeeds } from "./engine/access-point-needs.ts";
import { effectivePolicy, ownerFor } from "./engine/effective-policy.ts";
import { locate } from "./engine/versions.ts";
import { BUCKET_ACTIONS, OBJECT_ACTIONS } from "./rules/actions.ts";
import { copySourceOf } from "./rules/copy-source.ts";
import { listConditions, objectConditions, writeConditions, type Conditions } from "./rules/condition-keys.ts";
import { lookUp, type Found } from "./rules/find-bucket.ts";
import { enforcesOwner } from "./rules/grants.ts";
import { isVersionId } from "./rules/version-order.ts";
import type { Bucket, Context, Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type ObjectInput = { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined };
export type Wanted = {
  readonly action: string;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  readonly conditions?: (() => Conditions) | undefined;
  readonly withWrite?: boolean | undefined;
};

const NOTHING: readonly AccessNeed[] = [];

/** The root user of the bucket's account is stopped by a policy, or does not own the object: else there is nothing to ask. */
function isOwnRoot({ caller }: Context, { bucket, accessPoint }: Found, of: "bucket" | "object"): boolean {
  if (caller.kind !== "root" || caller.account !== bucket.account || bucket.policy !== undefined) return false;
  if (accessPoint !== undefined && (accessPoint.account !== caller.account || accessPoint.policy !== undefined))
    return false;
  return of === "bucket" || enforcesOwner(bucket);
}

type Asking = Pick<Context, "caller" | "storeAt">;

/** What comes through an access point needs its permission beside the bucket's. */
function needsFor(
  context: Asking,
  found: Found,
  { action, key, versionId, conditions, withWrite }: Wanted,
): readonly AccessNeed[] {
  const { accessPoint, bucket } = found;
  const owner = ownerFor(found, { action, key, versionId, withWrite });
  const resource = `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}`;
  const need: AccessNeed = {
    action: `s3:${action}`,
    resource,
    policy: effectivePolicy(context, found, { action, key, versionId, resource, owner, withWrite }),
    owner,
    conditions: {
      "s3:ResourceAccount": bucket.account,
      "aws:ResourceAccount": bucket.account,
      ...(bucket.abac === "Enabled" ? resourceTags(bucket) : undefined),
      ...conditions?.(),
    },
  };
  return accessPoint === undefined ? [need] : accessPointNeeds(context, { ...found, accessPoint }, need, key);
}

/** A bucket's tags count once attribute-based access control is on. */
function resourceTags({ tags = [] }: Bucket): Conditions {
  return Object.fromEntries(tags.map(({ Key: key, Value: value }) => [`aws:ResourceTag/${key}`, value]));
}

function bucketRule(operation: string, action: string): Rule {
  const lists =
    operation.startsWith("List") && /^List(Objects|ObjectsV2|ObjectVersions|MultipartUploads)$/.test(operation);
  return (input: { readonly Bucket: string }, context) => {
    const found = lookUp(context, input.Bucket);
    if (found === undefined || isOwnRoot(context, found, "bucket")) return NOTHING;
    return needsFor(context, found, { action, conditions: lists ? () => listConditions(input) : undefined });
  };
}

function objectRule(operation: string, [current, ofVersion]: readonly [string, string]): Rule {
  const reads = ["GetObject", "HeadObject", "GetObjectAttributes", "SelectObjectContent"].includes(operation);
  const writes = operation === "PutObject" || operation === "CreateMultipartUpload";
  return (input: ObjectInput, context) => {
    const found = lookUp(context, input.Bucket);
    if (found === undefined || isOwnRoot(context, found, "object")) return NOTHING;
    const { Key: key, VersionId: versionId } = input;
    const target = { key, versionId };
    const conditions = (): Conditions => (writes ? writeConditions(input) : objectConditions(found, target, input));
    const needs = [
      ...needsFor(context, found, { action: versionId === undefined ? current : ofVersion, ...target, conditions }),
    ];
    if (operation === "GetObjectAttributes")
      needs.push(
        ...needsFor(context, found, {
          action: versionId === undefined ? "GetObject" : "GetObjectVersion",
          ...target,
          conditions,
        }),
      );
    // Who may not list may not learn that a key is not there.
    if (reads && isMissing(found, key, versionId)) needs.push(...needsFor(context, found, { action: "ListBucket" }));
    if (writes)
      needs.push(
        ...besides(input, context).flatMap((action) =>
          needsFor(context, found, { action, ...target, conditions, withWrite: action === "PutObjectAcl" }),
        ),
      );
    if ("BypassGovernanceRetention" in input && input.BypassGovernanceRetention === true) {
      needs.push(...needsFor(context, found, { action: "BypassGovernanceRetention", ...target }));
    }
    return needs;
  };
}

function isMissing(found: Found, key: string, versionId: string | undefined): boolean {
  if (versionId !== undefined && !isVersionId(versionId)) return false;
  const version = locate(found, key, versionId);
  return version === undefined || version.marker === true;
}

/** A write that sets tags, grants or locks needs the right to set them too. */
function besides(input: Readonly<Record<string, unknown>> | ObjectInput, { caller }: Context): readonly string[] {
  const given = (...names: readonly string[]): boolean =>
    names.some((name) => (input as Readonly<Record<string, unknown>>)[name] !== undefined);
  return [
    ...(given("Tagging") ? ["PutObjectTagging"] : []),
    // AWS's services say that the bucket's owner shall have full control, and need no more than to write for it.
    ...(caller.kind !== "service" && given("ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP")
      ? ["PutObjectAcl"]
      : []),
    ...(given("ObjectLockMode", "ObjectLockRetainUntilDate") ? ["PutObjectRetention"] : []),
    ...(given("ObjectLockLegalHoldStatus") ? ["PutObjectLegalHold"] : []),
  ];
}

/** Copies read one object and write another. */
const copyRule: Rule = (
  input: ObjectInput & { readonly CopySource: string; readonly TaggingDirective?: string },
  context,
) => {
  const target = lookUp(context, input.Bucket);
  const needs: AccessNeed[] = [];
  if (target !== undefined && !isOwnRoot(context, target, "object")) {
    const conditions = (): Conditions => ({
      ...writeConditions(input),
      "s3:x-amz-copy-source": input.CopySource.replace(/^\//, ""),
    });
    for (const action of ["PutObject", ...besides(input, context)])
      needs.push(
        ...needsFor(context, target, { action, key: input.Key, conditions, withWrite: action === "PutObjectAcl" }),
      );
  }
  const { bucket, key, versionId } = copySourceOf(input.CopySource);
  const source = lookUp(context, bucket);
  if (source === undefined || isOwnRoot(context, source, "object")) return needs;
  const from = { key, versionId };
  const conditions = (): Conditions => objectConditions(source, from, {});
  needs.push(
    ...needsFor(context, source, {
      action: versionId === undefined ? "GetObject" : "GetObjectVersion",
      ...from,
      conditions,
    }),
  );
  return needs;
};

const createRule: Rule = (
  input: { readonly Bucket: string; readonly CreateBucketConfiguration?: { readonly LocationConstraint?: string } },
  context,
) => {
  if (context.caller.kind === "root") return NOTHING;
  const constraint = input.CreateBucketConfiguration?.LocationConstraint;
  const conditions = constraint === undefined ? {} : { "s3:locationconstraint": constraint };
  return [{ action: "s3:CreateBucket", resource: `arn:aws:s3:::${input.Bucket}`, owner: context.account, conditions }];
};

/** Whoever sets the rules hands the role to S3. */
const replicationRule: Rule = (
  input: { readonly Bucket: string; readonly ReplicationConfiguration: { readonly Role: string } },
  context,
) => {
  const found = lookUp(context, input.Bucket);
  if (found === undefined || isOwnRoot(context, found, "bucket")) return NOTHING;
  const conditions = { "iam:PassedToService": "s3.amazonaws.com" };
  return [
    ...needsFor(context, found, { action: "PutReplicationConfiguration" }),
    { action: "iam:PassRole", resource: input.ReplicationConfiguration.Role, conditions },
  ];
};

/** Each object of DeleteObjects is allowed or refused by itself: `mayDelete`. */
const eachByItself: Rule = () => NOTHING;

const listAll: Rule = (_input: unknown, context) =>
  context.caller.kind === "root" ? NOTHING : [{ action: "s3:ListAllMyBuckets", resource: "*", owner: context.account }];

export const access: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    Object.entries(BUCKET_ACTIONS).map(([operation, action]) => [operation, bucketRule(operation, action)]),
  ),
  ...Object.fromEntries(
    Object.entries(OBJECT_ACTIONS).map(([operation, actions]) => [operation, objectRule(operation, actions)]),
  ),
  CreateBucket: createRule,
  ListBuckets: listAll,
  CopyObject: copyRule,
  UploadPartCopy: copyRule,
  DeleteObjects: eachByItself,
  PutBucketReplication: replicationRule,
};

/** Asks in the middle of an operation, as DeleteObjects has to; the caller's own facts are all it knows of the request. */
export function mayDelete(
  context: Context,
  found: Found,
  { key, versionId }: { readonly key: string; readonly versionId?: string | undefined },
): void {
  demand(context, found, { action: versionId === undefined ? "DeleteObject" : "DeleteObjectVersion", key, versionId });
}

export function demand(context: Context, found: Found, wanted: Wanted): void {
  if (isOwnRoot(context, found, "object")) return;
  const { caller, request } = context;
  // Website endpoints speak plain HTTP on AWS too.
  const isWebsite = context.operation === "s3-website";
  const conditions: Record<string, string> = {
    "aws:SourceIp": request.sourceIp,
    "aws:SecureTransport": String(isWebsite ? request.secure : countsAsTls(request, caller)),
    "aws:PrincipalArn": caller.roleArn ?? caller.arn,
    "aws:PrincipalAccount": caller.account,
    "aws:RequestedRegion": context.region,
    "aws:CurrentTime": context.clock.date().toISOString(),
    "aws:UserAgent": request.userAgent,
  };
  const decision = context.ports.access.decide(caller, needsFor(context, found, wanted), conditions);
  if (decision.allowed) return;
  context.span.attributes["denied"] = decision.explanation;
  throw deniedWords(decision.message);
}

/** Whether S3, in somebody's name, may: the denial goes on the trace. */
export function allows(context: Context, caller: Caller, found: Found, wanted: Wanted): boolean {
  const asking = { caller, storeAt: context.storeAt.bind(context) };
  const decision = context.ports.access.decide(caller, needsFor(asking, found, wanted), {
    "aws:SecureTransport": "true",
    "aws:PrincipalArn": caller.roleArn ?? caller.arn,
    "aws:PrincipalAccount": caller.account,
    "aws:RequestedRegion": found.bucket.region,
    "aws:CurrentTime": context.clock.date().toISOString(),
  });
  if (!decision.allowed) context.span.attributes["denied"] = decision.explanation;
  return decision.allowed;
}

/** S3 quotes the resource, and tells strangers nothing. */
export function deniedWords(message: string): Error & ReturnType<typeof accessDenied> {
  if (message.startsWith("User: anonymous")) return accessDenied();
  return accessDenied(
    message.replace(/ on resource: (.+?)(?= (?:because|with) )/s, (_whole, resource: string) =>
      resource === "*" ? "" : ` on resource: "${resource}"`,
    ),
  );
}
