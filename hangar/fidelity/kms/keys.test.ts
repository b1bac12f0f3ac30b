// Keys, their tags and rotations, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { describes, newKey, recorded } from "./session.ts";

const T = "TestKMS::test_";
const NOWHERE = "arn:aws:kms:us-east-1:000000000000:key/134f2428-cec1-4b25-a1ae-9048164dba47";
const tag = (TagKey: string, TagValue: string): object => ({ TagKey, TagValue });
const tags = (count: number): object[] =>
  Array.from({ length: count }, (_, at) => tag(`tag${at + 1}`, `value${at + 1}`));

async function listsTags(s: Session, label: string, KeyId: string): Promise<void> {
  s.matches(label, (await s.do("ListResourceTags", { KeyId }))["Tags"]);
}

function rotates(days: number) {
  return async (s: Session): Promise<void> => {
    const { KeyId } = await newKey(s);
    await s.do("EnableKeyRotation", { KeyId, RotationPeriodInDays: days });
    await s.is("match_response", "GetKeyRotationStatus", { KeyId });
  };
}

function refusesTags(Tags: object[]) {
  return (s: Session) => s.is("invalid-tag-key", "CreateKey", { Tags }).then(() => undefined);
}

recorded(import.meta.url, "kms", {
  async [`${T}create_key`](s) {
    const { KeyId } = await newKey(s, { Description: "test key 123", KeyUsage: "ENCRYPT_DECRYPT" });
    await describes(s, "describe-key", KeyId);
  },
  async [`${T}get_key_does_not_exist`](s) {
    const [, id = ""] = NOWHERE.split("/");
    await s.is("describe-nonexistent-key-with-id", "DescribeKey", { KeyId: id });
    await s.is("describe-nonexistent-with-arn", "DescribeKey", { KeyId: NOWHERE });
    const KeyId = `mrk-${id.replaceAll("-", "")}`;
    await s.is("describe-key-with-valid-id-mrk", "DescribeKey", { KeyId });
  },
  async [`${T}get_key_invalid_uuid`](s) {
    await s.is("describe-key-with-invalid-uuid", "DescribeKey", { KeyId: "fake-key-id" });
    const KeyId = "134f2428cec14b25a1ae9048164dba47";
    await s.is("describe-key-with-invalid-uuid-2", "DescribeKey", { KeyId });
    await s.is("describe-key-with-invalid-uuid-mrk", "DescribeKey", { KeyId: "mrk-fake-key-id" });
  },
  async [`${T}create_alias`](s) {
    const { KeyId: TargetKeyId } = await newKey(s);
    await s.is("create_alias", "CreateAlias", { AliasName: "recorded", TargetKeyId });
  },
  async [`${T}create_multi_region_key`](s) {
    const { KeyId } = await newKey(s, { MultiRegion: true, Description: "test multi region key" });
    await describes(s, "create_multi_region_key", KeyId);
  },
  async [`${T}non_multi_region_keys_should_not_have_multi_region_properties`](s) {
    const { KeyId } = await newKey(s, { MultiRegion: false, Description: "test non multi region key" });
    await describes(s, "non_multi_region_keys_should_not_have_multi_region_properties", KeyId);
  },
  async [`${T}hmac_create_key`](s) {
    const hmac = { Description: "test key", KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" };
    const key = await newKey(s, hmac);
    s.matches("create-hmac-key", key);
    await describes(s, "describe-key", key.KeyId);
  },
  async [`${T}tag_existing_key_and_untag`](s) {
    const { KeyId } = await newKey(s);
    await s.do("TagResource", { KeyId, Tags: tags(2) });
    await listsTags(s, "list-resource-tags", KeyId);
    await s.do("UntagResource", { KeyId, TagKeys: ["tag1", "tag2"] });
    await listsTags(s, "list-resource-tags-after-all-untagged", KeyId);
  },
  async [`${T}create_key_with_tag_and_untag`](s) {
    const { KeyId } = await newKey(s, { Tags: tags(2) });
    await listsTags(s, "list-resource-tags", KeyId);
    await s.do("UntagResource", { KeyId, TagKeys: ["tag1", "tag2"] });
    await listsTags(s, "list-resource-tags-after-all-untagged", KeyId);
  },
  async [`${T}untag_key_partially`](s) {
    const { KeyId } = await newKey(s, { Tags: tags(3) });
    await listsTags(s, "list-resource-tags", KeyId);
    await s.do("UntagResource", { KeyId, TagKeys: ["tag2"] });
    await listsTags(s, "list-resource-tags-after-partially-untagged", KeyId);
  },
  async [`${T}update_and_add_tags_on_tagged_key`](s) {
    const { KeyId } = await newKey(s, { Tags: tags(3) });
    await listsTags(s, "list-resource-tags", KeyId);
    const Tags = [tag("tag2", "updated_value2"), tag("tag4", "value4"), tag("tag5", "value5")];
    await s.do("TagResource", { KeyId, Tags });
    await listsTags(s, "list-resource-tags-after-tags-updated", KeyId);
  },
  async [`${T}tag_key_with_duplicate_tag_keys_raises_error`](s) {
    const { KeyId } = await newKey(s);
    const Tags = [tag("tag1", "value1"), tag("tag1", "another_value1")];
    await s.is("duplicate-tag-keys", "TagResource", { KeyId, Tags });
  },
  [`${T}create_key_with_too_many_tags_raises_error`]: refusesTags(tags(51)),
  [`${T}create_key_with_invalid_tag_key[lowercase_prefix]`]: refusesTags([tag("aws:key1", "value1")]),
  [`${T}create_key_with_invalid_tag_key[uppercase_prefix]`]: refusesTags([tag("AWS:key1", "value1")]),
  [`${T}create_key_with_invalid_tag_key[too_long_key]`]: refusesTags([tag("a".repeat(129), "value1")]),
  async [`${T}tag_existing_key_with_invalid_tag_key`](s) {
    const { KeyId } = await newKey(s);
    await s.is("invalid-tag-key", "TagResource", { KeyId, Tags: [tag("aws:key1", "value1")] });
  },
  async [`${T}key_with_long_tag_value_raises_error`](s) {
    await s.is("too-long-tag-value", "CreateKey", { Tags: [tag("tag1", "v".repeat(257))] });
  },
  [`${T}key_enable_rotation_status[90]`]: rotates(90),
  [`${T}key_enable_rotation_status[180]`]: rotates(180),
  async [`${T}rotate_key_on_demand_modifies_key_material`](s) {
    const { KeyId } = await newKey(s);
    await s.is("rotate-on-demand-response", "RotateKeyOnDemand", { KeyId });
  },
  async [`${T}rotate_key_on_demand_with_symmetric_key_and_automatic_rotation_disabled`](s) {
    const { KeyId } = await newKey(s);
    await s.is("rotate-on-demand-response", "RotateKeyOnDemand", { KeyId });
    await s.is("rotation-status-response-after-rotation", "GetKeyRotationStatus", { KeyId });
  },
  async [`${T}rotate_key_on_demand_with_symmetric_key_and_automatic_rotation_enabled`](s) {
    const { KeyId } = await newKey(s);
    await s.do("EnableKeyRotation", { KeyId });
    await s.is("rotate-on-demand-response", "RotateKeyOnDemand", { KeyId });
    await s.is("rotation-status-response-after-rotation", "GetKeyRotationStatus", { KeyId });
  },
  async [`${T}rotate_key_on_demand_raises_error_given_key_is_disabled`](s) {
    const { KeyId } = await newKey(s);
    await s.do("DisableKey", { KeyId });
    await s.is("error-response", "RotateKeyOnDemand", { KeyId });
  },
  async [`${T}rotate_key_on_demand_raises_error_given_key_that_does_not_exist`](s) {
    await s.is("error-response", "RotateKeyOnDemand", { KeyId: NOWHERE });
  },
  async [`${T}rotate_key_on_demand_raises_error_given_non_symmetric_key`](s) {
    const { KeyId } = await newKey(s, { KeyUsage: "SIGN_VERIFY", KeySpec: "ECC_NIST_P256" });
    await s.is("error-response", "RotateKeyOnDemand", { KeyId });
  },
  async [`${T}key_rotations_limits`](s) {
    const { KeyId } = await newKey(s);
    for (let time = 0; time < 25; time += 1) {
      await s.do("RotateKeyOnDemand", { KeyId });
      await s.cloud.settle();
    }
    await s.is("error-response", "RotateKeyOnDemand", { KeyId });
  },
  async [`${T}key_rotation_updates_current_key_material_id_for_aws_symmetric_keys`](s) {
    const { KeyId } = await newKey(s, { Description: "test-key" });
    await s.is("describe-key-before-rotation", "DescribeKey", { KeyId });
    await s.do("RotateKeyOnDemand", { KeyId });
    await s.cloud.clock.advance("1 minute");
    await s.is("describe-key-after-rotation", "DescribeKey", { KeyId });
  },
});
