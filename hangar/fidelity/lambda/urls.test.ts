// Function URLs, tags, code signing, limits and account settings, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Session } from "../session.ts";
import { arn, framed, FunctionName, make, recorded, usual, withoutPattern } from "./session.ts";

const URL = "TestLambdaUrl::test_url_config_";
const TAGS = "TestLambdaTags::test_tag_";
const SIGNING = "TestCodeSigningConfig::test_";
const SIZES = "TestLambdaSizeLimits::test_";
const missing = "doesnotexist";

/** A function of Node with a version and an alias of it. */
async function makeAlias(s: Session): Promise<void> {
  await make(s, { Runtime: "nodejs20.x", Handler: "lambda_handler.handler" });
  await s.is("fn_version_result", "PublishVersion", { FunctionName });
  const alias = { FunctionName, Name: "urlalias", FunctionVersion: "1" };
  await s.is("create_alias_result", "CreateAlias", alias);
}

const publishers = {
  AllowedPublishers: { SigningProfileVersionArns: ["arn:aws:signer:us-east-1:000000000000:/signing-profiles/test"] },
  CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
  Description: "Testing CodeSigning Config",
};
const signingArn = (made: Answer): string =>
  (made["CodeSigningConfig"] as { readonly CodeSigningConfigArn: string }).CodeSigningConfigArn;

const letters = (names: string): Record<string, string> =>
  Object.fromEntries(names.split(" ").map((letter) => [`key_${letter}`, `value_${letter}`]));
const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}_key`, `${index}_value`]));

recorded(import.meta.url, "lambda-api", {
  async [`${URL}list_paging`](s) {
    await makeAlias(s);
    await s.is("list_function_notfound", "ListFunctionUrlConfigs", { FunctionName: missing });
    await s.is("list_all_empty", "ListFunctionUrlConfigs", { FunctionName });
    await s.is("url_config_fn", "CreateFunctionUrlConfig", { FunctionName, AuthType: "NONE" });
    const aliased = { FunctionName: `${FunctionName}:urlalias`, Qualifier: "urlalias", AuthType: "NONE" };
    await s.is("url_config_alias", "CreateFunctionUrlConfig", aliased);
    await s.is("list_all", "ListFunctionUrlConfigs", { FunctionName });
  },
  async [`${URL}lifecycle`](s) {
    await make(s);
    await s.is("url_creation", "CreateFunctionUrlConfig", { FunctionName, AuthType: "NONE" });
    await s.is("failed_duplication", "CreateFunctionUrlConfig", { FunctionName, AuthType: "NONE" });
    await s.is("get_url_config", "GetFunctionUrlConfig", { FunctionName });
    await s.is("updated_url_config", "UpdateFunctionUrlConfig", { FunctionName, AuthType: "AWS_IAM" });
    await s.do("DeleteFunctionUrlConfig", { FunctionName });
    await s.is("failed_getter", "GetFunctionUrlConfig", { FunctionName });
  },
  async [`${URL}deletion_without_qualifier`](s) {
    await make(s);
    await s.do("PublishVersion", { FunctionName });
    await s.do("CreateAlias", { FunctionName, Name: "test-alias", FunctionVersion: "1" });
    const aliased = { FunctionName, Qualifier: "test-alias" };
    await s.is("url_creation", "CreateFunctionUrlConfig", { FunctionName, AuthType: "NONE" });
    await s.is("url_with_alias_creation", "CreateFunctionUrlConfig", { ...aliased, AuthType: "NONE" });
    await s.is("get_url_config", "GetFunctionUrlConfig", { FunctionName });
    await s.is("get_url_config_with_alias", "GetFunctionUrlConfig", aliased);
    await s.is("delete_function_url_config", "DeleteFunctionUrlConfig", { FunctionName });
    await s.is("get_url_config_after_deletion", "GetFunctionUrlConfig", { FunctionName });
    await s.is("get_url_config_with_alias_after_deletion", "GetFunctionUrlConfig", aliased);
  },
  async [`${TAGS}exceptions`](s) {
    await make(s);
    const tag = (label: string, Resource: string, Tags: object) => s.is(label, "TagResource", { Resource, Tags });
    const nothing = { Resource: "arn:aws:something", Tags: letters("a") };
    s.matches("tag_lambda_invalidarn", withoutPattern(await s.ask("TagResource", nothing)), withoutPattern);
    await tag("tag_lambda_doesnotexist", arn.replace(FunctionName, "doesnotexist"), letters("a"));
    await tag("tag_lambda_qualifier_doesnotexist", `${arn}:v1`, letters("a"));
    await s.is("list_tag_lambda_empty", "ListTags", { Resource: arn });
    await s.is("untag_nomatch", "UntagResource", { Resource: arn, TagKeys: ["somekey"] });
    await s.is("untag_empty_keys", "UntagResource", { Resource: arn, TagKeys: [] });
    await tag("tag_empty_tags", arn, {});
  },
  async [`${TAGS}limits`](s) {
    await make(s);
    const tag = (label: string, Tags: object) => s.is(label, "TagResource", { Resource: arn, Tags });
    await tag("tag_lambda_too_many_tags", numbered(51));
    await tag("tag_response", numbered(50));
    await s.is("list_tags_response", "ListTags", { Resource: arn });
    await s.is("get_fn_response", "GetFunction", { FunctionName });
    await tag("tag_lambda_too_many_tags_additional", { a_key: "a_value" });
    const many = { ...usual, FunctionName: "another", Tags: numbered(51) };
    await s.is("create_function_invalid_tags", "CreateFunction", many);
  },
  async [`${TAGS}versions`](s) {
    await make(s, { Tags: letters("a") });
    await s.do("PublishVersion", { FunctionName });
    const Tags = letters("b c d e");
    await s.is("tag_resource_exception", "TagResource", { Resource: `${arn}:1`, Tags });
    await s.is("tag_resource_latest_exception", "TagResource", { Resource: `${arn}:$LATEST`, Tags });
  },
  async [`${TAGS}lifecycle`](s) {
    await make(s, { Tags: letters("a") });
    const shown = async (when: string): Promise<void> => {
      await s.is(`list_tags_response_${when}`, "ListTags", { Resource: arn });
      await s.is(`get_fn_response_${when}`, "GetFunction", { FunctionName: arn });
    };
    await shown("postfncreate");
    await s.is("tag_resource_response", "TagResource", { Resource: arn, Tags: letters("b c d e") });
    await shown("postaddtags");
    const Tags = { key_b: "value_b", key_c: "value_x" };
    await s.is("tag_resource_overwrite", "TagResource", { Resource: arn, Tags });
    await shown("overwrite");
    await s.do("UntagResource", { Resource: arn, TagKeys: ["key_c", "key_d"] });
    await shown("postuntag");
    await s.do("UntagResource", { Resource: arn, TagKeys: ["key_a", "key_b", "key_e"] });
    await shown("postuntagall");
    await s.do("DeleteFunction", { FunctionName });
    await s.is("list_tags_postdelete", "ListTags", { Resource: arn });
  },
  async [`${SIGNING}function_code_signing_config`](s) {
    await make(s);
    const made = await s.is("create_code_signing_config", "CreateCodeSigningConfig", publishers);
    const CodeSigningConfigArn = signingArn(made);
    const config = { CodeSigningConfigArn };
    const CodeSigningPolicies = { UntrustedArtifactOnDeployment: "Warn" };
    await s.is("update_code_signing_config", "UpdateCodeSigningConfig", { ...config, CodeSigningPolicies });
    await s.is("get_code_signing_config", "GetCodeSigningConfig", config);
    await s.is("put_function_code_signing_config", "PutFunctionCodeSigningConfig", { ...config, FunctionName });
    await s.is("get_function_code_signing_config", "GetFunctionCodeSigningConfig", { FunctionName });
    const listed = (await s.do("ListCodeSigningConfigs"))["CodeSigningConfigs"] as readonly Answer[];
    s.matches(
      "list_code_signing_configs",
      listed.find((each) => each["CodeSigningConfigArn"] === CodeSigningConfigArn),
    );
    await s.is("list_functions_by_code_signing_config", "ListFunctionsByCodeSigningConfig", config);
    await s.is("delete_function_code_signing_config", "DeleteFunctionCodeSigningConfig", { FunctionName });
    await s.is("delete_code_signing_config", "DeleteCodeSigningConfig", config);
  },
  async [`${SIZES}lambda_envvars_near_limit_succeeds`](s) {
    const made = await make(s, { Environment: { Variables: { LARGE_VAR: "x".repeat(4080) } } });
    s.matches("successful_create_fn_result", framed(made));
  },
  async [`${SIZES}large_environment_variables_fails`](s) {
    const Environment = { Variables: { LARGE_VAR: "x".repeat(4081) } };
    s.matches("failed_create_fn_result", await s.ask("CreateFunction", { ...usual, Environment }));
  },
  async [`${SIZES}large_environment_fails_multiple_keys`](s) {
    const Environment = { Variables: { SMALL_VAR: "ok", LARGE_VAR: "x".repeat(4064) } };
    s.matches("failured_create_fn_result_multi_key", await s.ask("CreateFunction", { ...usual, Environment }));
  },
  async "TestLambdaAccountSettings::test_account_settings"(s) {
    const { AccountLimit, AccountUsage, HTTPStatusCode } = await s.do("GetAccountSettings");
    const names = (value: unknown): string[] => Object.keys(value as object).sort();
    s.matches("acc_settings_modded", {
      AccountLimit: names(AccountLimit),
      AccountUsage: names(AccountUsage),
      HTTPStatusCode,
    });
  },
});
