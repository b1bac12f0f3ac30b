// Logging settings, permissions of versions, signing configurations that are not there, concurrency's limits, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { framed, FunctionName, make, recorded } from "./session.ts";

const LOGGING = "TestLoggingConfig::test_";
const missing = "csc-test-doesnotexist";
const PARTIAL = [
  { LogFormat: "JSON" },
  { LogFormat: "JSON", ApplicationLogLevel: "DEBUG" },
  { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
  { LogGroup: "cool_lambda" },
];

async function described(s: Session, more: Input = {}): Promise<void> {
  s.matches("create_response", framed(await make(s, { MemorySize: 256, Timeout: 5, ...more })));
  await s.is("get_function_response", "GetFunction", { FunctionName });
  await s.is("function_config", "GetFunctionConfiguration", { FunctionName });
}

async function changed(s: Session, LoggingConfig: object, suffix = ""): Promise<void> {
  await s.is(`updated_config${suffix}`, "UpdateFunctionConfiguration", { FunctionName, LoggingConfig });
  await s.is(`received_config${suffix}`, "GetFunctionConfiguration", { FunctionName });
}

const fromBucket = (StatementId: string, more: Input = {}): Input => ({
  FunctionName,
  Action: "lambda:InvokeFunction",
  StatementId,
  Principal: "s3.amazonaws.com",
  SourceArn: "arn:aws:s3:::bucket",
  ...more,
});

recorded(import.meta.url, "lambda-api", {
  async [`${LOGGING}function_advanced_logging_configuration`](s) {
    await described(s, { LoggingConfig: { LogFormat: "JSON" } });
    await changed(s, { LogGroup: "cool_lambda" });
  },
  async [`${LOGGING}advanced_logging_configuration_format_switch`](s) {
    await described(s);
    await changed(s, { LogFormat: "JSON" });
    await changed(s, { LogFormat: "Text" }, "_v2");
  },
  ...Object.fromEntries(
    PARTIAL.map((config, index): [string, (s: Session) => Promise<void>] => [
      `${LOGGING}function_partial_advanced_logging_configuration_update[partial_config${index}]`,
      async (s) => {
        await described(s);
        await changed(s, config);
      },
    ]),
  ),
  async "TestLambdaPermissions::test_lambda_permission_versioning"(s) {
    await make(s);
    const policy = (label: string, Qualifier?: string) => s.is(label, "GetPolicy", { FunctionName, Qualifier });
    await s.is("add_permission", "AddPermission", fromBucket("s3"));
    await policy("get_policy");
    await s.do("PublishVersion", { FunctionName });
    await policy("get_policy_after_publishing_latest");
    await policy("get_policy_after_publishing_new_version", "1");
    await s.do("AddPermission", fromBucket("s3", { Qualifier: "1" }));
    await policy("get_policy_after_adding_to_new_version");
    await s.do("AddPermission", fromBucket("s3_2"));
    await policy("get_policy_after_adding_2");
  },
  async "TestCodeSigningConfig::test_code_signing_not_found_excs"(s) {
    await make(s);
    const made = await s.is("create_code_signing_config", "CreateCodeSigningConfig", {
      AllowedPublishers: {
        SigningProfileVersionArns: ["arn:aws:signer:us-east-1:000000000000:/signing-profiles/test"],
      },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
      Description: "Testing CodeSigning Config",
    });
    const { CodeSigningConfigArn } = made["CodeSigningConfig"] as { readonly CodeSigningConfigArn: string };
    const wrong = { CodeSigningConfigArn: `${CodeSigningConfigArn.slice(0, -1)}x` };
    const own = { CodeSigningConfigArn };
    const refused = (label: string, operation: string, input: Input) => s.is(label, operation, input);
    await refused("delete_csc_notfound", "DeleteCodeSigningConfig", wrong);
    await s.is("nothing_to_delete_response", "DeleteFunctionCodeSigningConfig", { FunctionName });
    await refused("delete_function_csc_fnnotfound", "DeleteFunctionCodeSigningConfig", { FunctionName: missing });
    await refused("put_function_csc_invalid_fnname", "PutFunctionCodeSigningConfig", { FunctionName: missing, ...own });
    await refused("put_function_csc_invalid_csc_arn", "PutFunctionCodeSigningConfig", { FunctionName, ...wrong });
    const both = { FunctionName: missing, ...wrong };
    await refused("put_function_csc_invalid_both", "PutFunctionCodeSigningConfig", both);
    await refused("update_csc_invalid_csc_arn", "UpdateCodeSigningConfig", { ...wrong, Description: "new" });
    await refused("update_csc_noupdates", "UpdateCodeSigningConfig", wrong);
    await s.is("update_csc_noupdate_response", "UpdateCodeSigningConfig", own);
    await refused("get_csc_invalid", "GetCodeSigningConfig", wrong);
    await s.is("get_function_csc_fnwithoutcsc", "GetFunctionCodeSigningConfig", { FunctionName });
    await refused("get_function_csc_nonexistingfn", "GetFunctionCodeSigningConfig", { FunctionName: missing });
    await s.is("list_functions_by_csc_fnwithoutcsc", "ListFunctionsByCodeSigningConfig", own);
    await refused("list_functions_by_csc_invalid_cscarn", "ListFunctionsByCodeSigningConfig", wrong);
  },
  async "TestLambdaReservedConcurrency::test_function_concurrency_limits"(s) {
    await make(s);
    const put = (label: string, ReservedConcurrentExecutions: number) =>
      s.is(label, "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions });
    await put("put_function_concurrency_account_limit_exceeded", 1001);
    await put("put_function_concurrency_below_unreserved_min_value", 901);
  },
  async "TestLambdaProvisionedConcurrency::test_provisioned_concurrency_limits"(s) {
    await make(s);
    await s.do("PublishVersion", { FunctionName });
    const put = (label: string, ProvisionedConcurrentExecutions: number) =>
      s.is(label, "PutProvisionedConcurrencyConfig", { FunctionName, Qualifier: "1", ProvisionedConcurrentExecutions });
    await put("put_provisioned_concurrency_account_limit_exceeded", 1001);
    await put("put_provisioned_concurrency_below_unreserved_min_value", 901);
  },
});
