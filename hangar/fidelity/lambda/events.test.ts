// Settings of asynchronous invocations, permissions' fields and event source mappings, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input } from "../session.ts";
import { allow } from "./invoked.ts";
import { arn, FunctionName, make, recorded, withoutPattern } from "./session.ts";

const missing = "doesnotexist";
const Action = "lambda:InvokeFunction";

recorded(import.meta.url, "lambda-api", {
  async "TestLambdaEventInvokeConfig::test_lambda_eventinvokeconfig_exceptions"(s) {
    const other = "second";
    await allow(s);
    await make(s);
    await make(s, { FunctionName: other });
    await s.is("fn_version_result", "PublishVersion", { FunctionName });
    const alias = "eventinvokealias";
    const made = await s.is("fn_alias_result", "CreateAlias", { FunctionName, Name: alias, FunctionVersion: "1" });
    const aliasArn = String(made["AliasArn"]);
    const nowhere = arn.replace(FunctionName, missing);
    const put = (label: string, input: Input): Promise<Answer> =>
      s.is(label, "PutFunctionEventInvokeConfig", { FunctionName, ...input });
    const once = { MaximumRetryAttempts: 1 };
    const to = (Destination: string): Input => ({ DestinationConfig: { OnSuccess: { Destination } } });
    await put("put_functionname_name_notfound", { FunctionName: missing, ...once });
    await put("put_functionname_arn_notfound", { FunctionName: nowhere, ...once });
    await put("put_functionname_nootherargs", { FunctionName: missing });
    await put("put_destination_lambda_doesntexist", to(nowhere));
    await put("put_destination_recursive", to(arn));
    await put("put_destination_other_lambda", to(arn.replace(FunctionName, other)));
    await put("put_destination_invalid_service_arn", to(arn.replace(":lambda:", ":iam:")));
    await put("put_destination_success_no_destination_arn", { DestinationConfig: { OnSuccess: {} } });
    await put("put_destination_failure_no_destination_arn", { DestinationConfig: { OnFailure: {} } });
    const Destination = arn.replace(":lambda:", ":_-/!lambda:");
    const invalid = { FunctionName, DestinationConfig: { OnFailure: { Destination } } };
    const refused = await s.ask("PutFunctionEventInvokeConfig", invalid);
    s.matches("put_destination_invalid_arn_pattern", withoutPattern(refused), withoutPattern);
    await put("put_destination_latest", once);
    await put("put_destination_latest_explicit_qualifier", { Qualifier: "$LATEST", ...once });
    await put("put_destination_version", { Qualifier: "1", ...once });
    await put("put_alias_functionname_qualifier", { Qualifier: alias, ...once });
    await put("put_alias_doesnotexist", { Qualifier: `${alias}${missing}`, ...once });
    for (const [kind, name] of [
      ["qualifiedarn", aliasArn],
      ["shorthand", `${FunctionName}:${alias}`],
    ] as const) {
      const named = { FunctionName: name, ...once };
      await put(`put_alias_${kind}`, named);
      await put(`put_alias_${kind}_qualifier`, { ...named, Qualifier: alias });
      await put(`put_alias_${kind}_qualifierconflict`, { ...named, Qualifier: `${alias}${missing}` });
    }
    const version = { FunctionName: `${FunctionName}:1`, ...once };
    const latest = { FunctionName: `${FunctionName}:$LATEST`, ...once };
    await put("put_version_shorthand", version);
    await put("put_shorthand_qualifier_match", { ...latest, Qualifier: "$LATEST" });
    await put("put_shorthand_qualifier_mismatch_1", { ...version, Qualifier: "$LATEST" });
    await put("put_shorthand_qualifier_mismatch_2", { ...latest, Qualifier: "1" });
    await put("put_shorthand_qualifier_mismatch_3", { ...version, Qualifier: alias });
    const both = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 };
    await put("put_maxevent_maxvalue_result", { ...both, MaximumEventAgeInSeconds: 21_600 });
    await put("put_pre_overwrite", both);
    const never = { MaximumRetryAttempts: 0 };
    await put("put_post_overwrite", never);
    await put("second_overwrite_existing_response", never);
    await s.is("get_post_overwrite", "GetFunctionEventInvokeConfig", { FunctionName });
    await put("pre_update_response", both);
    const update = (label: string, input: Input) =>
      s.is(label, "UpdateFunctionEventInvokeConfig", { ...never, ...input });
    await update("update_response", { FunctionName });
    await update("update_response_existing", { FunctionName });
    await s.is("list_configs", "ListFunctionEventInvokeConfigs", { FunctionName });
    const remove = (label: string, input: Input) => s.is(label, "DeleteFunctionEventInvokeConfig", input);
    await remove("delete_latest", { FunctionName, Qualifier: "$LATEST" });
    await remove("delete_version", { FunctionName, Qualifier: "1" });
    await remove("delete_alias", { FunctionName, Qualifier: alias });
    await s.is("list_configs_postdelete", "ListFunctionEventInvokeConfigs", { FunctionName });
    await remove("delete_function_not_found", { FunctionName });
    await remove("delete_function_doesnotexist", { FunctionName: missing });
    await s.is("list_function_doesnotexist", "ListFunctionEventInvokeConfigs", { FunctionName: missing });
    const get = (label: string, input: Input) => s.is(label, "GetFunctionEventInvokeConfig", input);
    await get("get_function_doesnotexist", { FunctionName: missing });
    await get("get_qualifier_doesnotexist", { FunctionName, Qualifier: missing });
    await update("update_eventinvokeconfig_function_doesnotexist", { FunctionName: missing });
    await get("get_eventinvokeconfig_doesnotexist", { FunctionName: aliasArn });
    await update("update_eventinvokeconfig_config_doesnotexist_with_qualifier", { FunctionName: aliasArn });
    await update("update_eventinvokeconfig_config_doesnotexist_without_qualifier", { FunctionName });
  },
  async "TestLambdaPermissions::test_add_lambda_permission_fields"(s) {
    await make(s);
    const add = (label: string, input: Input): Promise<Answer> =>
      s.is(label, "AddPermission", { FunctionName, Action, ...input });
    const SourceAccount = "000000000000";
    await add("add_permission_principal_wildcard", { StatementId: "wilcard", Principal: "*", SourceAccount });
    const service = { StatementId: "lambda", Principal: "lambda.amazonaws.com", SourceAccount };
    await add("add_permission_principal_service", service);
    await add("add_permission_principal_account", { StatementId: "account-id", Principal: SourceAccount });
    const user = { StatementId: "user-arn", Principal: "arn:aws:iam::000000000000:user/own", SourceAccount };
    await add("add_permission_principal_arn", user);
    await add("add_permission_optional_fields", {
      StatementId: "urlPermission",
      Action: "lambda:InvokeFunctionUrl",
      Principal: "*",
      SourceArn: "arn:aws:s3:::test-bucket",
      SourceAccount,
      PrincipalOrgID: "o-1234567890",
      FunctionUrlAuthType: "NONE",
    });
    const EventSourceToken = "amzn1.ask.skill.xxxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    await add("add_permission_alexa_skill", { StatementId: "alexaSkill", Principal: "*", EventSourceToken });
  },
  async "TestLambdaEventSourceMappings::test_event_source_mapping_exceptions"(s) {
    const UUID = "11111111-1111-4111-8111-111111111111";
    await s.is("get_unknown_uuid", "GetEventSourceMapping", { UUID });
    await s.is("delete_unknown_uuid", "DeleteEventSourceMapping", { UUID });
    await s.is("update_unknown_uuid", "UpdateEventSourceMapping", { UUID, Enabled: false });
    const input = { FunctionName: missing };
    await s.is("create_no_event_source_arn", "CreateEventSourceMapping", input);
    const EventSourceArn = "arn:aws:sqs:us-east-1:111111111111:somequeue";
    await s.is("create_unknown_params", "CreateEventSourceMapping", { ...input, EventSourceArn });
    const DestinationConfig = { OnSuccess: { Destination: `${EventSourceArn}2` } };
    const success = { ...input, EventSourceArn, DestinationConfig };
    await s.is("destination_config_failure", "CreateEventSourceMapping", success);
  },
  async "TestLambdaProvisionedConcurrency::test_lambda_provisioned_lifecycle"(s) {
    await make(s);
    await s.is("publish_version_result", "PublishVersion", { FunctionName });
    const Name = "provisioned";
    await s.is("create_alias_result", "CreateAlias", { FunctionName, Name, FunctionVersion: "1" });
    const version = { FunctionName, Qualifier: "1" };
    const alias = { FunctionName, Qualifier: Name };
    const put = (label: string, input: Input) =>
      s.is(label, "PutProvisionedConcurrencyConfig", { ...input, ProvisionedConcurrentExecutions: 1 });
    await put("put_provisioned_on_version", version);
    await put("put_provisioned_on_alias_versionconflict", alias);
    await s.is("delete_provisioned_version", "DeleteProvisionedConcurrencyConfig", version);
    await s.is("get_provisioned_version_postdelete", "GetProvisionedConcurrencyConfig", version);
    await put("put_provisioned_on_alias", alias);
    await put("put_provisioned_on_version_conflict", version);
    await s.is("delete_alias_result", "DeleteAlias", { FunctionName, Name });
    await s.is("get_provisioned_alias_postaliasdelete", "GetProvisionedConcurrencyConfig", alias);
    await s.is("list_response_postdeletes", "ListProvisionedConcurrencyConfigs", { FunctionName });
  },
});
