// What each operation needs: IAM's action, the bucket or object, its policy and condition keys.

import type { Caller } from "../../cloud/operation.ts";
import type { AccessRule } from "../../cloud/service.ts";
import { countsAsTls } from "../../cloud/transport.ts";
import type { CreateBucketInput } from "../../models/s3.d.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { accessDenied } from "./errors.ts";
import { accessPointNeeds } from "./engine/access-point-needs.ts";
import type { Doomed } from "./engine/deletion.ts";
import { effectivePolicy, ownerFor } from "./engine/effective-policy.ts";
import { locate } from "./engine/versions.ts";
import { BUCKET_ACTIONS, OBJECT_ACTIONS } from "./rules/actions.ts";
import { copySourceOf } from "./rules/copy-source.ts";
import { conditionsOf, type Conditions } from "./rules/condition-keys.ts";
import { lookUp, type Found } from "./rules/find-bucket.ts";
import { enforcesOwner } from "./rules/grants.ts";
import { isVersionId } from "./rules/version-order.ts";
import type { Context, Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type ObjectInput = { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined };
export type Wanted = {
  readonly action: string;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  /** What the request says, for the condition keys. */
  readonly input?: object | undefined;
  readonly isSource?: boolean | undefined;
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

/** What comes through an access point needs its permission beside the bucket's. */
function needsFor(
  context: Context,
  found: Found,
  wanted: Wanted,
  caller: Caller = context.caller,
): readonly AccessNeed[] {
  const { accessPoint, bucket } = found;
  const { action, key } = wanted;
  const resource = `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}`;
  const owner = ownerFor(found, wanted);
  const asking = caller === context.caller ? context : { caller, storeAt: context.storeAt.bind(context) };
  const need: AccessNeed = {
    action: `s3:${action}`,
    resource,
    policy: effectivePolicy(asking, found, { ...wanted, resource, owner }),
    owner,
    moreConditions: () => conditionsOf(context, { ...wanted, caller, found }),
  };
  return accessPoint === undefined ? [need] : accessPointNeeds(asking, { ...found, accessPoint }, need, key);
}

/** Whom the bucket's policy itself cannot keep from it: nobody locks himself out for good. */
const POLICY_ACTIONS: ReadonlySet<string> = new Set(["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"]);

function mendsPolicy({ caller }: Context, { bucket }: Found, action: string): boolean {
  return caller.kind === "root" && caller.account === bucket.account && POLICY_ACTIONS.has(action);
}

function bucketRule(action: string): Rule {
  return (input: { readonly Bucket: string }, context) => {
    const found = lookUp(context, input.Bucket);
    if (found === undefined || isOwnRoot(context, found, "bucket") || mendsPolicy(context, found, action))
      return NOTHING;
    return needsFor(context, found, { action, input });
  };
}

function objectRule(operation: string, [current, ofVersion]: readonly [string, string]): Rule {
  const reads = ["GetObject", "HeadObject", "GetObjectAttributes", "SelectObjectContent"].includes(operation);
  const writes = ["PutObject", "CreateMultipartUpload", "CompleteMultipartUpload"].includes(operation);
  return (input: ObjectInput, context) => {
    const found = lookUp(context, input.Bucket);
    if (found === undefined || isOwnRoot(context, found, "object")) return NOTHING;
    const { Key: key, VersionId: versionId } = input;
    const need = (action: string): readonly AccessNeed[] => needsFor(context, found, { action, key, versionId, input });
    const needs = [...need(versionId === undefined ? current : ofVersion)];
    if (operation === "GetObjectAttributes")
      needs.push(...need(versionId === undefined ? "GetObject" : "GetObjectVersion"));
    // Who may not list may not learn that a key is not there.
    if (reads && isMissing(found, key, versionId)) needs.push(...needsFor(context, found, { action: "ListBucket" }));
    if (writes) needs.push(...besides(input, context, found));
    if ("BypassGovernanceRetention" in input && input.BypassGovernanceRetention === true)
      needs.push(...need("BypassGovernanceRetention"));
    return needs;
  };
}

function isMissing(found: Found, key: string, versionId: string | undefined): boolean {
  if (versionId !== undefined && !isVersionId(versionId)) return false;
  const version = locate(found, key, versionId);
  return version === undefined || version.marker === true;
}

/** A write that sets tags, grants or locks needs the right to set them too, and one that asks what is there, to read it. */
function besides(input: ObjectInput, context: Context, found: Found): readonly AccessNeed[] {
  const given = (name: string): boolean => (input as Readonly<Record<string, unknown>>)[name] !== undefined;
  const actions: string[] = [];
  if (given("Tagging")) actions.push("PutObjectTagging");
  // AWS's services say that the bucket's owner shall have full control, and need no more than to write for it.
  if (context.caller.kind !== "service" && GRANTS.some(given)) actions.push("PutObjectAcl");
  if (given("ObjectLockMode") || given("ObjectLockRetainUntilDate")) actions.push("PutObjectRetention");
  if (given("ObjectLockLegalHoldStatus")) actions.push("PutObjectLegalHold");
  // Who writes over what he knows has to be able to know it.
  if (given("IfMatch")) actions.push("GetObject");
  if (actions.length === 0) return NOTHING;
  return actions.flatMap((action) =>
    needsFor(context, found, { action, key: input.Key, input, withWrite: action === "PutObjectAcl" }),
  );
}

const GRANTS = ["ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWriteACP"];

/** Copies read one object and write another. */
const copyRule: Rule = (input: ObjectInput & { readonly CopySource: string }, context) => {
  const target = lookUp(context, input.Bucket);
  const needs: AccessNeed[] = [];
  if (target !== undefined && !isOwnRoot(context, target, "object"))
    needs.push(
      ...needsFor(context, target, { action: "PutObject", key: input.Key, input }),
      ...besides(input, context, target),
    );
  const { bucket, key, versionId } = copySourceOf(input.CopySource);
  const source = lookUp(context, bucket);
  if (source === undefined || isOwnRoot(context, source, "object")) return needs;
  const action = versionId === undefined ? "GetObject" : "GetObjectVersion";
  // A part's copy is asked as a read is; that of a whole object knows nothing of its source's tags.
  const isSource = context.operation === "CopyObject";
  needs.push(...needsFor(context, source, { action, key, versionId, isSource }));
  return needs;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: what a new bucket is given at once needs the right to give it. */
const createRule: Rule = (input: CreateBucketInput, context) => {
  if (context.caller.kind === "root") return NOTHING;
  const { GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  const grants = [GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP];
  const isListed = grants.some((grant) => grant !== undefined) || (input.ACL ?? "private") !== "private";
  const actions = [
    "CreateBucket",
    ...(isListed ? ["PutBucketAcl"] : []),
    ...(input.ObjectLockEnabledForBucket === true ? ["PutBucketObjectLockConfiguration", "PutBucketVersioning"] : []),
    ...(input.ObjectOwnership === undefined ? [] : ["PutBucketOwnershipControls"]),
    ...((input.CreateBucketConfiguration?.Tags ?? []).length === 0 ? [] : ["TagResource"]),
  ];
  return actions.map((action) => accountNeed(context, { action, input }, `arn:aws:s3:::${input.Bucket}`));
};

const listAll: Rule = (_input: unknown, context) =>
  context.caller.kind === "root" ? NOTHING : [accountNeed(context, { action: "ListAllMyBuckets" }, "*")];

/** What is done where there is no bucket yet. */
function accountNeed(context: Context, wanted: Wanted, resource: string): AccessNeed {
  const { caller } = context;
  const moreConditions = (): Conditions => ({
    "s3:ResourceAccount": context.account,
    "aws:ResourceAccount": context.account,
    ...conditionsOf(context, { ...wanted, caller }),
  });
  return { action: `s3:${wanted.action}`, resource, owner: context.account, moreConditions };
}

/** Whoever sets the rules hands the role to S3. */
const replicationRule: Rule = (
  input: { readonly Bucket: string; readonly ReplicationConfiguration: { readonly Role: string } },
  context,
) => {
  const found = lookUp(context, input.Bucket);
  if (found === undefined || isOwnRoot(context, found, "bucket")) return NOTHING;
  const conditions = { "iam:PassedToService": "s3.amazonaws.com" };
  return [
    ...needsFor(context, found, { action: "PutReplicationConfiguration", input }),
    { action: "iam:PassRole", resource: input.ReplicationConfiguration.Role, conditions },
  ];
};

const STRANGERS = "Anonymous users cannot";
/** What no policy opens to those who sign nothing, in S3's words. */
const SIGNED: Readonly<Record<string, string>> = {
  CreateBucket: `${STRANGERS} invoke this API. Please authenticate.`,
  PutBucketAcl: `${STRANGERS} invoke this API. Please authenticate.`,
  PutObjectAcl: `${STRANGERS} invoke this API. Please authenticate.`,
  SelectObjectContent: `${STRANGERS} invoke this API. Please authenticate.`,
  CreateMultipartUpload: `${STRANGERS} initiate multipart uploads. Please authenticate.`,
  CopyObject: `${STRANGERS} copy objects. Please authenticate.`,
  GetBucketOwnershipControls: "s3:GetBucketOwnershipControls does not support Anonymous requests!",
  PutBucketOwnershipControls: "s3:PutBucketOwnershipControls does not support Anonymous requests!",
  DeleteBucketOwnershipControls: "s3:PutBucketOwnershipControls does not support Anonymous requests!",
};

function signedOnly(operation: string, rule: Rule): Rule {
  const message = SIGNED[operation];
  if (message === undefined) return rule;
  return (input, context) => {
    if (context.caller.kind === "anonymous") throw accessDenied(message);
    return rule(input, context);
  };
}

/** Each object of DeleteObjects is allowed or refused by itself: `mayDelete`. */
const eachByItself: Rule = () => NOTHING;

const rules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(Object.entries(BUCKET_ACTIONS).map(([operation, action]) => [operation, bucketRule(action)])),
  ...Object.fromEntries(
    Object.entries(OBJECT_ACTIONS).map(([operation, actions]) => [operation, objectRule(operation, actions)]),
  ),
  CreateBucket: createRule,
  ListBuckets: listAll,
  CopyObject: copyRule,
  UploadPartCopy: copyRule,
  DeleteObjects: eachByItself,
  PutBucketReplication: replicationRule,
  // Refused whoever asks.
  RenameObject: () => NOTHING,
};

export const access: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.entries(rules).map(([operation, rule]) => [operation, signedOnly(operation, rule)]),
);

/** Asks in the middle of an operation, as DeleteObjects has to; the caller's own facts are all it knows of the request. */
export function mayDelete(context: Context, found: Found, { key, versionId, etag }: Doomed, bypass: boolean): void {
  const action = versionId === undefined ? "DeleteObject" : "DeleteObjectVersion";
  demand(context, found, { action, key, versionId, input: { IfMatch: etag } });
  if (bypass) demand(context, found, { action: "BypassGovernanceRetention", key, versionId });
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
  const decision = context.ports.access.decide(caller, needsFor(context, found, wanted, caller), {
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
