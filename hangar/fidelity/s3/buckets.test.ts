// Buckets by name and region, and what is done to them by plain requests, as they were recorded from AWS (see ../NOTICE).

import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { sign } from "../../protocols/sigv4-sign.ts";
import { addressOf, allowPublicLists, documentOf, headersAre } from "./requests.ts";
import { recorded, type Session } from "./session.ts";

const EAST = { region: "us-east-1" };
const elsewhere = (LocationConstraint: string): object => ({ CreateBucketConfiguration: { LocationConstraint } });
const ENABLED = { VersioningConfiguration: { Status: "Enabled" } };

const ofBucket = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-amz") || name === "content-type"));

/** HeadBucket, its answer and the headers that say the same. */
async function heads(s: Session, label: string, Bucket: string, region = "us-east-1"): Promise<void> {
  await s.is(label, "HeadBucket", { Bucket }, { region });
  s.matches(`${label}_filtered_header`, ofBucket(s.lastHeaders()));
}

/** A role that S3 may take, and the source and destination of a replication. */
async function replicating(s: Session): Promise<string> {
  const iam = new IAMClient(s.cloud.clientConfig());
  const trust = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" };
  const rights = { Effect: "Allow", Action: "s3:*", Resource: "*" };
  const document = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const RoleName = "replicates";
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  const policy = { RoleName, PolicyName: "all", PolicyDocument: document(rights) };
  await iam.send(new PutRolePolicyCommand(policy));
  return Role?.Arn ?? "";
}

/** Names of a run stand in a configuration as words. */
const configured = (answer: object): object =>
  JSON.parse(
    JSON.stringify(answer)
      .replace(/"Role":"[^"]*"/, '"Role":"role"')
      .replace(/"Bucket":"[^"]*"/, '"Bucket":"dest-bucket"')
      .replace(/"ID":"(?!rtc)[^"]*"/, '"ID":"id"'),
  ) as object;

async function multiDelete(s: Session, keys: readonly string[], label?: string): Promise<void> {
  const objects = keys.map((key) => `<Object><Key>${key}</Key></Object>`).join("");
  const body = `<?xml version="1.0" encoding="UTF-8"?><Delete>${objects}</Delete>`;
  const digest = createHash("md5").update(body).digest("base64");
  const headers = { "content-md5": digest, "content-length": String(Buffer.byteLength(body)) };
  const request = { method: "POST", headers, body };
  if (label === undefined) expect((await s.send(addressOf("?delete"), request)).status).toBe(200);
  else await documentOf(s, label, addressOf("?delete"), request);
}

/** Creates a bucket with what is sent as its configuration, if anything is: the SDK would fill in the region. */
async function creates(s: Session, label: string, region: string, body?: string): Promise<void> {
  const { middlewareStack } = s.client({ region });
  middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body });
      return next(args);
    },
    { step: "build", name: "as it is", override: true, priority: "high" },
  );
  await s.is(label, "CreateBucket", { Bucket: "somewhere" }, { region });
  middlewareStack.remove("as it is");
}

recorded(import.meta.url, "general", {
  async "TestS3::test_different_location_constraint"(s) {
    const [north, ohio, california] = ["us-east-1", "us-east-2", "us-west-1"];
    const configured = (content: string): string =>
      `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</CreateBucketConfiguration>`;
    const to = (region: string): string => configured(`<LocationConstraint>${region}</LocationConstraint>`);
    await s.is("get-bucket-location-bucket-us-east-1", "GetBucketLocation");
    await creates(s, "create-bucket-constraint-us-east-1", north, to(north));
    await creates(s, "create-bucket-constraint-us-east-1-with-None", north, configured(""));
    await s.do("CreateBucket", { Bucket: "in-ohio", ...elsewhere(ohio) }, { region: ohio });
    const there = await s.ask("GetBucketLocation", { Bucket: "in-ohio" }, { region: ohio });
    expect(there["LocationConstraint"]).toBe(ohio);
    // The recording has every region under one name.
    const nameless = { LocationConstraint: null };
    const without = (recorded: unknown): object => ({ ...(recorded as object), ...nameless });
    s.matches("get-bucket-location-bucket-us-east-2", { ...there, ...nameless }, without);
    await creates(s, "create-bucket-us-east-2-no-constraint-exc", ohio);
    await creates(s, "create-bucket-constraint-us-east-2-with-None", ohio, configured(""));
    await creates(s, "create-bucket-us-east-2-constraint-to-us-west-1", ohio, to(california));
    await creates(s, "create-bucket-us-west-1-constraint-to-us-east-2", california, to(ohio));
    await creates(s, "create-bucket-us-west-1-constraint-to-us-east-1", california, to(north));
    const nowhere = await s.ask("GetBucketLocation", { Bucket: "random-bucket-test" });
    s.matches("get-bucket-location-non-existent-bucket", { ...nowhere, ...nameless });
  },
  async "TestS3::test_create_bucket_head_bucket"(s) {
    const [one, two] = ["recorded-head-one", "recorded-head-two"];
    await s.is("create_bucket", "CreateBucket", { Bucket: one }, EAST);
    const constrained = { Bucket: two, ...elsewhere("us-west-1") };
    await s.is("create_bucket_location_constraint", "CreateBucket", constrained, EAST);
    await heads(s, "head_bucket", one);
    await heads(s, "head_bucket_2", two, "us-west-1");
    await s.is("head_bucket_not_exist", "HeadBucket", { Bucket: "does-not-exist-recorded-head" });
  },
  async "TestS3::test_create_bucket_aws_global"(s) {
    const Bucket = "recorded-global-bucket";
    const signer = { accessKeyId: "test", secretAccessKey: "test", region: "aws-global", service: "s3" };
    const host = `${Bucket}.s3.localhost`;
    const request = { method: "PUT", path: "/", query: "", headers: { host } };
    const headers = sign(request, { ...signer, now: s.cloud.clock.now() });
    await documentOf(s, "xml-error-create-bucket", addressOf("", Bucket), { method: "PUT", headers });
    // The recorded client signs for us-east-1 what it sends to the global endpoint.
    await s.is("create-bucket-global", "CreateBucket", { Bucket }, EAST);
    await s.is("head-bucket-global", "HeadBucket", { Bucket }, EAST);
    await s.is("get-location-1", "GetBucketLocation", { Bucket }, EAST);
    await s.is("list-buckets", "ListBuckets", { Prefix: "recorded-global" }, EAST);
  },
  async "TestS3::test_bucket_name_with_dots"(s) {
    const Bucket = "my.bucket.name.recorded";
    await s.do("CreateBucket", { Bucket });
    await s.do("DeleteBucketOwnershipControls", { Bucket });
    await s.do("DeletePublicAccessBlock", { Bucket });
    await s.do("PutBucketAcl", { Bucket, ACL: "public-read" });
    await s.do("PutObject", { Bucket, Key: "my-content", Body: "something" });
    await s.is("list-objects", "ListObjects", { Bucket });
    const dated = (answer: object): object =>
      JSON.parse(JSON.stringify(answer).replace(/"LastModified":"[^"]*"/, '"LastModified":"date"')) as object;
    for (const [label, url] of [
      ["request-vhost-url-content", addressOf("", Bucket)],
      ["request-path-url-content", `http://s3.localhost/${Bucket}`],
    ] as const)
      s.matches(label, dated(await s.read(url)));
  },
  async "TestS3::test_s3_batch_delete_objects_using_requests_with_acl"(s) {
    await allowPublicLists(s);
    await s.do("PutBucketAcl", { ACL: "public-read-write" });
    await s.do("PutObject", { Key: "mine", Body: "something", ACL: "public-read-write" });
    await multiDelete(s, ["mine", "never-was"]);
  },
  async "TestS3::test_s3_batch_delete_public_objects_using_requests"(s) {
    await allowPublicLists(s);
    await s.do("PutBucketAcl", { ACL: "public-read-write" });
    const keys = ["key-created-by-anonymous-1", "key-created-by-anonymous-2"];
    for (const Key of keys) await s.do("PutObject", { Key, Body: "x" }, { anonymous: true });
    await multiDelete(s, keys, "multi-delete-with-requests");
    await s.is("list-remaining-objects", "ListObjects");
  },
  async "TestS3::test_bucket_operation_between_regions"(s) {
    const Bucket = "recorded-between-regions";
    await s.do("CreateBucket", { Bucket, ...elsewhere("us-west-1") }, EAST);
    const website = { Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: "index.html" } } };
    await s.is("put-website-config-region-1", "PutBucketWebsite", website, { region: "us-west-1" });
    const rules = { CORSRules: [{ AllowedOrigins: ["*"], AllowedMethods: ["GET"] }] };
    const cors = { Bucket, CORSConfiguration: rules };
    await s.is("put-cors-config-region-1", "PutBucketCors", cors, { region: "us-west-1" });
    // The recorded client of another region was sent on, and went.
    await s.is("get-website-config-region-2", "GetBucketWebsite", { Bucket }, { region: "us-west-1" });
    await s.is("get-cors-config-region-2", "GetBucketCors", { Bucket }, { region: "us-west-1" });
  },
  async "TestS3BucketReplication::test_replication_config"(s) {
    const Role = await replicating(s);
    const Bucket = "recorded-replica";
    await s.do("CreateBucket", { Bucket, ...elsewhere("us-west-2") });
    await s.do("PutBucketVersioning", { Bucket, ...ENABLED }, { region: "us-west-2" });
    await s.is("expected_error_no_replication_set", "GetBucketReplication");
    const rule = {
      Status: "Enabled",
      Priority: 1,
      DeleteMarkerReplication: { Status: "Disabled" },
      Filter: { Prefix: "Tax" },
      Destination: { Bucket: `arn:aws:s3:::${Bucket}` },
    };
    const rules = (...Rules: object[]): object => ({ ReplicationConfiguration: { Role, Rules } });
    await s.is("expected_error_versioning_not_enabled", "PutBucketReplication", rules(rule));
    await s.do("PutBucketVersioning", ENABLED);
    await s.is("put-bucket-replication", "PutBucketReplication", rules(rule));
    s.matches("get-bucket-replication", configured(await s.do("GetBucketReplication")));
    await s.is("put-empty-bucket-replication-rules", "PutBucketReplication", rules());
    await s.is("delete-bucket-replication", "DeleteBucketReplication");
    await s.is("delete-bucket-replication-idempotent", "DeleteBucketReplication");
  },
  async "TestS3BucketReplication::test_replication_config_without_filter"(s) {
    const Role = await replicating(s);
    const Bucket = "recorded-replica";
    await s.do("CreateBucket", { Bucket, ...elsewhere("us-west-2") });
    await s.do("PutBucketVersioning", ENABLED);
    const to = (name: string): object => {
      const Destination = {
        Bucket: `arn:aws:s3:::${name}`,
        StorageClass: "STANDARD",
        ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
        Metrics: { Status: "Enabled", EventThreshold: { Minutes: 15 } },
      };
      const rest = { ID: "rtc", Priority: 0, Filter: {}, Status: "Disabled" };
      const Rules = [{ ...rest, Destination, DeleteMarkerReplication: { Status: "Disabled" } }];
      return { ReplicationConfiguration: { Role, Rules } };
    };
    // The name that was to be nobody's was somebody's.
    const stranger = { credentials: { accessKeyId: "444455556666", secretAccessKey: "x" } };
    await s.do("CreateBucket", { Bucket: "does-not-exist" }, stranger);
    await s.is("expected_error_dest_does_not_exist", "PutBucketReplication", to("does-not-exist"));
    await s.is("expected_error_dest_versioning_disabled", "PutBucketReplication", to(Bucket));
    await s.do("PutBucketVersioning", { Bucket, ...ENABLED }, { region: "us-west-2" });
    await s.is("put-bucket-replication", "PutBucketReplication", to(Bucket));
    s.matches("get-bucket-replication", configured(await s.do("GetBucketReplication")));
  },
  async "TestS3BucketLogging::test_put_bucket_logging_accept_wrong_grants"(s) {
    const TargetBucket = "recorded-logs";
    await s.do("CreateBucket", { Bucket: TargetBucket });
    const Grantee = { URI: "http://acs.amazonaws.com/groups/s3/LogDelivery", Type: "Group" };
    const TargetGrants = ["WRITE", "READ_ACP"].map((Permission) => ({ Grantee, Permission }));
    const LoggingEnabled = { TargetBucket, TargetPrefix: "log", TargetGrants };
    await s.is("put-bucket-logging", "PutBucketLogging", { BucketLoggingStatus: { LoggingEnabled } });
    await s.is("get-bucket-logging", "GetBucketLogging");
  },
  async "TestS3BucketLifecycle::test_s3_transition_default_minimum_object_size"(s) {
    const rule = { Expiration: { Days: 7 }, ID: "wholebucket", Filter: { Prefix: "" }, Status: "Enabled" };
    const put = (label: string, more: object = {}): Promise<unknown> =>
      s.is(label, "PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules: [rule] }, ...more });
    const get = (label: string): Promise<unknown> => s.is(label, "GetBucketLifecycleConfiguration");
    await put("varies-by-storage", { TransitionDefaultMinimumObjectSize: "varies_by_storage_class" });
    await get("get-varies-by-storage");
    await s.do("DeleteBucketLifecycle");
    await put("default");
    await get("get-default");
    await put("all-storage", { TransitionDefaultMinimumObjectSize: "all_storage_classes_128K" });
    await get("get-all-storage");
    await put("bad-value", { TransitionDefaultMinimumObjectSize: "value" });
  },
  async "TestS3::test_put_and_get_object_with_content_language_disposition"(s) {
    const headers = {
      ContentLanguage: "de",
      ContentDisposition: 'attachment; filename="foo.jpg"',
      CacheControl: "no-cache",
    };
    await s.is("put-object", "PutObject", { Key: "test", Body: "abc123", ...headers });
    headersAre(s, "put-object-headers", s.lastHeaders(), "HTTPHeaders");
    await s.is("get-object", "GetObject", { Key: "test" });
    headersAre(s, "get-object-headers", s.lastHeaders(), "HTTPHeaders");
  },
});

recorded(import.meta.url, "list-operations", {
  async "TestS3ListObjectsV2::test_list_objects_v2_continuation_token_safe_chars"(s) {
    const months = ["01", "02", "03", "05"].map((month) => `date=2026-${month}-01/`);
    const odd = ["a/%F0%9F%98%80/", "test%123", "test%percent", "file%2Fname", "test@key/", "test%123/", "test key/"];
    for (const Key of [...odd, "test key//", ...months]) await s.do("PutObject", { Key });
    const list = (label: string, input: object) => s.is(label, "ListObjectsV2", input);
    const first = await list("list-objects-v2-max-5", { MaxKeys: 5 });
    await list("list-objects-v2-rest", { ContinuationToken: first["NextContinuationToken"] });
    const after = { MaxKeys: 2, StartAfter: "date=2026-02-01/" };
    await s.is("list-objects-start-after", "ListObjectsV2", after, { plain: true });
    await list("list-objects-start-after-url-type", { ...after, EncodingType: "url" });
    const page = await list("list-objects-start-after-encoded", { MaxKeys: 2, StartAfter: "date%3D2026-02-01/" });
    const ContinuationToken = page["NextContinuationToken"];
    await list("list-objects-start-after-token", { MaxKeys: 2, ContinuationToken });
    await list("list-objects-continuation-token-2", { MaxKeys: 2, ContinuationToken });
  },
});
