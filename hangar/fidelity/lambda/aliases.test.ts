// Aliases and their weights, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Session } from "../session.ts";
import { arn, FunctionName, given, make, recorded } from "./session.ts";

const T = "TestLambdaAlias::test_";
const staging = { Environment: { Variables: { testenv: "staging" } } };
const production = { Environment: { Variables: { testenv: "prod" } } };

async function publishTwice(s: Session): Promise<void> {
  await s.is("publish_v1", "PublishVersion", { FunctionName });
  await s.do("UpdateFunctionConfiguration", { FunctionName, ...production });
  await s.is("publish_v2", "PublishVersion", { FunctionName });
}

recorded(import.meta.url, "lambda-api", {
  async [`${T}alias_lifecycle`](s) {
    await s.is("create_response", "CreateFunction", { ...given, ...staging });
    await publishTwice(s);
    const create = (label: string, Name: string, more: object) =>
      s.is(label, "CreateAlias", { FunctionName, Name, ...more });
    const get = (label: string, Name: string) => s.is(label, "GetAlias", { FunctionName, Name });
    const Description = "custom-alias";
    const RoutingConfig = { AdditionalVersionWeights: { "2": 0.2 } };
    const made = await create("create_alias_1_1", "aliasname1_1", { FunctionVersion: "1", Description, RoutingConfig });
    await get("get_alias_1_1", "aliasname1_1");
    await s.is("get_function_alias_1_1", "GetFunction", { FunctionName, Qualifier: "aliasname1_1" });
    await s.is("get_function_byarn_alias_1_1", "GetFunction", { FunctionName: made["AliasArn"] });
    const missing = "aliasdoesnotexist";
    await s.is("get_function_alias_notfound_exc", "GetFunction", { FunctionName, Qualifier: missing });
    await s.is("get_function_alias_byarn_notfound_exc", "GetFunction", { FunctionName: `${arn}:${missing}` });
    await create("create_alias_1_2", "aliasname1_2", { FunctionVersion: "1", Description });
    await get("get_alias_1_2", "aliasname1_2");
    await create("create_alias_1_3", "aliasname1_3", { FunctionVersion: "1" });
    await get("get_alias_1_3", "aliasname1_3");
    await create("create_alias_2", "aliasname2", { FunctionVersion: "2", Description });
    await get("get_alias_2", "aliasname2");
    await s.is("list_aliases_for_fnname", "ListAliases", { FunctionName });
    const none = { FunctionName, Name: "aliasname1_1", RoutingConfig: { AdditionalVersionWeights: {} } };
    await s.is("update_alias_1_1", "UpdateAlias", none);
    await get("get_alias_1_1_after_update", "aliasname1_1");
    await s.is("list_aliases_for_fnname_after_update", "ListAliases", { FunctionName });
    await s.is("update_alias_1_2", "UpdateAlias", { FunctionName, Name: "aliasname1_2" });
    await get("get_alias_1_2_after_update", "aliasname1_2");
    await s.is("list_aliases_for_fnname_after_update_2", "ListAliases", { FunctionName });
    await s.is("list_aliases_for_version", "ListAliases", { FunctionName, FunctionVersion: "1" });
    await s.is("delete_alias_response", "DeleteAlias", { FunctionName, Name: "aliasname1_1" });
    await s.is("list_aliases_for_fnname_afterdelete", "ListAliases", { FunctionName });
  },
  async [`${T}alias_naming`](s) {
    await s.is("create_response", "CreateFunction", { ...given, ...staging });
    await s.is("publish_v1", "PublishVersion", { FunctionName });
    const alias = { FunctionName, FunctionVersion: "1", Description: "custom-alias" };
    await s.is("create_alias_date", "CreateAlias", { ...alias, Name: "2024-01-02" });
    await s.is("get_alias_date", "GetAlias", { FunctionName, Name: "2024-01-02" });
    await s.is("create_alias_number_exception", "CreateAlias", { ...alias, Name: "2024" });
  },
  async "TestLambdaTag::test_create_tag_on_fn_create"(s) {
    await make(s, { Tags: { testtag: "tag" } });
    await s.is("get_function_result", "GetFunction", { FunctionName });
    await s.is("list_tags_result", "ListTags", { Resource: arn });
  },
  async "TestLambdaTag::test_tag_lifecycle"(s) {
    await make(s);
    const then = async (label: string, operation: string, input: object): Promise<void> => {
      await s.is(label, operation, { Resource: arn, ...input });
      await s.is(`${label}_listtags`, "ListTags", { Resource: arn });
    };
    await then("tag_single_response", "TagResource", { Tags: { A: "tag-a" } });
    await then("tag_multiple_response", "TagResource", { Tags: { B: "tag-b", C: "tag-c" } });
    await then("tag_overlap_response", "TagResource", { Tags: { C: "tag-c-newsuffix", D: "tag-d" } });
    await then("untag_single_response", "UntagResource", { TagKeys: ["A"] });
    await then("untag_multiple_response", "UntagResource", { TagKeys: ["B", "C"] });
    await then("untag_nonexisting_response", "UntagResource", { TagKeys: ["F"] });
    await then("untag_existing_and_nonexisting_response", "UntagResource", { TagKeys: ["D", "F"] });
  },
  async "TestLambdaTag::test_tag_nonexisting_resource"(s) {
    await make(s);
    await s.is("pre_delete_get_function", "GetFunction", { FunctionName });
    await s.do("DeleteFunction", { FunctionName });
    await s.is("not_found_exception_tag", "TagResource", { Resource: arn, Tags: { A: "B" } });
    await s.is("not_found_exception_untag", "UntagResource", { Resource: arn, TagKeys: ["A"] });
    await s.is("not_found_exception_list", "ListTags", { Resource: arn });
  },
  async "TestLambdaEventInvokeConfig::test_lambda_eventinvokeconfig_lifecycle"(s) {
    await make(s);
    const call = (label: string, operation: string, input: object = {}) =>
      s.is(label, `${operation}FunctionEventInvokeConfig`, { FunctionName, ...input });
    const list = (label: string) => s.is(label, "ListFunctionEventInvokeConfigs", { FunctionName });
    await call("put_invokeconfig_retries_0", "Put", { MaximumRetryAttempts: 0 });
    await call("put_invokeconfig_eventage_60", "Put", { MaximumEventAgeInSeconds: 60 });
    await call("update_invokeconfig_eventage_nochange", "Update", { MaximumEventAgeInSeconds: 60 });
    await call("update_invokeconfig_retries", "Update", { MaximumRetryAttempts: 1 });
    await call("get_invokeconfig", "Get");
    await call("get_invokeconfig_latest", "Get", { Qualifier: "$LATEST" });
    await list("list_single_invokeconfig");
    await s.is("publish_version_result", "PublishVersion", { FunctionName });
    await call("get_invokeconfig_postpublish", "Get", { Qualifier: "1" });
    await call("put_published_invokeconfig", "Put", { Qualifier: "1", MaximumEventAgeInSeconds: 120 });
    await call("get_published_invokeconfig", "Get", { Qualifier: "1" });
    await s.do("DeleteFunctionEventInvokeConfig", { FunctionName });
    await list("list_paging_nolimit_postdelete");
  },
  async "TestLambdaRevisions::test_function_revisions_permissions"(s) {
    await make(s);
    const permission = { StatementId: "s3", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com" };
    const answer = await s.ask("AddPermission", { FunctionName, ...permission, RevisionId: "wrong" });
    // Recorded with all its headers.
    s.matches("add_permission_revision_exception", answer, (recorded) => {
      const { ResponseMetadata, ...members } = recorded as { readonly ResponseMetadata: Answer };
      return { ...members, HTTPStatusCode: ResponseMetadata["HTTPStatusCode"] };
    });
  },
});
