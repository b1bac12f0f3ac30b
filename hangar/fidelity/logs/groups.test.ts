// Log groups and their tags, as they were recorded from AWS (see ../NOTICE).

import { GROUP_ARN as resourceArn, logGroupName, recorded } from "./session.ts";

const GROUPS = "TestLogsGroups::test_";
const TAGS = "TestLogsGroupsTags::test_";

recorded(import.meta.url, "logs-groups", {
  async [`${GROUPS}create_log_group_duplicate_error`](s) {
    await s.do("CreateLogGroup", { logGroupName });
    await s.is("error-duplicate-log-group", "CreateLogGroup", { logGroupName });
  },
  async [`${GROUPS}describe_log_groups_prefix_and_pattern_error`](s) {
    const both = { logGroupNamePrefix: "a", logGroupNamePattern: "b" };
    await s.is("error-prefix-and-pattern", "DescribeLogGroups", both);
  },
  async [`${TAGS}create_log_group_with_tags`](s) {
    await s.do("CreateLogGroup", { logGroupName, tags: { env: "testing" } });
    await s.is("list-tags-after-create", "ListTagsLogGroup", { logGroupName });
  },
  async [`${TAGS}tag_log_group`](s) {
    await s.do("CreateLogGroup", { logGroupName });
    await s.do("TagLogGroup", { logGroupName, tags: { tag_key_1: "tag_value_1" } });
    await s.is("list-tags-after-tag", "ListTagsLogGroup", { logGroupName });
  },
  async [`${TAGS}untag_log_group`](s) {
    const tags = { tag_key_1: "tag_value_1", tag_key_2: "tag_value_2" };
    await s.do("CreateLogGroup", { logGroupName, tags });
    await s.do("UntagLogGroup", { logGroupName, tags: ["tag_key_1"] });
    await s.is("list-tags-after-untag", "ListTagsLogGroup", { logGroupName });
  },
  async [`${TAGS}tag_resource_api`](s) {
    await s.do("CreateLogGroup", { logGroupName, tags: { env: "testing1" } });
    await s.is("list-tags-after-create", "ListTagsLogGroup", { logGroupName });
    await s.do("TagResource", { resourceArn, tags: { test1: "val1", test2: "val2" } });
    await s.is("list-tags-log-group-after-tag-resource", "ListTagsLogGroup", { logGroupName });
    await s.is("list-tags-for-resource-after-tag-resource", "ListTagsForResource", { resourceArn });
    await s.do("TagLogGroup", { logGroupName, tags: { test3: "val3" } });
    await s.is("list-tags-log-group-after-tag-log-group", "ListTagsLogGroup", { logGroupName });
    await s.is("list-tags-for-resource-after-tag-log-group", "ListTagsForResource", { resourceArn });
    await s.do("UntagLogGroup", { logGroupName, tags: ["env", "test1"] });
    await s.do("UntagResource", { resourceArn, tagKeys: ["test3"] });
    await s.is("list-tags-log-group-after-untag", "ListTagsLogGroup", { logGroupName });
    await s.is("list-tags-for-resource-after-untag", "ListTagsForResource", { resourceArn });
  },
  async [`${GROUPS}create_log_group_invalid_name_length`](s) {
    await s.is("error-invalid-name-length", "CreateLogGroup", { logGroupName: "a".repeat(513) });
  },
  async [`${GROUPS}describe_log_groups_with_prefix`](s) {
    for (const name of ["one", "three", "two"])
      await s.do("CreateLogGroup", { logGroupName: `${logGroupName}-${name}` });
    await s.is("describe-log-groups-prefix", "DescribeLogGroups", { logGroupNamePrefix: logGroupName });
  },
});
