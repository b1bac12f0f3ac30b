// Uploads by signed forms and what their policies refuse, as they were recorded from AWS (see ../NOTICE).

import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { expect } from "vitest";
import { post, postedIs, signedFields, type Drawn, type Posting } from "./forms.ts";
import { dictionaryOf } from "../../protocols/xml-dictionary.ts";
import { recorded, type Driver, type Session } from "./session.ts";
import type { Version } from "./presigned.ts";

const POST = "TestS3PresignedPost::test_post_";
/** All that a header may hold, as it was sent. */
const ASCII = "! \"#$%&'()*+,-./0123456789:;<>'?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\t";
const TAG_BODY = "test-body-tagging";

const without = (fields: Record<string, string>, ...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const signatureOf = (version: Version): string => (version === "s3" ? "signature" : "x-amz-signature");

async function uploads(s: Session, drawn: Drawn, posting: Posting = {}, status = 204): Promise<void> {
  const answer = await post(s, signedFields(s, drawn), posting);
  expect([answer.status, answer.body]).toEqual([status, ""]);
}

const versions = (name: string, driver: (version: Version) => Driver): Record<string, Driver> => ({
  [`${POST}${name}[s3]`]: driver("s3"),
  [`${POST}${name}[s3v4]`]: driver("s3v4"),
});

/** The object's tags after a form said them; one that is no XML is refused. */
const tagged =
  (tagging: string): Driver =>
  async (s) => {
    const drawn = {
      key: "test-presigned-post-key-tagging",
      fields: { tagging },
      conditions: [["eq", "$tagging", tagging]],
    };
    await uploads(s, drawn, { file: TAG_BODY });
    await s.is("get-tagging", "GetObjectTagging", { Key: drawn.key });
  };
const tag = (name: string, value: string): string => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`;
const tags = (...all: string[]): string => `<Tagging><TagSet>${all.join("")}</TagSet></Tagging>`;

const key = "validate-policy";
const redirect = "http://localhost.test/random";
/** A form that would go on to another page, under one condition on that. */
const redirecting = (condition: unknown, target = redirect): Drawn => ({
  key,
  fields: { success_action_redirect: target },
  conditions: [condition],
});

recorded(import.meta.url, "general", {
  async [`${POST}request_expires`](s) {
    const fields = signedFields(s, { key: "test-presigned-post-key", expires: 2 });
    await s.cloud.clock.advance("3 seconds");
    await postedIs(s, "exception", fields, { file: "file content" });
  },
  ...versions("request_malformed_policy", (version) => async (s) => {
    const { policy = "", ...fields } = signedFields(s, { key: "test-presigned-malformed-policy", version });
    await postedIs(s, "exception-policy", { ...fields, policy: policy.slice(0, -2) });
  }),
  ...versions("request_missing_signature", (version) => async (s) => {
    const fields = signedFields(s, { key: "test-presigned-missing-signature", version });
    await postedIs(s, "exception-missing-signature", without(fields, signatureOf(version)));
  }),
  ...versions("request_missing_fields", (version) => async (s) => {
    const {
      key: name = "",
      policy = "",
      ...others
    } = signedFields(s, { key: "test-presigned-missing-fields", version });
    const dropped = version === "s3" ? ["AWSAccessKeyId"] : ["x-amz-algorithm", "x-amz-credential"];
    await postedIs(s, "exception-missing-fields", { key: name, policy, ...without(others, ...dropped) });
    await postedIs(s, "exception-no-sig-related-fields", { key: name, policy });
  }),
  [`${POST}object_with_tags[single]`]: tagged(tags(tag("TagName", "TagValue"))),
  [`${POST}object_with_tags[list]`]: tagged(tags(tag("TagName", "TagValue"), tag("TagName2", "TagValue2"))),
  [`${POST}object_with_tags[invalid]`]: tagged("<InvalidXmlTagging></InvalidXmlTagging>"),
  async [`${POST}object_with_tags[notxml]`](s) {
    const drawn = {
      key: "test-presigned-post-key-tagging",
      fields: { tagging: "not-xml" },
      conditions: [["eq", "$tagging", "not-xml"]],
    };
    await postedIs(s, "tagging-error", signedFields(s, drawn), { file: TAG_BODY });
  },
  async [`${POST}object_with_metadata`](s) {
    const fields = {
      "x-amz-meta-test-1": "test-meta-1",
      "x-amz-meta-TEST-2": "test-meta-2",
      "Content-Type": "text/plain",
      Expires: new Date(s.cloud.clock.now() + 600_000).toUTCString(),
    };
    const conditions = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
    await uploads(s, { key: "test-metadata", fields, conditions }, { file: TAG_BODY });
    await s.is("head-object", "HeadObject", { Key: "test-metadata" });
  },
  async [`${POST}object_with_storage_class`](s) {
    const of = (name: string): Drawn => ({
      key: "test-storage-class",
      fields: { "x-amz-storage-class": name },
      conditions: [["eq", "$x-amz-storage-class", name]],
    });
    await uploads(s, of("STANDARD_IA"), { file: "test-body-storage-class" });
    await s.is("head-object", "HeadObject", { Key: "test-storage-class" });
    await postedIs(s, "invalid-storage-error", signedFields(s, of("FakeClass")), { file: "test-body-storage-class" });
  },
  async [`${POST}object_with_wrong_content_type`](s) {
    const fields = signedFields(s, { key: "test-wrong-type" });
    await postedIs(s, "invalid-content-type-error", fields, { type: "text/html; charset=UTF-8" });
  },
  async [`${POST}object_with_file_as_string`](s) {
    const named = { key: "test-presigned-post-file-as-field" };
    const fields = { ...signedFields(s, named), file: "test-body-file-as-field" };
    expect((await post(s, fields, { inField: true })).status).toBe(204);
    await s.is("head-object", "HeadObject", { Key: named.key });
    const unnamed = signedFields(s, { key: "file-as-field-${filename}" });
    const file = "test-body-file-as-field-filename-replacement";
    expect((await post(s, { ...unnamed, file }, { inField: true })).status).toBe(204);
    await s.is("list-objects", "ListObjectsV2");
  },
  async [`${POST}object_policy_validation_size`](s) {
    const limited = (least: unknown): Drawn => ({ key, conditions: [["content-length-range", least, 10]] });
    const fields = signedFields(s, limited(5));
    await postedIs(s, "invalid-content-length-too-big", fields, { file: "a".repeat(12) });
    await postedIs(s, "invalid-content-length-too-small", fields, { file: "a" });
    await uploads(s, limited(5), { file: "a".repeat(10) });
    await s.is("final-object", "GetObject", { Key: key });
    await postedIs(s, "invalid-content-length-wrong-type", signedFields(s, limited("test")), { file: "a".repeat(10) });
  },
  async [`${POST}object_policy_conditions_validation_eq`](s) {
    const eq = (name: string, value = redirect): unknown[] => ["eq", name, value];
    const to = "$success_action_redirect";
    const changed = { ...signedFields(s, redirecting(eq(to))), success_action_redirect: "http://wrong.location/test" };
    await postedIs(s, "invalid-condition-eq", changed);
    await postedIs(s, "invalid-condition-missing-prefix", signedFields(s, redirecting(eq("success_action_redirect"))));
    const both = { bucket: "recorded-bucket", success_action_redirect: redirect };
    await postedIs(s, "invalid-condition-wrong-condition", signedFields(s, redirecting(both)));
    const cased = signedFields(s, redirecting(eq(to, redirect.replace("http", "HTTP"))));
    await postedIs(s, "invalid-condition-wrong-value-casing", cased);
    const expires = new Date(s.cloud.clock.now() + 600_000).toUTCString();
    const fields = {
      "x-amz-meta-test-1": "test-meta-1",
      "x-amz-meta-TEST-2": "test-meta-2",
      "Content-Type": "text/plain",
      Expires: expires,
    };
    const each = Object.entries(fields);
    const named = each.map(([name, value]) => eq(name === "Expires" ? "$Expires" : `$${name.toLowerCase()}`, value));
    await uploads(s, { key, fields, conditions: named });
    await s.is("head-object-metadata", "HeadObject", { Key: key });
    await uploads(s, redirecting(eq("$success_Action_REDIRECT")), {}, 303);
    await s.is("final-object", "GetObject", { Key: key });
    const simple = each.map(([name, value]) => ({ [name.startsWith("x-amz") ? name.toLowerCase() : name]: value }));
    await uploads(s, { key, fields, conditions: simple });
  },
  async [`${POST}object_policy_conditions_validation_starts_with`](s) {
    const starts = ["starts-with", "$success_action_redirect", "http://localhost"];
    const fields = signedFields(s, redirecting(starts));
    const wrong = (success_action_redirect: string): Record<string, string> => ({ ...fields, success_action_redirect });
    await postedIs(s, "invalid-condition-starts-with", wrong("http://wrong.location/test"));
    await postedIs(s, "invalid-condition-starts-with-casing", wrong(redirect.replace("http", "HTTP")));
    await uploads(s, redirecting(starts), {}, 303);
    await s.is("get-object-1", "GetObject", { Key: key });
    const any = ["starts-with", "$success_action_redirect", ""];
    await uploads(s, redirecting(any), { file: "manual value to change ETag" }, 303);
    await s.is("get-object-2", "GetObject", { Key: key });
  },
  async [`${POST}object_default_checksum`](s) {
    await uploads(s, { key: "test-default-checksum" }, { file: TAG_BODY });
    await s.is("head-object", "HeadObject", { Key: "test-default-checksum", ChecksumMode: "ENABLED" });
  },
  async ["TestS3PresignedPost::test_presigned_post_with_different_user_credentials"](s) {
    const iam = new IAMClient(s.cloud.clientConfig());
    const UserName = "poster";
    await iam.send(new CreateUserCommand({ UserName }));
    const Statement = [{ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "posts", PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
    await uploads(s, { key: "test-user", keys: { accessKeyId, secretAccessKey } });
    await s.is("get-obj", "GetObject", { Key: "test-user" });
  },
  async [`${POST}object_with_unicode_metadata`](s) {
    const Key = "test_unicode—_file.pdf";
    const fields = {
      success_action_status: "201",
      "x-amz-meta-nonascii": "ÄMÄZÕÑ S3",
      "x-amz-meta-nonascii-2": "test_—_file%E2%80%94_é_2👑.pdf",
      "x-amz-meta-b-encoded": "=?UTF-8?B?YWJj?=",
      "x-amz-meta-q-encoded": "=?UTF-8?Q?actually-ascii?=",
      "x-amz-meta-utf-8": "\u0000\u0001\u0002\u0003\u0004",
      "x-amz-meta-safe-chars": ASCII,
      "Cache-Control": "non-ascii-%E2%80%94_—_é_",
      "Content-Disposition": 'filename="test_—_file%E2%80%94_é_2-.pdf"',
    };
    const conditions = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
    const answer = await post(s, signedFields(s, { key: Key, fields, conditions }), { file: TAG_BODY });
    s.matches("post-object", { LocationHeader: answer.headers["location"], ...dictionaryOf(answer.body) });
    await s.is("head-object", "HeadObject", { Key });
  },
});
