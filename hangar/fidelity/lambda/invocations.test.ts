// Invocations and their errors, concurrency, request ids, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input, Session } from "../session.ts";
import { allow, logged, makeQueue, makeRunning, nameless, node, python, queueArn, received } from "./invoked.ts";
import { arn, FunctionName, recorded } from "./session.ts";

const ERRORS = "TestLambdaErrors::test_lambda_";
const FEATURES = "TestLambdaFeatures::test_";
const CONCURRENCY = "TestLambdaConcurrency::test_";
const RUNTIMES = ["python3.9", "python3.10", "nodejs16.x"];

const invoke = (s: Session, label: string, event: object = {}, more: Input = {}): Promise<Answer> =>
  s.is(label, "Invoke", { FunctionName, Payload: Buffer.from(JSON.stringify(event)), ...more });

const echo = python(["def handler(event, context):", "    return event"]);
const requestId = python([
  "import logging",
  "logging.getLogger().setLevel(logging.INFO)",
  "def handler(event, context):",
  "    logging.info('RequestId log message')",
  "    return context.aws_request_id",
]);

/** `Tail` as lines, the variable parts named. */
function tail({ LogResult }: Answer): string[] {
  const text = Buffer.from(String(LogResult), "base64").toString();
  return text.split("\n").slice(0, -1).map(measured);
}

const measured = (line: string): string =>
  line
    .replaceAll(/Duration: [\d.]+ ms/g, "Duration: <duration> ms")
    .replace(/Used: \d+ MB/, "Used: <memory> MB")
    .replace(/\t\d{4}-\S+Z\t/, "\tdate\t")
    .trimEnd();

recorded(import.meta.url, "lambda", {
  async "TestLambdaBehavior::test_lambda_cache_local[nodejs]"(s) {
    await makeRunning(s, node("({ counter: globalThis.n = (globalThis.n ?? -1) + 1 })"));
    await invoke(s, "first_invoke_result");
    await invoke(s, "second_invoke_result");
  },
  async "TestLambdaBehavior::test_lambda_cache_local[python]"(s) {
    const lines = ["n = -1", "def handler(event, context):", "    global n", "    n += 1", "    return {'counter': n}"];
    await makeRunning(s, python(lines));
    await invoke(s, "first_invoke_result");
    await invoke(s, "second_invoke_result");
  },
  async [`${ERRORS}handler_error`](s) {
    const lines = ["def handler(event, context):", '    raise Exception("Handler fails")'];
    await makeRunning(s, python(lines, "lambda_handler_error.py"));
    await invoke(s, "invocation_error");
  },
  async [`${ERRORS}handler_exit`](s) {
    await makeRunning(s, python(["import sys", "def handler(event, context):", "    sys.exit(0)"]));
    await invoke(s, "invocation_error");
  },
  async [`${ERRORS}runtime_exit`](s) {
    await makeRunning(s, python(["import sys", "sys.exit(0)"]));
    await invoke(s, "invocation_error");
  },
  async [`${ERRORS}runtime_wrapper_not_found`](s) {
    const Variables = { AWS_LAMBDA_EXEC_WRAPPER: "/idontexist.sh" };
    await makeRunning(s, echo, { Environment: { Variables } });
    await invoke(s, "invocation_error");
  },
  async "TestLambdaBaseFeatures::test_lambda_too_large_response"(s) {
    await makeRunning(s, python(["def handler(event, context):", "    return 'x' * event['size']"]));
    await invoke(s, "invoke_result", { size: 6_291_555 });
    await invoke(s, "invoke_result_2", { size: 7_000_000 });
  },
  async [`${FEATURES}invoke_exceptions`](s) {
    await invoke(s, "invoke_function_doesnotexist", {}, { FunctionName: "doesnotexist" });
  },
  ...Object.fromEntries(
    RUNTIMES.slice(0, 2).flatMap((Runtime) =>
      [
        ["request_response", "RequestResponse"],
        ["event", "Event"],
        ["dry_run", "DryRun"],
      ].map(([name, InvocationType]): [string, (s: Session) => Promise<void>] => [
        `${FEATURES}invocation_type_${name}[${Runtime}]`,
        async (s) => {
          await makeRunning(s, echo, { Runtime });
          await invoke(s, "invoke-result", {}, { InvocationType });
        },
      ]),
    ),
  ),
  ...Object.fromEntries(
    ["python", "nodejs"].flatMap((kind) =>
      ["RequestResponse", "Event"].map((InvocationType): [string, (s: Session) => Promise<void>] => [
        `${FEATURES}invocation_type_no_return_payload[${kind}-${InvocationType}]`,
        async (s) => {
          await makeRunning(s, kind === "python" ? python(["def handler(event, context):", "    pass"]) : node("{}"));
          await invoke(s, "invoke-result", {}, { InvocationType });
        },
      ]),
    ),
  ),
  async "TestRequestIdHandling::test_request_id_invoke"(s) {
    await makeRunning(s, requestId);
    const answer = await s.ask("Invoke", { FunctionName, LogType: "Tail" });
    const { LogResult: _log, ...result } = answer;
    s.matches("invoke_result", result);
    s.matches("log_entries", { logs: tail(answer) });
  },
  async "TestRequestIdHandling::test_request_id_async_invoke_with_retry"(s) {
    await makeRunning(s, python(["def handler(event, context):", "    raise Exception('no')"]));
    await s.do("PutFunctionEventInvokeConfig", { FunctionName, MaximumRetryAttempts: 1 });
    await invoke(s, "invoke_result", {}, { InvocationType: "Event" });
    await s.cloud.clock.advance("3 minutes");
    const ends = (await logged(s)).filter((line) => line.startsWith("END")).map((line) => line.trim());
    s.matches("end_messages", ends);
  },
  async [`${FEATURES}invocation_with_qualifier`](s) {
    const lines = [
      "import logging",
      "logging.getLogger().setLevel(logging.INFO)",
      "NAMES = ['invoked_function_arn', 'function_version', 'function_name', 'memory_limit_in_mb', 'aws_request_id', 'log_group_name', 'log_stream_name', 'client_context']",
      "def handler(event, context):",
      "    print('Lambda log message - print function')",
      "    logging.info('Lambda log message - logging module')",
      "    return {'event': event, 'context': {name: getattr(context, name) for name in NAMES}}",
    ];
    const settings = { Publish: true, Timeout: 10, Environment: undefined };
    s.matches("creation-response", nameless(await makeRunning(s, python(lines), settings)));
    const event = { foo: "bar with 'quotes\"" };
    const answer = await invoke(s, "invocation-response", event, { Qualifier: "1", LogType: "Tail" });
    s.matches("log_result", { log_result: tail(answer).slice(0, -1) });
  },
  async [`${CONCURRENCY}lambda_concurrency_block`](s) {
    await makeRunning(s, echo);
    s.matches("v1_result", nameless(await s.do("PublishVersion", { FunctionName })));
    const one = { FunctionName, ReservedConcurrentExecutions: 1 };
    await s.is("reserved_concurrency_result", "PutFunctionConcurrency", one);
    const hello = { hello: "world" };
    await invoke(s, "invoke_latest_before_block", hello);
    const provisioned = { FunctionName, Qualifier: "1", ProvisionedConcurrentExecutions: 1 };
    await s.is("provisioned_concurrency_result", "PutProvisionedConcurrencyConfig", provisioned);
    await s.cloud.settle();
    await invoke(s, "invoke_latest_first_exc", hello);
    await invoke(s, "invoke_v1_after_block", hello, { Qualifier: "1" });
    await invoke(s, "invoke_latest_second_exc", hello);
  },
  async [`${CONCURRENCY}lambda_concurrency_crud`](s) {
    await makeRunning(s, echo);
    const get = (label: string) => s.is(label, "GetFunctionConcurrency", { FunctionName });
    await get("get_function_concurrency_default");
    const reserved = { FunctionName, ReservedConcurrentExecutions: 0 };
    await s.is("put_function_concurrency", "PutFunctionConcurrency", reserved);
    await get("get_function_concurrency_updated");
    await s.do("DeleteFunctionConcurrency", { FunctionName });
    await get("get_function_concurrency_deleted");
  },
  async [`${CONCURRENCY}lambda_concurrency_update`](s) {
    await makeRunning(s, echo);
    const reserved = { FunctionName, ReservedConcurrentExecutions: 3 };
    await s.is("put_function_concurrency", "PutFunctionConcurrency", reserved);
    await s.is("get_function_concurrency_updated", "GetFunctionConcurrency", { FunctionName });
    s.matches("get_function_concurrency_info", nameless(await s.do("GetFunction", { FunctionName })));
    await s.do("DeleteFunctionConcurrency", { FunctionName });
    await s.is("get_function_concurrency_deleted", "GetFunctionConcurrency", { FunctionName });
  },
  async [`${CONCURRENCY}reserved_concurrency`](s) {
    await makeRunning(s, echo, { Timeout: 20 });
    const latest = { FunctionName, Qualifier: "$LATEST" };
    s.matches("fn", nameless(await s.do("GetFunctionConfiguration", latest)));
    const none = { FunctionName, ReservedConcurrentExecutions: 0 };
    await s.is("put_reserved", "PutFunctionConcurrency", none);
    await invoke(s, "exc_no_cap_requestresponse");
    const url = await makeQueue(s, "failed");
    await allow(s);
    const DestinationConfig = { OnFailure: { Destination: queueArn("failed") }, OnSuccess: {} };
    const config = { FunctionName, DestinationConfig, MaximumRetryAttempts: 0 };
    await s.is("put_event_invoke_conf", "PutFunctionEventInvokeConfig", config);
    await invoke(s, "invoke_result", {}, { InvocationType: "Event" });
    await s.cloud.clock.advance("1 minute");
    const { Messages } = await received(s, url, { AttributeNames: ["All"] });
    const times = /"(SentTimestamp|ApproximateFirstReceiveTimestamp)":"\d+"/g;
    const [message] = JSON.parse(JSON.stringify(Messages).replaceAll(times, '"$1":"timestamp"')) as [unknown];
    s.matches("msg", message);
  },
  ...Object.fromEntries(
    ["", "_on_alias"].map((suffix): [string, (s: Session) => Promise<void>] => [
      `${CONCURRENCY}provisioned_concurrency${suffix}`,
      async (s) => {
        await makeRunning(s, node("1"));
        await s.do("PublishVersion", { FunctionName });
        if (suffix !== "") await s.do("CreateAlias", { FunctionName, Name: "live", FunctionVersion: "1" });
        const on = { FunctionName, Qualifier: suffix === "" ? "1" : "live" };
        const five = { ...on, ProvisionedConcurrentExecutions: 5 };
        await s.is("put_provisioned_5", "PutProvisionedConcurrencyConfig", five);
        await s.is("get_provisioned_prewait", "GetProvisionedConcurrencyConfig", on);
        await s.cloud.settle();
        await s.is("get_provisioned_postwait", "GetProvisionedConcurrencyConfig", on);
      },
    ]),
  ),
  async [`${CONCURRENCY}provisioned_concurrency_init_failure`](s) {
    await makeRunning(s, python(["raise Exception('no')"]));
    await s.do("PublishVersion", { FunctionName });
    const on = { FunctionName, Qualifier: "1" };
    const one = { ...on, ProvisionedConcurrentExecutions: 1 };
    await s.is("put_provisioned", "PutProvisionedConcurrencyConfig", one);
    await s.is("get_provisioned_prewait", "GetProvisionedConcurrencyConfig", on);
    await s.cloud.settle();
    await s.is("get_provisioned_postwait", "GetProvisionedConcurrencyConfig", on);
  },
  async "TestLambdaBehavior::test_lambda_invoke_with_timeout"(s) {
    const lines = ["import time", "def handler(event, context):", "    time.sleep(event['wait'])"];
    const made = await makeRunning(s, python(lines), { Timeout: 1, FunctionName: arn });
    s.matches("create-result", { CreateEventSourceMappingResponse: null, CreateFunctionResponse: nameless(made) });
    await invoke(s, "invoke-result", { wait: 3 });
  },
});
