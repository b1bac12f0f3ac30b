// Functions whose code, handler or alias changes between invocations, and what is reserved of concurrency, as it was recorded from AWS (see ../NOTICE).

import { strToU8, zipSync } from "fflate";
import type { Answer, Input, Session } from "../session.ts";
import { makeRunning, nameless, node, python } from "./invoked.ts";
import { arn, FunctionName, recorded } from "./session.ts";

const VERSIONS = "TestLambdaVersions::test_";
const CONCURRENCY = "TestLambdaConcurrency::test_";

const invoke = (s: Session, label: string, more: Input = {}): Promise<Answer> =>
  s.is(label, "Invoke", { FunctionName, Payload: Buffer.from("{}"), ...more });

/** As `label` was recorded, but for the code's hash. */
async function shown(s: Session, label: string, operation: string, input: Input = {}): Promise<void> {
  s.matches(label, nameless(await s.ask(operation, { FunctionName, ...input })));
}

const source = (name: string): Uint8Array =>
  zipSync({
    "handler.py": strToU8(
      `def handler(event, context): return {"version_id": "${name}", "invoked_arn": context.invoked_function_arn, "version_from_ctx": context.function_version}`,
    ),
  });

/** A function as those tests made it themselves. */
const plain = { Description: "No version :(", Timeout: undefined, Environment: undefined, Handler: "handler.handler" };
const ofVersion = (name: string): Input => ({ ...plain, Code: { ZipFile: source(name) } });

recorded(import.meta.url, "lambda", {
  async [`${VERSIONS}lambda_versions_with_code_changes`](s) {
    s.matches("create_response", nameless(await makeRunning(s, ofVersion("version1"))));
    await shown(s, "first_publish_response", "PublishVersion", { Description: "First version description :)" });
    await shown(s, "update_lambda_response", "UpdateFunctionCode", { ZipFile: source("version2") });
    await invoke(s, "invocation_result_latest");
    await invoke(s, "invocation_result_v1", { Qualifier: "1" });
    await shown(s, "second_publish_response", "PublishVersion", { Description: "Second version description :)" });
    await invoke(s, "invocation_result_v2", { Qualifier: "2" });
    const published = { ZipFile: source("version3"), Publish: true };
    await shown(s, "update_lambda_response_with_publish", "UpdateFunctionCode", published);
    await invoke(s, "invocation_result_v3", { Qualifier: "3" });
    await invoke(s, "invocation_result_latest_end");
    await invoke(s, "invocation_result_v2_end", { Qualifier: "2" });
    await invoke(s, "invocation_result_v1_end", { Qualifier: "1" });
  },
  async "TestLambdaAliases::test_lambda_alias_moving"(s) {
    s.matches("create_response", nameless(await makeRunning(s, ofVersion("version1"))));
    await s.do("PublishVersion", { FunctionName, Description: "First version description :)" });
    const alias = { FunctionName, Name: "alias1" };
    await s.is("create_alias_response", "CreateAlias", { ...alias, FunctionVersion: "1" });
    const aliased = { Qualifier: "alias1" };
    await invoke(s, "invocation_result_qualifier_v1", aliased);
    await invoke(s, "invocation_result_qualifier_v1_arn", { FunctionName: `${arn}:alias1` });
    await shown(s, "update_lambda_response", "UpdateFunctionCode", { ZipFile: source("version2") });
    await invoke(s, "invocation_result_qualifier_v1_after_update", aliased);
    await shown(s, "second_publish_response", "PublishVersion", { Description: "Second version description :)" });
    await invoke(s, "invocation_result_qualifier_v1_after_publish", aliased);
    await s.is("update_alias_response", "UpdateAlias", { ...alias, FunctionVersion: "2" });
    await invoke(s, "invocation_result_qualifier_v2", aliased);
    await invoke(s, "invocation_exc_not_existent", { Qualifier: "non-existent-alias" });
  },
  async "TestLambdaAliases::test_alias_routingconfig"(s) {
    await makeRunning(s, ofVersion("version1"));
    await s.do("PublishVersion", { FunctionName });
    await s.do("UpdateFunctionCode", { FunctionName, ZipFile: source("version2"), Publish: true });
    const RoutingConfig = { AdditionalVersionWeights: { "2": 0.5 } };
    const alias = { FunctionName, Name: "alias1", FunctionVersion: "1", RoutingConfig };
    await s.is("create_alias_response", "CreateAlias", alias);
  },
  async [`${VERSIONS}lambda_handler_update`](s) {
    const lines = [
      'def handler(event, context): return {"handler": "handler"}',
      'def handler_two(event, context): return {"handler": "handler_two"}',
    ];
    await makeRunning(s, python(lines));
    await invoke(s, "invoke_result_handler_one");
    const Handler = "handler.handler_two";
    await shown(s, "update_function_configuration_result", "UpdateFunctionConfiguration", { Handler });
    await shown(s, "get_function_result", "GetFunction");
    await invoke(s, "invoke_result_handler_two");
    await s.do("PublishVersion", { FunctionName });
    await invoke(s, "invoke_result_handler_two_postpublish");
  },
  async "TestLambdaBaseFeatures::test_function_state"(s) {
    const made = await makeRunning(s, { ...ofVersion("one"), Description: undefined });
    s.matches("create-fn-response", nameless(made));
    await shown(s, "get-fn-response", "GetFunction");
  },
  async "TestLambdaBehavior::test_lambda_invoke_no_timeout"(s) {
    const lines = ["import time", "def handler(event, context):", "    time.sleep(event.get('wait', 0))"];
    const made = await makeRunning(s, python(lines), { Timeout: 2 });
    s.matches("create-result", { CreateEventSourceMappingResponse: null, CreateFunctionResponse: nameless(made) });
    await invoke(s, "invoke-result", { Payload: Buffer.from('{"wait": 0.5}') });
  },
  async "TestLambdaBehavior::test_mixed_architecture"(s) {
    const made = await makeRunning(s, python(["def handler(event, context): return 1"]));
    const response = { CreateEventSourceMappingResponse: null, CreateFunctionResponse: nameless(made) };
    s.matches("create_function_response", response);
    const changed = { ZipFile: source("arm"), Architectures: ["arm64"] };
    await shown(s, "update_function_code_response", "UpdateFunctionCode", changed);
  },
  async "TestLambdaCleanup::test_recreate_function"(s) {
    const echo = python(["def handler(event, context): return event"], "lambda_echo.py");
    for (const count of ["one", "two"]) {
      const CreateFunctionResponse = nameless(await makeRunning(s, echo));
      const response = { CreateEventSourceMappingResponse: null, CreateFunctionResponse };
      s.matches(`create_function_response_${count}`, response);
      await s.do("DeleteFunction", { FunctionName });
    }
  },
  async [`${CONCURRENCY}reserved_concurrency_async_queue`](s) {
    await makeRunning(s, python(["import time", "def handler(event, context):", "    time.sleep(event['wait'])"]));
    await shown(s, "fn", "GetFunctionConfiguration", { Qualifier: "$LATEST" });
    const one = { FunctionName, ReservedConcurrentExecutions: 1 };
    await s.is("put_fn_concurrency", "PutFunctionConcurrency", one);
    const waiting = s.do("Invoke", { FunctionName, Payload: Buffer.from('{"wait": 2}') });
    await invoke(s, "too_many_requests_exc");
    await waiting;
  },
  async [`${CONCURRENCY}reserved_provisioned_overlap`](s) {
    await makeRunning(s, node("1"));
    await s.do("PublishVersion", { FunctionName });
    const on = { FunctionName, Qualifier: "1" };
    const provisioned = (more: Input) => ({ ...on, ProvisionedConcurrentExecutions: 2, ...more });
    await s.is("put_provisioned_5", "PutProvisionedConcurrencyConfig", provisioned({}));
    await s.is("get_provisioned_prewait", "GetProvisionedConcurrencyConfig", on);
    await s.cloud.settle();
    await s.is("get_provisioned_postwait", "GetProvisionedConcurrencyConfig", on);
    const reserved = { FunctionName, ReservedConcurrentExecutions: 1 };
    await s.is("reserved_lower_than_provisioned_exc", "PutFunctionConcurrency", reserved);
    await s.do("PutFunctionConcurrency", { ...reserved, ReservedConcurrentExecutions: 2 });
    await s.is("get_concurrency", "GetFunctionConcurrency", { FunctionName });
    await invoke(s, "reserved_equals_provisioned_latest_invoke_exc");
    const changed = { Runtime: "python3.12", Handler: "handler.handler", Timeout: 15 };
    await shown(s, "update_func_config", "UpdateFunctionConfiguration", changed);
    await s.do("PublishVersion", { FunctionName });
    const more = provisioned({ Qualifier: "2", ProvisionedConcurrentExecutions: 1 });
    await s.is("reserved_equals_provisioned_another_provisioned_exc", "PutProvisionedConcurrencyConfig", more);
    const larger = provisioned({ ProvisionedConcurrentExecutions: 3 });
    await s.is("reserved_equals_provisioned_increase_provisioned_exc", "PutProvisionedConcurrencyConfig", larger);
  },
});
