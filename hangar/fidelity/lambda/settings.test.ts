// Concurrency, recursion, permissions and runtimes, as they were recorded from AWS (see ../NOTICE).

import type { Session } from "../session.ts";
import { arn, FunctionName, given, make, recorded } from "./session.ts";

const staging = { ...given, Environment: { Variables: { testenv: "staging" } } };
const DEPRECATED = "dotnetcore3.1 go1.x java8 nodejs12.x nodejs14.x provided python3.7 ruby2.7";
const deprecated = "TestRuntimeValidation::test_create_deprecated_function_runtime_with_validation_enabled";

function permit(s: Session, label: string, StatementId: string, more: object = {}) {
  const permission = { StatementId, Action: "lambda:InvokeFunction", Principal: `${StatementId}.amazonaws.com` };
  return s.is(label, "AddPermission", { FunctionName, ...permission, ...more });
}

recorded(import.meta.url, "lambda-api", {
  async "TestLambdaReservedConcurrency::test_function_concurrency_exceptions"(s) {
    const put = (label: string, name: string, ReservedConcurrentExecutions: number) =>
      s.is(label, "PutFunctionConcurrency", { FunctionName: name, ReservedConcurrentExecutions });
    const missing = "put_function_concurrency_with_function_name_doesnotexist";
    await put(missing, "doesnotexist", 1);
    await put(`${missing}_and_invalid_concurrency`, "doesnotexist", 0);
    await make(s);
    await s.do("PublishVersion", { FunctionName });
    await put("put_function_concurrency_with_qualified_arn", `${arn}:1`, 1);
  },
  async "TestLambdaReservedConcurrency::test_function_concurrency"(s) {
    await make(s);
    const put = (count: number) =>
      s.is(`put_function_concurrency_with_reserved_${count}`, "PutFunctionConcurrency", {
        FunctionName,
        ReservedConcurrentExecutions: count,
      });
    await put(0);
    await put(1);
    await s.is("get_function_concurrency", "GetFunctionConcurrency", { FunctionName });
    await s.is("delete_response", "DeleteFunctionConcurrency", { FunctionName });
    await s.is("get_function_concurrency_after_delete", "GetFunctionConcurrency", { FunctionName });
  },
  async "TestLambdaPermissions::test_remove_multi_permissions"(s) {
    await make(s);
    const policy = (label: string) => s.is(label, "GetPolicy", { FunctionName });
    await permit(s, "add_permission_1", "s3");
    await permit(s, "add_permission_2", "sqs", { SourceArn: "arn:aws:s3:::test-bucket" });
    await policy("policy_after_2_add");
    const ghost = { FunctionName, StatementId: "non-existent" };
    await s.is("remove_permission_exception_nonexisting_sid", "RemovePermission", ghost);
    await s.do("RemovePermission", { FunctionName, StatementId: "sqs" });
    await policy("policy_after_removal");
    await s.ask("RemovePermission", { FunctionName, StatementId: "sqs" });
    await policy("policy_after_removal_attempt");
    await s.do("RemovePermission", { FunctionName, StatementId: "s3" });
    await policy("get_policy_exception_removed_all");
  },
  async "TestLambdaPermissions::test_create_multiple_lambda_permissions"(s) {
    await make(s);
    await permit(s, "add_permission_response_1", "logs");
    await permit(s, "add_permission_response_2", "kinesis");
    await s.is("policy_after_2_add", "GetPolicy", { FunctionName });
  },
  async "TestLambdaLayer::test_layer_function_quota_exception"(s) {
    const { Content, ...layer } = { Content: { ZipFile: given.Code.ZipFile }, CompatibleRuntimes: [given.Runtime] };
    const Layers: unknown[] = [];
    for (let number = 0; number < 6; number += 1) {
      const made = await s.do("PublishLayerVersion", { LayerName: `layer-${number}`, Content, ...layer });
      Layers.push(made["LayerVersionArn"]);
    }
    await s.is("create_function_with_six_layers", "CreateFunction", { ...given, Layers });
  },
  async "TestLambdaSnapStart::test_snapstart_exceptions"(s) {
    const SnapStart = { ApplyOn: "invalidOption" };
    await s.is("create_function_invalid_snapstart_apply", "CreateFunction", { ...given, SnapStart });
  },
  async "TestLambdaRecursion::test_put_function_recursion_config_allow"(s) {
    await make(s);
    const config = { FunctionName, RecursiveLoop: "Allow" };
    await s.is("put_recursion_config_response", "PutFunctionRecursionConfig", config);
    await s.is("get_recursion_config_response", "GetFunctionRecursionConfig", { FunctionName });
  },
  async "TestLambdaRecursion::test_put_function_recursion_config_default_terminate"(s) {
    await make(s);
    await s.is("get_recursion_default_terminate_response", "GetFunctionRecursionConfig", { FunctionName });
  },
  async "TestLambdaAlias::test_non_existent_alias_deletion"(s) {
    await s.is("create_response", "CreateFunction", staging);
    await s.is("delete_alias_response", "DeleteAlias", { FunctionName, Name: "non-existent" });
  },
  async "TestLambdaAlias::test_non_existent_alias_update"(s) {
    await s.is("create_response", "CreateFunction", staging);
    await s.is("update_alias_response", "UpdateAlias", { FunctionName, Name: "non-existent" });
  },
  ...Object.fromEntries(
    DEPRECATED.split(" ").map((Runtime): [string, (s: Session) => Promise<void>] => [
      `${deprecated}[${Runtime}]`,
      async (s) => void (await s.is("deprecation_error", "CreateFunction", { ...given, Runtime })),
    ]),
  ),
});
