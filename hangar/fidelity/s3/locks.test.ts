// Object lock: retention and legal holds, as they were recorded from AWS (see ../NOTICE).

import { recorded, type Answer, type Session } from "./session.ts";

const RETENTION = "TestS3ObjectLockRetention::test";
const HOLD = "TestS3ObjectLockLegalHold::test";
const Bucket = "locked";
const far = new Date("2030-01-01T00:00:00Z");
const until = (RetainUntilDate: Date, Mode = "GOVERNANCE"): object => ({ Retention: { Mode, RetainUntilDate } });
const inMinutes = (s: Session, minutes: number): Date => new Date(s.cloud.clock.now() + minutes * 60_000);
const hold = (Status: string): object => ({ LegalHold: { Status } });
const made = (s: Session): Promise<Answer> => s.do("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });

recorded(import.meta.url, "general", {
  async [`${RETENTION}_s3_object_retention`](s) {
    await made(s);
    const at = { Bucket, Key: "test-retention-locked-object" };
    const put = "PutObjectRetention";
    const first = await s.is("put-obj-locked-1", "PutObject", { ...at, Body: "test" });
    await s.is("put-object-retention-on-key-1", put, { ...at, ...until(far) });
    await s.is("get-object-retention-on-key-1", "GetObjectRetention", at);
    await s.is("head-object-locked", "HeadObject", at);
    const version = { ...at, VersionId: first.VersionId };
    await s.is("delete-obj-locked", "DeleteObject", version);
    await s.is("delete-obj-locked-bypass", "DeleteObject", { ...version, BypassGovernanceRetention: true });
    const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: far };
    await s.is("put-obj-locked-2", "PutObject", { ...at, Body: "test", ...lock });
    await s.is("update-retention-locked-object", put, { ...at, ...until(inMinutes(s, 1)) });
    await s.is("put-object-empty-retention", put, { ...at, Retention: {}, BypassGovernanceRetention: true });
    await s.is("update-retention-object", put, { ...at, ...until(inMinutes(s, 1)) });
  },
  async [`${RETENTION}_s3_object_retention_compliance_mode`](s) {
    await made(s);
    const at = { Bucket, Key: "test-compliance" };
    const put = "PutObjectRetention";
    const { VersionId } = await s.is("put-obj-locked-1", "PutObject", { ...at, Body: "test" });
    await s.is("add-compliance-retention", put, { ...at, VersionId, ...until(inMinutes(s, 10), "COMPLIANCE") });
    await s.is("delete-locked-1", "DeleteObject", { ...at, VersionId });
    await s.is("put-delete-marker", "DeleteObject", at);
    await s.is("delete-locked-2", "DeleteObject", { ...at, VersionId, BypassGovernanceRetention: true });
    const bypass = { ...at, VersionId, BypassGovernanceRetention: true };
    await s.is("update-retention-shortened", put, { ...bypass, ...until(inMinutes(s, 5), "COMPLIANCE") });
    await s.is("update-retention-less-restrictive", put, { ...bypass, ...until(inMinutes(s, 10)) });
    await s.cloud.clock.advance("11 minutes");
    await s.is("delete-obj-after-lock-expiration", "DeleteObject", { ...at, VersionId });
  },
  async [`${RETENTION}_s3_object_lock_mode_validation`](s) {
    await made(s);
    const at = { Bucket, Key: "test-lock-mode", Body: "test" };
    await s.is("put-obj-locked-error-no-retain-date", "PutObject", { ...at, ObjectLockMode: "GOVERNANCE" });
    await s.is("put-obj-locked-error-no-mode", "PutObject", { ...at, ObjectLockRetainUntilDate: far });
    const bad = { ObjectLockMode: "BAD-VALUE", ObjectLockRetainUntilDate: far };
    await s.is("put-obj-locked-bad-value", "PutObject", { ...at, ...bad });
    await s.is("create-mpu-locked-bad-value", "CreateMultipartUpload", { Bucket, Key: "test", ...bad });
  },
  async [`${RETENTION}_s3_copy_object_retention_lock`](s) {
    await made(s);
    const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inMinutes(s, 10) };
    const source = { Bucket, Key: "source-object" };
    await s.is("put-source-object", "PutObject", { ...source, Body: '{"key": "value"}', ...lock });
    await s.is("head-source-object", "HeadObject", source);
    await s.is("copy-lock", "CopyObject", { Bucket, CopySource: `${Bucket}/source-object`, Key: "dest-key" });
    await s.is("head-dest-key", "HeadObject", { Bucket, Key: "dest-key" });
  },
  async [`${RETENTION}_bucket_config_default_retention`](s) {
    await made(s);
    const at = { Bucket, Key: "default-object" };
    const Rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule };
    await s.is("put-lock-config", "PutObjectLockConfiguration", { Bucket, ObjectLockConfiguration });
    await s.is("put-object-default", "PutObject", { ...at, Body: "test-default-lock" });
    await s.is("head-object-default", "HeadObject", at);
    const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inMinutes(s, 10) };
    await s.is("put-object-with-lock", "PutObject", { ...at, Body: "test-put-object-lock", ...lock });
    await s.is("head-object-with-lock", "HeadObject", at);
    const half = { ...at, Body: "test-put-object-lock", ObjectLockMode: "GOVERNANCE" };
    await s.is("put-object-with-lock-no-date", "PutObject", half);
  },
  async [`${RETENTION}_object_lock_delete_markers`](s) {
    await made(s);
    const at = { Bucket, Key: "default-object" };
    const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inMinutes(s, 10) };
    await s.is("put-object-with-lock", "PutObject", { ...at, Body: "test-put-object-lock", ...lock });
    await s.is("head-object-with-lock", "HeadObject", at);
    const { VersionId } = await s.is("put-delete-marker", "DeleteObject", at);
    const marker = { ...at, VersionId };
    await s.is("put-object-retention-delete-marker", "PutObjectRetention", { ...marker, ...until(far) });
    await s.is("get-object-retention-delete-marker", "GetObjectRetention", marker);
    await s.is("head-object-locked-delete-marker", "HeadObject", marker);
  },
  async [`${RETENTION}_object_lock_extend_duration`](s) {
    await made(s);
    const at = { Bucket, Key: "default-object" };
    const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inMinutes(s, 10) };
    const put = await s.is("put-object-with-lock", "PutObject", { ...at, Body: "test-put-object-lock", ...lock });
    await s.is("head-object-with-lock", "HeadObject", at);
    const version = { ...at, VersionId: put.VersionId };
    const longer = { ...version, ...until(inMinutes(s, 20)) };
    await s.is("put-object-retention-extend", "PutObjectRetention", longer);
    await s.is("head-object-with-lock-extended", "HeadObject", at);
    const shorter = { ...version, ...until(inMinutes(s, 10)) };
    await s.is("put-object-retention-reduce", "PutObjectRetention", shorter);
  },
  async [`${HOLD}_put_get_object_legal_hold`](s) {
    await made(s);
    const at = { Bucket, Key: "locked-object" };
    const { VersionId } = await s.is("put-obj", "PutObject", { ...at, Body: "test" });
    const version = { ...at, VersionId };
    await s.is("get-legal-hold-unset", "GetObjectLegalHold", version);
    await s.is("put-object-legal-hold", "PutObjectLegalHold", { ...version, ...hold("ON") });
    await s.is("head-object-with-legal-hold", "HeadObject", at);
    await s.is("get-legal-hold-set", "GetObjectLegalHold", version);
    await s.is("put-object-legal-hold-off", "PutObjectLegalHold", { ...version, ...hold("OFF") });
  },
  async [`${HOLD}_put_object_with_legal_hold`](s) {
    await made(s);
    const at = { Bucket, Key: "locked-object" };
    const input = { ...at, Body: "test", ObjectLockLegalHoldStatus: "ON" };
    const { VersionId } = await s.is("put-obj", "PutObject", input);
    await s.is("head-object-with-legal-hold", "HeadObject", at);
    await s.is("put-object-legal-hold-off", "PutObjectLegalHold", { ...at, VersionId, ...hold("OFF") });
  },
  async [`${RETENTION}_s3_object_retention_exc`](s) {
    await made(s);
    const put = "PutObjectRetention";
    const nowhere = { Bucket: "nowhere-1", Key: "fake-key", Retention: {} };
    await s.is("put-object-retention-no-bucket", put, nowhere);
    await s.is("put-object-retention-no-key", put, { Bucket, Key: "non-existing-key", Retention: {} });
    const at = { Bucket, Key: "test-retention" };
    await s.do("PutObject", { ...at, Body: "test" });
    await s.is("get-object-retention-never-set", "GetObjectRetention", at);
    await s.is("put-object-missing-retention-fields", put, { ...at, Retention: { Mode: "GOVERNANCE" } });
    await s.do(put, { ...at, ...until(far) });
    await s.is("update-retention-no-bypass", put, { ...at, ...until(inMinutes(s, 10)) });
    const past = { ...until(new Date("2020-01-01T00:00:00Z")), BypassGovernanceRetention: true };
    await s.is("update-retention-past-date", put, { ...at, ...past });
    await s.is("update-retention-bad-value", put, { ...at, ...until(far, "BAD-VALUE") });
    const regular = { Key: "test-regular" };
    await s.do("PutObject", { ...regular, Body: "test" });
    await s.is("put-object-retention-regular-bucket", put, { ...regular, ...until(far) });
    await s.is("get-object-retention-regular-bucket", "GetObjectRetention", regular);
  },
  async [`${HOLD}_put_object_legal_hold_exc`](s) {
    await made(s);
    const put = "PutObjectLegalHold";
    const Key = "test-legal-hold";
    await s.is("put-object-legal-hold-no-bucket", put, { Bucket: "nowhere-1", Key: "fake-key", ...hold("ON") });
    await s.is("put-object-legal-hold-no-key", put, { Bucket, Key: "non-existing-key", ...hold("ON") });
    await s.do("PutObject", { Key, Body: "test" });
    await s.is("put-object-retention-regular-bucket", put, { Key, ...hold("ON") });
    await s.is("put-object-retention-empty", put, { Key });
    await s.is("get-object-retention-regular-bucket", "GetObjectLegalHold", { Key });
  },
  async [`${HOLD}_delete_locked_object`](s) {
    await made(s);
    const at = { Bucket, Key: "test-delete-locked" };
    const { VersionId } = await s.is("put-obj", "PutObject", { ...at, Body: "test" });
    const version = { ...at, VersionId };
    await s.is("put-object-legal-hold", "PutObjectLegalHold", { ...version, ...hold("ON") });
    await s.is("delete-object-locked", "DeleteObject", version);
    const Delete = { Objects: [{ Key: at.Key, VersionId }] };
    await s.is("delete-objects-locked", "DeleteObjects", { Bucket, Delete });
    await s.is("put-object-legal-hold-off", "PutObjectLegalHold", { ...version, ...hold("OFF") });
  },
  async [`${HOLD}_s3_legal_hold_lock_versioned`](s) {
    await made(s);
    const at = { Bucket, Key: "locked-object" };
    const one = await s.is("put-object", "PutObject", { ...at, Body: "test" });
    const first = { ...at, VersionId: one.VersionId };
    await s.is("put-object-legal-hold-ver1", "PutObjectLegalHold", { ...first, ...hold("ON") });
    await s.is("head-object-ver1", "HeadObject", first);
    const two = await s.is("put-object-2", "PutObject", { ...at, Body: "test" });
    const second = { ...at, VersionId: two.VersionId };
    await s.is("put-object-legal-hold-ver2", "PutObjectLegalHold", { ...second, ...hold("ON") });
    await s.is("head-object-ver2", "HeadObject", second);
    await s.is("remove-object-legal-hold-ver1", "PutObjectLegalHold", { ...first, ...hold("OFF") });
    await s.is("head-object-ver1-no-lock", "HeadObject", first);
    await s.is("delete-object-ver1", "DeleteObject", first);
  },
  async [`${HOLD}_s3_copy_object_legal_hold`](s) {
    await made(s);
    const source = { Bucket, Key: "source-object" };
    const input = { ...source, Body: '{"key": "value"}', ObjectLockLegalHoldStatus: "ON" };
    await s.is("put-object", "PutObject", input);
    await s.is("head-object", "HeadObject", source);
    await s.is("copy-legal-hold", "CopyObject", { Bucket, CopySource: `${Bucket}/source-object`, Key: "dest-key" });
    await s.is("head-dest-key", "HeadObject", { Bucket, Key: "dest-key" });
  },
});
