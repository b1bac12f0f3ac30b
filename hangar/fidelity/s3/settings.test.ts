// Settings of buckets, as they were recorded from AWS (see ../NOTICE).

import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { BUCKET, recorded, type Session } from "./session.ts";

const ENCRYPTION = "TestS3BucketEncryption::test_s3";
const encrypted = (...Rules: object[]): object => ({ ServerSideEncryptionConfiguration: { Rules } });
const by = (ApplyServerSideEncryptionByDefault: object, BucketKeyEnabled?: boolean): object => ({
  ApplyServerSideEncryptionByDefault,
  ...(BucketKeyEnabled !== undefined && { BucketKeyEnabled }),
});
const lock = (Rule?: object, ObjectLockEnabled = "Enabled"): object => ({
  ObjectLockConfiguration: { ObjectLockEnabled, ...(Rule !== undefined && { Rule }) },
});
const owned = (...kinds: string[]): object => ({
  OwnershipControls: { Rules: kinds.map((ObjectOwnership) => ({ ObjectOwnership })) },
});
const METRICS = "TestS3MetricsConfiguration::test";
const metrics = (Id: string, Prefix = "logs/"): object => ({ Id, MetricsConfiguration: { Id, Filter: { Prefix } } });
const Accelerate = (Status: string): object => ({ AccelerateConfiguration: { Status } });

async function opened(s: Session): Promise<void> {
  await s.do("DeleteBucketOwnershipControls");
  await s.do("DeletePublicAccessBlock");
}

async function notified(s: Session, rule: object): Promise<object> {
  const sqs = new SQSClient(s.cloud.clientConfig());
  await sqs.send(new CreateQueueCommand({ QueueName: "notified" }));
  const QueueArn = "arn:aws:sqs:us-east-1:000000000000:notified";
  const configuration = { QueueArn, Events: ["s3:ObjectCreated:*"], Filter: { Key: { FilterRules: [rule] } } };
  return { NotificationConfiguration: { QueueConfigurations: [configuration] } };
}

recorded(import.meta.url, "api", {
  async [`${ENCRYPTION}_default_bucket_encryption_exc`](s) {
    const Bucket = "fakebucket-1-2";
    await s.is("get-bucket-enc-no-bucket", "GetBucketEncryption", { Bucket });
    await s.is("delete-bucket-enc-no-bucket", "DeleteBucketEncryption", { Bucket });
    await s.is("put-bucket-enc-no-bucket", "PutBucketEncryption", { Bucket, ...encrypted() });
    await s.is("put-bucket-encryption-no-rules", "PutBucketEncryption", encrypted());
    const two = encrypted(by({ SSEAlgorithm: "aws:kms" }, true), by({ SSEAlgorithm: "AES256" }));
    await s.is("put-bucket-encryption-two-rules", "PutBucketEncryption", two);
    const mixed = encrypted(by({ SSEAlgorithm: "AES256", KMSMasterKeyID: "randomkeyid" }));
    await s.is("put-bucket-encryption-kms-with-aes", "PutBucketEncryption", mixed);
  },
  async [`${ENCRYPTION}_bucket_encryption_sse_s3`](s) {
    const at = { Key: "key-encrypted" };
    await s.is("put-bucket-enc", "PutBucketEncryption", encrypted(by({ SSEAlgorithm: "AES256" }, true)));
    await s.is("put-object-encrypted", "PutObject", { ...at, Body: "test-encrypted" });
    await s.is("head-object-encrypted", "HeadObject", at);
    await s.is("get-object-encrypted", "GetObject", at);
  },
  async "TestS3ObjectLock::test_put_object_lock_configuration_on_existing_bucket"(s) {
    const versioning = (Status: string): object => ({ VersioningConfiguration: { Status } });
    const put = "PutObjectLockConfiguration";
    await s.is("get-object-lock-existing-bucket-no-config", "GetObjectLockConfiguration");
    await s.is("put-object-lock-existing-bucket-no-versioning", put, lock());
    await s.is("suspended-versioning", "PutBucketVersioning", versioning("Suspended"));
    await s.is("put-object-lock-existing-bucket-versioning-disabled", put, lock());
    await s.is("enabled-versioning", "PutBucketVersioning", versioning("Enabled"));
    await s.is("put-object-lock-existing-bucket-enabled", put, lock());
    await s.is("get-object-lock-existing-bucket-enabled", "GetObjectLockConfiguration");
  },
  async "TestS3ObjectLock::test_get_put_object_lock_configuration"(s) {
    const Bucket = "locked";
    await s.do("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });
    const put = "PutObjectLockConfiguration";
    await s.is("get-lock-config-start", "GetObjectLockConfiguration", { Bucket });
    const rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } };
    await s.is("put-lock-config", put, { Bucket, ...lock(rule) });
    await s.is("get-lock-config", "GetObjectLockConfiguration", { Bucket });
    await s.is("put-lock-config-enabled", put, { Bucket, ...lock() });
    await s.is("get-lock-config-only-enabled", "GetObjectLockConfiguration", { Bucket });
  },
  async "TestS3ObjectLock::test_put_object_lock_configuration_exc"(s) {
    const Bucket = "locked";
    await s.do("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });
    const put = (label: string, ObjectLockConfiguration: object): Promise<object> =>
      s.is(label, "PutObjectLockConfiguration", { Bucket, ObjectLockConfiguration });
    const ObjectLockEnabled = "Enabled";
    const retention = (DefaultRetention: object): object => ({ ObjectLockEnabled, Rule: { DefaultRetention } });
    const Mode = "GOVERNANCE";
    await put("put-lock-config-no-enabled", { Rule: { DefaultRetention: { Mode, Days: 1 } } });
    await put("put-lock-config-empty", {});
    await put("put-lock-config-empty-rule", { ObjectLockEnabled, Rule: {} });
    await put("put-lock-config-empty-retention", retention({}));
    await put("put-lock-config-no-days", retention({ Mode }));
    await put("put-lock-config-bad-mode", retention({ Mode: "BAD-VALUE", Days: 1 }));
    await put("put-lock-config-both-days-years", retention({ Mode, Days: 1, Years: 1 }));
  },
  async "TestS3ObjectLock::test_get_object_lock_configuration_exc"(s) {
    await s.is("get-lock-config-no-enabled", "GetObjectLockConfiguration");
    const Bucket = "fake-bucket-ls-1";
    await s.is("get-lock-config-bucket-not-exists", "GetObjectLockConfiguration", { Bucket });
  },
  async "TestS3ObjectLock::test_disable_versioning_on_locked_bucket"(s) {
    const Bucket = "locked";
    await s.do("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });
    const put = (label: string, Status: string): Promise<object> =>
      s.is(label, "PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } });
    await put("disable-versioning-on-locked-bucket", "Suspended");
    await put("enable-versioning-again-on-locked-bucket", "Enabled");
  },
  async "TestS3ObjectLock::test_delete_object_with_no_locking"(s) {
    const Key = "test-delete-no-lock";
    await s.do("PutObject", { Key, Body: "test" });
    const bypass = { BypassGovernanceRetention: true };
    await s.is("delete-object-bypass-no-lock", "DeleteObject", { Key, ...bypass });
    const not = { Key, BypassGovernanceRetention: false };
    await s.is("delete-object-bypass-no-lock-false", "DeleteObject", not);
    await s.is("delete-objects-bypass-no-lock", "DeleteObjects", { Delete: { Objects: [{ Key }] }, ...bypass });
  },
  async "TestS3BucketOwnershipControls::test_crud_bucket_ownership_controls"(s) {
    await s.is("default-ownership", "GetBucketOwnershipControls");
    await s.is("put-ownership", "PutBucketOwnershipControls", owned("ObjectWriter"));
    await s.is("get-ownership", "GetBucketOwnershipControls");
    await s.is("delete-ownership", "DeleteBucketOwnershipControls");
    await s.is("get-ownership-after-delete", "GetBucketOwnershipControls");
    await s.is("delete-ownership-after-delete", "DeleteBucketOwnershipControls");
    const Bucket = "owned";
    await s.do("CreateBucket", { Bucket, ObjectOwnership: "BucketOwnerPreferred" });
    await s.is("get-ownership-at-creation", "GetBucketOwnershipControls", { Bucket });
  },
  async "TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc"(s) {
    const put = "PutBucketOwnershipControls";
    await s.is("default-ownership", "GetBucketOwnershipControls");
    await s.is("put-ownership-multiple-rules", put, owned("BucketOwnerPreferred", "ObjectWriter"));
    await s.is("put-ownership-wrong-value", put, owned("RandomValue"));
    await s.is("put-ownership-empty-rule", put, owned());
    const Bucket = "owned";
    await s.is("ownership-wrong-value-at-creation", "CreateBucket", { Bucket, ObjectOwnership: "RandomValue" });
    await s.is("ownership-non-value-at-creation", "CreateBucket", { Bucket, ObjectOwnership: "" });
  },
  async "TestS3PublicAccessBlock::test_crud_public_access_block"(s) {
    await s.is("get-default-public-access-block", "GetPublicAccessBlock");
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
    };
    await s.is("put-public-access-block", "PutPublicAccessBlock", { PublicAccessBlockConfiguration });
    await s.is("get-public-access-block", "GetPublicAccessBlock");
    await s.is("delete-public-access-block", "DeletePublicAccessBlock");
    await s.is("get-public-access-block-after-delete", "GetPublicAccessBlock");
    await s.is("idempotent-delete-public-access-block", "DeletePublicAccessBlock");
  },
  async "TestS3BucketPolicy::test_bucket_policy_crud"(s) {
    await opened(s);
    await s.is("get-bucket-default-policy", "GetBucketPolicy");
    const Resource = `arn:aws:s3:::${BUCKET}/*`;
    const Statement = [{ Action: "s3:GetObject", Effect: "Allow", Resource, Principal: { AWS: "*" } }];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await s.is("put-bucket-policy", "PutBucketPolicy", { Policy });
    await s.is("get-bucket-policy", "GetBucketPolicy");
    await s.is("delete-bucket-policy", "DeleteBucketPolicy");
    await s.is("get-bucket-policy-after-delete", "GetBucketPolicy");
    await s.is("delete-bucket-policy-after-delete", "DeleteBucketPolicy");
  },
  async "TestS3BucketPolicy::test_bucket_policy_exc"(s) {
    await opened(s);
    await s.is("put-empty-bucket-policy", "PutBucketPolicy", { Policy: "" });
    await s.is("put-bucket-policy-randomstring", "PutBucketPolicy", { Policy: "invalid json" });
    await s.is("put-bucket-policy-empty-json", "PutBucketPolicy", { Policy: "{}" });
  },
  async "TestS3BucketAccelerateConfiguration::test_bucket_acceleration_configuration_crud"(s) {
    const put = "PutBucketAccelerateConfiguration";
    const get = "GetBucketAccelerateConfiguration";
    await s.is("get-bucket-default-accelerate-config", get);
    await s.is("put-bucket-accelerate-config-enabled", put, Accelerate("Enabled"));
    await s.is("get-bucket-accelerate-config-enabled", get);
    await s.is("put-bucket-accelerate-config-disabled", put, Accelerate("Suspended"));
    await s.is("get-bucket-accelerate-config-disabled", get);
  },
  async "TestS3BucketAccelerateConfiguration::test_bucket_acceleration_configuration_exc"(s) {
    const put = "PutBucketAccelerateConfiguration";
    await s.is("put-bucket-accelerate-config-lowercase", put, Accelerate("enabled"));
    await s.is("put-bucket-accelerate-config-random", put, Accelerate("random"));
    const Bucket = "test.bucket.1";
    await s.do("CreateBucket", { Bucket });
    await s.is("put-bucket-accelerate-config-dot-bucket", put, { Bucket, ...Accelerate("random") });
  },
  async [`${METRICS}_put_bucket_metrics_configuration`](s) {
    await s.is("put_bucket_metrics_configuration", "PutBucketMetricsConfiguration", metrics("one"));
    await s.is("get_bucket_metrics_configuration", "GetBucketMetricsConfiguration", { Id: "one" });
  },
  async [`${METRICS}_overwrite_bucket_metrics_configuration`](s) {
    const put = "PutBucketMetricsConfiguration";
    await s.do(put, metrics("one"));
    await s.is("overwrite_bucket_metrics_configuration", put, metrics("one", "logs/new-prefix"));
    await s.is("get_bucket_metrics_configuration", "GetBucketMetricsConfiguration", { Id: "one" });
  },
  async [`${METRICS}_list_bucket_metrics_configurations`](s) {
    for (const id of ["1-a", "2-b"]) await s.do("PutBucketMetricsConfiguration", metrics(id, "logs/prefix"));
    await s.is("list_bucket_metrics_configurations", "ListBucketMetricsConfigurations");
  },
  async [`${METRICS}_list_bucket_metrics_configurations_paginated`](s) {
    for (let at = 100; at < 202; at += 1) {
      await s.do("PutBucketMetricsConfiguration", metrics(`${at}-x`, "logs/prefix"));
    }
    const { NextContinuationToken } = await s.do("ListBucketMetricsConfigurations");
    const next = { ContinuationToken: NextContinuationToken };
    await s.is("list_bucket_metrics_configurations_page_2", "ListBucketMetricsConfigurations", next);
  },
  async [`${METRICS}_get_bucket_metrics_configuration`](s) {
    await s.do("PutBucketMetricsConfiguration", metrics("one"));
    await s.is("get_bucket_metrics_configuration", "GetBucketMetricsConfiguration", { Id: "one" });
  },
  async [`${METRICS}_get_bucket_metrics_configuration_not_exist`](s) {
    await s.is("get_bucket_metrics_configuration", "GetBucketMetricsConfiguration", { Id: "does-not-exist" });
  },
  async [`${METRICS}_delete_metrics_configuration`](s) {
    await s.do("PutBucketMetricsConfiguration", metrics("one"));
    await s.is("delete_bucket_metrics_configuration", "DeleteBucketMetricsConfiguration", { Id: "one" });
    await s.is("get_bucket_metrics_configuration", "GetBucketMetricsConfiguration", { Id: "one" });
  },
  async [`${METRICS}_delete_metrics_configuration_twice`](s) {
    await s.do("PutBucketMetricsConfiguration", metrics("one"));
    await s.is("delete_bucket_metrics_configuration_1", "DeleteBucketMetricsConfiguration", { Id: "one" });
    await s.is("delete_bucket_metrics_configuration_2", "DeleteBucketMetricsConfiguration", { Id: "one" });
  },
  async "TestS3BucketNotificationConfiguration::test_bucket_notification_with_missing_values_in_rule"(s) {
    const put = "PutBucketNotificationConfiguration";
    await s.is("invalid-rule-no-values", put, await notified(s, {}));
    await s.is("invalid-rule-no-value", put, await notified(s, { Name: "prefix" }));
    await s.is("invalid-rule-no-name", put, await notified(s, { Value: "test" }));
  },
  async "TestS3BucketNotificationConfiguration::test_bucket_notification_with_invalid_filter_rules"(s) {
    const input = await notified(s, { Name: "INVALID", Value: "does not matter" });
    await s.is("invalid_filter_name", "PutBucketNotificationConfiguration", input);
  },
});
