// Access points, public access blocks of accounts and tags by ARN, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { BUCKET, OTHER, THIRD, recorded } from "./session.ts";

const POINT = "TestS3ControlAccessPoint::test_access_point_";
const BLOCK = "TestS3ControlPublicAccessBlock::test_";
const TAGS = "TestS3ControlTagging::test_";
const ARN = { ResourceArn: `arn:aws:s3:::${BUCKET}` };

/** The recorded account had an access point before, whose name came last. */
const before = (s: Session): Promise<object> => s.ask("CreateAccessPoint", { Name: "zzofbefore", Bucket: OTHER });

recorded(import.meta.url, "s3control", {
  async [`${BLOCK}crud_public_access_block`](s) {
    await s.is("get-default-public-access-block", "GetPublicAccessBlock");
    const open = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
    await s.is("put-public-access-block", "PutPublicAccessBlock", { PublicAccessBlockConfiguration: open });
    await s.is("get-public-access-block", "GetPublicAccessBlock");
    await s.is("delete-public-access-block", "DeletePublicAccessBlock");
    await s.is("get-public-access-block-after-delete", "GetPublicAccessBlock");
    await s.is("idempotent-delete-public-access-block", "DeletePublicAccessBlock");
  },
  async [`${BLOCK}empty_public_access_block`](s) {
    await s.is("put-public-access-block-empty", "PutPublicAccessBlock", { PublicAccessBlockConfiguration: {} });
  },
  async [`${POINT}lifecycle`](s) {
    await before(s);
    await s.is("list-access-points-start", "ListAccessPoints");
    const Name = "recorded";
    await s.is("create-access-point", "CreateAccessPoint", { Name, Bucket: BUCKET });
    await s.is("get-access-point", "GetAccessPoint", { Name });
    await s.is("list-access-points-after-create", "ListAccessPoints");
    await s.is("delete-access-point", "DeleteAccessPoint", { Name });
    await s.is("list-access-points-after-delete", "ListAccessPoints");
    await s.is("get-delete-access-point", "GetAccessPoint", { Name });
    await s.is("delete-already-deleted-access-point", "DeleteAccessPoint", { Name });
  },
  async [`${POINT}bucket_not_exists`](s) {
    const Bucket = "recorded-bucket-that-is-not";
    await s.is("access-point-bucket-not-exists", "CreateAccessPoint", { Name: "recorded", Bucket });
  },
  async [`${POINT}name_validation`](s) {
    const create = (label: string, Name: string) => s.is(label, "CreateAccessPoint", { Name, Bucket: BUCKET });
    await create("access-point-wrong-naming", "xn-_test-alias");
    await create("access-point-name-too-short", "sa");
  },
  async [`${POINT}already_exists`](s) {
    const input = { Name: "recorded", Bucket: BUCKET };
    await s.ask("CreateAccessPoint", input);
    await s.is("access-point-already-exists", "CreateAccessPoint", input);
  },
  async [`${POINT}public_access_block_configuration`](s) {
    await before(s);
    const made = async (name: string, Name: string, PublicAccessBlockConfiguration?: object): Promise<void> => {
      const block = PublicAccessBlockConfiguration === undefined ? {} : { PublicAccessBlockConfiguration };
      await s.is(`put-ap-${name}`, "CreateAccessPoint", { Name, Bucket: BUCKET, ...block });
      await s.is(`get-ap-${name}`, "GetAccessPoint", { Name });
    };
    await made("empty-pabc", "recorded1", {});
    await made("partial-pabc", "recorded2", { BlockPublicAcls: false });
    await made("partial-true-pabc", "recorded3", { BlockPublicAcls: true });
    await made("pabc-not-set", "recorded4");
    await s.is("list-access-points", "ListAccessPoints");
  },
  async [`${POINT}pagination`](s) {
    await s.ask("CreateAccessPoint", { Name: "zzofbefore", Bucket: THIRD });
    const names = ["recordedb", "recordeda", "recordedc"];
    for (const [at, Name] of names.entries()) {
      const Bucket = Name.endsWith("c") ? OTHER : BUCKET;
      await s.is(`create-access-point-${at}`, "CreateAccessPoint", { Name, Bucket });
    }
    await s.is("list-all", "ListAccessPoints");
    const one = { MaxResults: 1 };
    const first = await s.is("list-one-max", "ListAccessPoints", one);
    const second = await s.is("list-one-next", "ListAccessPoints", { ...one, NextToken: first["NextToken"] });
    await s.is("list-one-next-2", "ListAccessPoints", { ...one, NextToken: second["NextToken"] });
    await s.is("list-by-bucket", "ListAccessPoints", { Bucket: BUCKET });
  },
  async [`${TAGS}tag_lifecycle`](s) {
    const pair = (at: number) => ({ Key: `key${at}`, Value: `value${at}` });
    await s.is("list-tags-before", "ListTagsForResource", ARN);
    await s.is("tag-resource", "TagResource", { ...ARN, Tags: [pair(1), pair(2)] });
    await s.is("list-tags-1", "ListTagsForResource", ARN);
    await s.is("tag-resource-after-update", "TagResource", { ...ARN, Tags: [pair(3)] });
    await s.is("list-tags-after-update", "ListTagsForResource", ARN);
    await s.is("untag-resource", "UntagResource", { ...ARN, TagKeys: ["key3"] });
    await s.is("list-tags-after-untag", "ListTagsForResource", ARN);
    await s.is("untag-resource-idempotent", "UntagResource", { ...ARN, TagKeys: ["key3"] });
  },
  async [`${TAGS}tag_resource_validation`](s) {
    const tag = (label: string, ...Tags: object[]) => s.is(label, "TagResource", { ...ARN, Tags });
    await tag("tags-key-none", { Value: "value1" });
    await tag("tags-value-none", { Key: "key1" });
    await tag("tags-key-aws-prefix", { Key: "aws:prefix", Value: "value1" });
    await tag("tags-key-aws-duplicated-key", { Key: "key1", Value: "value1" }, { Key: "key1", Value: "value1" });
    await tag("tags-key-aws-bad-value", { Key: "test", Value: "value1,value2" });
    await tag("tags-key-aws-bad-key", { Key: "test,test2", Value: "value1" });
  },
  async [`${TAGS}tag_operation_no_bucket`](s) {
    const nowhere = { ResourceArn: "arn:aws:s3:::recorded-bucket-that-is-not" };
    await s.is("tag-resource-no-exist", "TagResource", { ...nowhere, Tags: [{ Key: "key1", Value: "value1" }] });
    await s.is("untag-resource-no-exist", "UntagResource", { ...nowhere, TagKeys: ["key1"] });
    await s.is("list-resource-tags-no-exist", "ListTagsForResource", nowhere);
  },
});
