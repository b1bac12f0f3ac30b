// Functions made, changed, listed and deleted, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { arn, echo, framed, FunctionName, given, make, recorded, usual, version } from "./session.ts";

const T = "TestLambdaFunction::test_";

/** `get_function` is GetFunction. */
const called = (method: string): string =>
  method.replaceAll(/(?:^|_)(\w)/g, (_all, letter: string) => letter.toUpperCase());

function each(name: string, methods: string, drive: (s: Session, operation: string) => Promise<unknown>) {
  return Object.fromEntries(
    methods
      .split(" ")
      .map((method): [string, (s: Session) => Promise<void>] => [
        `${T}${name}[${method}]`,
        async (s) => void (await drive(s, called(method))),
      ]),
  );
}

const OPERATIONS =
  "get_function get_function_configuration get_function_url_config get_function_code_signing_config get_function_event_invoke_config get_function_concurrency delete_function";

recorded(import.meta.url, "lambda-api", {
  async [`${T}function_lifecycle`](s) {
    const made = await s.do("CreateFunction", { ...usual, MemorySize: 256, Timeout: 5 });
    s.matches("create_response", framed(made));
    await s.is("get_function_response", "GetFunction", { FunctionName });
    const Environment = { Variables: { ENV_A: "a" } };
    const changed = {
      Runtime: "python3.11",
      Description: "Changed-Description",
      MemorySize: 512,
      Timeout: 10,
      Environment,
    };
    await s.is("update_func_conf_response", "UpdateFunctionConfiguration", { FunctionName, ...changed });
    await s.is("get_function_response_postupdate", "GetFunction", { FunctionName });
    await s.is("update_code_response", "UpdateFunctionCode", { FunctionName, ZipFile: version });
    await s.is("get_function_response_postcodeupdate", "GetFunction", { FunctionName });
    await s.is("delete_response", "DeleteFunction", { FunctionName });
    await s.is("delete_postdelete", "DeleteFunction", { FunctionName });
  },
  async [`${T}redundant_updates`](s) {
    s.matches("create_response", framed(await make(s, { Description: "Initial description" })));
    const Description = "1st update description";
    await s.is("first_update_result", "UpdateFunctionConfiguration", { FunctionName, Description });
    await s.is("get_fn_config_result", "GetFunctionConfiguration", { FunctionName });
    await s.is("get_fn_result", "GetFunction", { FunctionName });
    await s.is("redundant_update_result", "UpdateFunctionConfiguration", { FunctionName, Description });
    await s.is("get_fn_result_after_redundant_update", "GetFunction", { FunctionName });
  },
  ...each(
    "ops_with_arn_qualifier_mismatch",
    "delete_function get_function get_function_configuration",
    async (s, operation) => {
      const name = arn.replace(FunctionName, "some-function");
      await s.is("not_match_exception", operation, { FunctionName: `${name}:1`, Qualifier: "$LATEST" });
      await s.is("match_exception", operation, { FunctionName: `${name}:$LATEST`, Qualifier: "$LATEST" });
    },
  ),
  ...each(
    "ops_on_nonexisting_version",
    "get_function get_function_configuration get_function_event_invoke_config",
    async (s, operation) => {
      await make(s);
      await s.is("version_not_found_exception", operation, { FunctionName, Qualifier: "1221" });
    },
  ),
  async [`${T}delete_on_nonexisting_version`](s) {
    await make(s);
    for (const Qualifier of ["1233", "1233", undefined]) await s.do("DeleteFunction", { FunctionName, Qualifier });
    await s.is("delete_function_response_non_existent", "DeleteFunction", { FunctionName });
    const label = "delete_function_response_non_existent_with_qualifier";
    await s.is(label, "DeleteFunction", { FunctionName, Qualifier: "1233" });
  },
  ...each("ops_on_nonexisting_fn", OPERATIONS, (s, operation) =>
    s.is("not_found_exception", operation, { FunctionName }),
  ),
  ...each("get_function_wrong_region", `${OPERATIONS} invoke`, async (s, operation) => {
    await make(s);
    const elsewhere = arn.replace("us-east-1", "eu-central-1");
    await s.is("wrong_region_exception", operation, { FunctionName: elsewhere });
  }),
  async [`${T}update_lambda_exceptions`](s) {
    await s.do("CreateFunction", given);
    const change = (label: string, input: object) =>
      s.is(label, "UpdateFunctionConfiguration", { FunctionName, ...input });
    await change("invalid_role_arn_exc", { Role: "r1" });
    await change("invalid_runtime_exc", { Runtime: "non-existent-runtime" });
    await change("uppercase_runtime_exc", { Runtime: "PYTHON3.9" });
  },
  async [`${T}list_functions`](s) {
    const names = ["list-fn-1", "list-fn-2"];
    const [first, second] = names;
    s.matches("create_response_1", framed(await make(s, { FunctionName: first, Publish: true })));
    s.matches("create_response_2", framed(await make(s, { FunctionName: second })));
    await s.is("list_functions_invalid_functionversion", "ListFunctions", { FunctionVersion: "invalid" });
    const listed = async (FunctionVersion?: string): Promise<object> => ({
      Functions: (await s.do("ListFunctions", { FunctionVersion }))["Functions"],
    });
    s.matches("list_all", await listed("ALL"));
    s.matches("list_default", await listed());
  },
  async "TestLambdaVersions::test_publish_version_on_create"(s) {
    await s.is("create_response", "CreateFunction", { ...given, Publish: true });
    await s.is("get_function_result", "GetFunction", { FunctionName });
    await s.is("get_function_version_result", "GetFunction", { FunctionName, Qualifier: "1" });
    await s.is("get_function_latest_result", "GetFunction", { FunctionName, Qualifier: "$LATEST" });
    await s.is("list_versions_result", "ListVersionsByFunction", { FunctionName });
    const Description = "Repeated version description :)";
    await s.is("repeated_publish_response", "PublishVersion", { FunctionName, Description });
    await s.is("list_versions_result_after_publish", "ListVersionsByFunction", { FunctionName });
  },
  async "TestLambdaVersions::test_version_lifecycle"(s) {
    const change = (label: string, Description: string) =>
      s.is(label, "UpdateFunctionConfiguration", { FunctionName, Description });
    await s.is("create_response", "CreateFunction", { ...given, Description: "No version :(" });
    await s.is("get_function_result", "GetFunction", { FunctionName });
    await s.is("list_versions_result", "ListVersionsByFunction", { FunctionName });
    await change("first_update_response", "First version :)");
    await s.is("first_update_get_function", "GetFunction", { FunctionName });
    const Description = "First version description :)";
    await s.is("first_publish_response", "PublishVersion", { FunctionName, Description });
    await s.is("first_publish_get_function", "GetFunction", { FunctionName, Qualifier: "1" });
    await s.is("first_publish_get_function_config", "GetFunctionConfiguration", { FunctionName, Qualifier: "1" });
    await change("second_update_response", "Second version :))");
    await s.is("first_publish_get_function_after_update", "GetFunction", { FunctionName, Qualifier: "1" });
    await s.is("second_publish_response", "PublishVersion", { FunctionName });
    const third = { FunctionName, Description: "Third version description :)))" };
    await s.is("third_publish_response", "PublishVersion", third);
    await s.is("list_versions_result_after_third_publish", "ListVersionsByFunction", { FunctionName });
    await s.do("DeleteFunction", { FunctionName, Qualifier: "1" });
    await s.is("list_versions_result_after_deletion_of_first_version", "ListVersionsByFunction", { FunctionName });
  },
  async "TestLambdaVersions::test_publish_with_wrong_sha256"(s) {
    await s.is("create_response", "CreateFunction", given);
    const found = await s.is("get_fn_response", "GetFunction", { FunctionName });
    await s.is("publish_wrong_sha256_exc", "PublishVersion", { FunctionName, CodeSha256: "somenonexistentsha256" });
    const { CodeSha256 } = found["Configuration"] as { readonly CodeSha256: string };
    await s.is("publish_result", "PublishVersion", { FunctionName, CodeSha256 });
  },
  async "TestLambdaRevisions::test_function_revisions_basic"(s) {
    s.matches("create_function_response_rev1", framed(await make(s, { Handler: "index.handler" })));
    const revision = async (label: string): Promise<unknown> => {
      const found = await s.is(label, "GetFunction", { FunctionName });
      return (found["Configuration"] as { readonly RevisionId: string }).RevisionId;
    };
    const first = await revision("get_function_response_rev2");
    const code = { FunctionName, ZipFile: echo };
    await s.is("update_function_revision_exception", "UpdateFunctionCode", { ...code, RevisionId: "wrong" });
    await s.is("update_function_code_response_rev3", "UpdateFunctionCode", { ...code, RevisionId: first });
    const second = await revision("get_function_response_rev4");
    const settings = { FunctionName, Runtime: "python3.8" };
    const label = "update_function_configuration_revision_exception";
    await s.is(label, "UpdateFunctionConfiguration", { ...settings, RevisionId: "wrong" });
    const changed = "update_function_configuration_response_rev5";
    await s.is(changed, "UpdateFunctionConfiguration", { ...settings, RevisionId: second });
    await revision("get_function_response_rev6");
  },
  async "TestLambdaRevisions::test_function_revisions_version_and_alias"(s) {
    s.matches("create_function_response_rev1", framed(await make(s)));
    const found = await s.is("get_function_active_rev2", "GetFunction", { FunctionName });
    const { RevisionId } = found["Configuration"] as { readonly RevisionId: string };
    await s.is("publish_version_revision_exception", "PublishVersion", { FunctionName, RevisionId: "wrong" });
    await s.is("publish_version_response_rev_v1", "PublishVersion", { FunctionName, RevisionId });
    const numbered = { FunctionName, Qualifier: "1" };
    await s.is("get_function_published_version_rev_v2", "GetFunction", numbered);
    await s.is("get_function_latest_rev3", "GetFunction", { FunctionName });
    const alias = { FunctionName, Name: "revision_alias" };
    const made = await s.is("create_alias_response_rev_a1", "CreateAlias", { ...alias, FunctionVersion: "1" });
    await s.is("get_function_latest_rev4", "GetFunction", { FunctionName });
    await s.is("get_function_published_version_rev_v3", "GetFunction", numbered);
    await s.is("update_alias_revision_exception", "UpdateAlias", { ...alias, RevisionId: "wrong" });
    const change = { ...alias, Description: "something changed", RevisionId: made["RevisionId"] };
    await s.is("update_alias_response_rev_a2", "UpdateAlias", change);
  },
});
