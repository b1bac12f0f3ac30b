// What callers and logs are told of errors, as Lambda's own runtimes of Node and Python tell it.

import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;

beforeAll(async () => {
  at = await startLambdaCloud("invoke-errors");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

type Settings = Parameters<typeof makeFunction>[3];

/** The payload, and the lines that are not Lambda's own. */
async function failure(name: string, files: Readonly<Record<string, string>>, more?: Settings) {
  await makeFunction(at, name, files, more);
  const { json, FunctionError } = await run(at, name);
  expect(FunctionError).toBe("Unhandled");
  const lines = await logOf(at, name);
  const own = lines.filter((line) => !/^(?:INIT_|START |END |REPORT )|"type":"platform/.test(line));
  return { json, own, all: lines.join("") };
}

/** What follows the label of a text log's line. */
function told(line: string | undefined, label: string): unknown {
  const [, found = "", json = ""] = /^\S+\t\S+\tERROR\t(.+?) \t(.*)\n$/s.exec(line ?? "") ?? [];
  expect(found).toBe(label);
  return JSON.parse(json);
}

const node = (body: string, name = "index.js"): Record<string, string> => ({ [name]: body });
const python = (body: string): Record<string, string> => ({ "app.py": body });
const PYTHON: Settings = { Runtime: "python3.12", Handler: "app.handler", Timeout: 10 };

test("a rejection that nobody handles is an error of the runtime, with the reason in the log", async () => {
  const code = "Promise.reject(new Error('lost')); await new Promise((done) => setTimeout(done, 500))";
  const { json, own } = await failure("rejects", node(`exports.handler = async () => { ${code} }`));
  const errorType = "Runtime.UnhandledPromiseRejection";
  const first = `${errorType}: Error: lost`;
  const from = expect.stringMatching(/^ {4}at .*\(node:/);
  expect(json).toEqual({
    errorType,
    errorMessage: "Error: lost",
    trace: [first, ...Array.from({ length: 5 }, () => from)],
  });
  expect(told(own[0], "Unhandled Promise Rejection")).toEqual({
    errorType,
    errorMessage: "Error: lost",
    reason: { errorType: "Error", errorMessage: "lost", stack: expect.arrayContaining(["Error: lost"]) },
    promise: {},
    stack: (json as { trace: unknown }).trace,
  });
});

test("a rejection during initialisation ends it with the same error", async () => {
  const code = "Promise.reject(new TypeError('early')); exports.handler = async () => 1";
  const { json, all } = await failure("early", node(`${code}; setTimeout(() => {}, 500)`));
  expect(json).toMatchObject({ errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "TypeError: early" });
  expect(all).toContain("Phase: init\tStatus: error\tError Type: Runtime.UnhandledPromiseRejection\n");
});

test("a promise that is never settled is told of", async () => {
  const { json } = await failure("never", node("exports.handler = async () => { await new Promise(() => {}) }"));
  expect(json).toMatchObject({ errorType: "Runtime.NodeJsExit", errorMessage: /never settled/ });
});

test("a package that is not there: an error of the runtime from require, Node's own from import", async () => {
  const required = await failure("requires", node("require('./own')", "index.js"));
  expect(required.json).toEqual({
    errorType: "Runtime.ImportModuleError",
    errorMessage: "Error: Cannot find module './own'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs",
    trace: [
      "Runtime.ImportModuleError: Error: Cannot find module './own'",
      "Require stack:",
      "- /var/task/index.js",
      "- /var/runtime/index.mjs",
    ],
  });
  const imported = await failure("imports", node("import 'nopackage'", "index.mjs"));
  const errorMessage = "Cannot find package 'nopackage' imported from /var/task/index.mjs";
  expect(imported.json).toMatchObject({ errorType: "Error", errorMessage });
  expect(told(imported.own[0], "Uncaught Exception")).toMatchObject({ code: "ERR_MODULE_NOT_FOUND", errorMessage });
});

test("an error's own members are in the log, errors among them; the caller has three", async () => {
  const code = `class Failed extends Error { name = "Failed"; order = { id: 7 } }
    exports.handler = async () => { throw Object.assign(new Failed("no"), { cause: new RangeError("why") }) }`;
  const { json, own } = await failure("members", node(code));
  expect(json).toEqual({ errorType: "Failed", errorMessage: "no", trace: expect.arrayContaining(["Failed: no"]) });
  expect(told(own[0], "Invoke Error")).toEqual({
    errorType: "Failed",
    errorMessage: "no",
    name: "Failed",
    order: { id: 7 },
    cause: { errorType: "RangeError", errorMessage: "why", stack: expect.any(Array) },
    stack: (json as { trace: unknown }).trace,
  });
});

test("an answer that is no JSON, and what is thrown and is no error", async () => {
  const big = await failure("big", node("exports.handler = async () => 10n"));
  const errorMessage = "Unable to stringify response body";
  expect(big.json).toMatchObject({ errorType: "Runtime.JSONStringifyError", errorMessage });
  const older = await failure("older", node("exports.handler = async () => 10n"), { Runtime: "nodejs22.x" });
  expect(older.json).toMatchObject({ errorType: "Error", errorMessage });
  const text = await failure("text", node("exports.handler = async () => { throw 'words' }"));
  expect(text.json).toEqual({ errorType: "string", errorMessage: "words", trace: [] });
});

test("JSON logs have errors with their stack, wherever they are, and no line's end", async () => {
  const code =
    "console.log({ inner: new TypeError('in') }); console.error('it', new RangeError('out')); throw new Error('x')";
  const { own } = await failure("json", node(`exports.handler = async () => { ${code} }`), {
    LoggingConfig: { LogFormat: "JSON" },
  });
  const requestId = expect.any(String);
  const timestamp = expect.any(String);
  const stackTrace = (first: string) => expect.arrayContaining([first, expect.stringContaining("/var/task/index.js")]);
  const facts = (errorType: string, errorMessage: string) => ({
    errorType,
    errorMessage,
    stackTrace: stackTrace(`${errorType}: ${errorMessage}`),
  });
  expect(own.every((line) => !line.endsWith("\n"))).toBe(true);
  expect(own.map((line) => JSON.parse(line) as unknown)).toEqual([
    { timestamp, level: "INFO", requestId, message: { inner: facts("TypeError", "in") } },
    {
      timestamp,
      level: "ERROR",
      requestId,
      message: expect.stringMatching(/^it RangeError: out\n/),
      ...facts("RangeError", "out"),
    },
    { timestamp, level: "ERROR", requestId, message: facts("Error", "x") },
  ]);
});

test("Python's output is an event a line, its loggers' records and failures are one each", async () => {
  const { json, own } = await failure(
    "prints",
    python(`import logging
logging.getLogger().setLevel("INFO")
def handler(event, context):
    print("two\\nlines")
    logging.info("also\\ntwo")
    raise KeyError("x")
`),
    PYTHON,
  );
  expect(json).toMatchObject({ errorType: "KeyError", errorMessage: "'x'" });
  expect(own).toEqual([
    "two\n",
    "lines\n",
    expect.stringMatching(/^\[INFO\]\t\S+Z\t[0-9a-f-]{36}\talso\ntwo\n$/),
    `[ERROR] KeyError: 'x'\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py", line 6, in handler\n\u00a0\u00a0\u00a0\u00a0raise KeyError("x")`,
  ]);
});

test("Python's JSON records have what the program adds, and where an exception was logged", async () => {
  const { own } = await failure(
    "records",
    python(`import logging
def handler(event, context):
    logging.warning("a %s", 1, extra={"order": {"id": 7}})
    try:
        1 / 0
    except ZeroDivisionError:
        logging.exception("caught")
    raise ValueError("größer")
`),
    { ...PYTHON, LoggingConfig: { LogFormat: "JSON" } },
  );
  const common = {
    timestamp: expect.stringMatching(/^[\d-]+T[\d:]+\.\d{3}Z$/),
    requestId: expect.any(String),
    logger: "root",
  };
  expect(own.map((line) => JSON.parse(line) as unknown)).toEqual([
    { ...common, level: "WARNING", message: "a 1", order: { id: 7 } },
    {
      ...common,
      level: "ERROR",
      message: "caught",
      errorType: "ZeroDivisionError",
      errorMessage: "division by zero",
      stackTrace: [expect.stringContaining("line 5, in handler")],
      location: "/var/task/app.py:handler:7",
    },
    {
      timestamp: expect.stringMatching(/^[\d-]+T[\d:]+$/),
      level: "ERROR",
      requestId: expect.any(String),
      errorType: "ValueError",
      errorMessage: "größer",
      stackTrace: [expect.stringContaining("line 8, in handler")],
    },
  ]);
});

test("a Python module that cannot be loaded: its line, a warning before, no request's id", async () => {
  const { json, own } = await failure("syntax", python("def handler(event, context)\n    pass\n"), PYTHON);
  expect(json).toEqual({
    errorMessage: "Syntax error in module 'app': expected ':' (app.py, line 1)",
    errorType: "Runtime.UserCodeSyntaxError",
    requestId: "",
    stackTrace: ['  File "/var/task/app.py" Line 1\n    def handler(event, context)\n'],
  });
  expect(own.slice(0, 2)).toEqual([
    expect.stringMatching(/^\[WARNING\]\t\S+Z\t\tLAMBDA_WARNING: Unhandled exception\. .*runtimes-update\.html\r\n$/),
    expect.stringMatching(/^\[ERROR\] Runtime\.UserCodeSyntaxError: Syntax error in module 'app'/),
  ]);
  const builtIn = await failure("builtin", { "time.py": "" }, { ...PYTHON, Handler: "time.handler" });
  expect(builtIn.json).toMatchObject({
    errorType: "Runtime.BuiltInModuleConflict",
    errorMessage: "Cannot use built-in module time as a handler module",
  });
});

test("a timeout's REPORT has its time and no more, and the memory it had", async () => {
  const slow = node("exports.handler = () => new Promise((done) => setTimeout(done, 9000))");
  const { all } = await failure("slow", slow, { Timeout: 1 });
  expect(all).toMatch(
    /\tDuration: 1000\.00 ms\tBilled Duration: \d{4} ms\t.*Max Memory Used: [1-9]\d+ MB\t.*Status: timeout\n$/,
  );
});

test.each([
  ["nodejs24.x", "index.handler", node("exports.handler = async (end) => process.kill(process.pid, end)")],
  [
    "python3.12",
    "app.handler",
    python("import os, signal\ndef handler(end, context): os.kill(os.getpid(), signal.Signals[end])"),
  ],
] as const)("%s that ends by a signal: the signal's name, as Go has it", async (Runtime, Handler, files) => {
  const name = `signals-${Runtime.slice(0, 4)}`;
  await makeFunction(at, name, files, { Runtime, Handler, Timeout: 10 });
  for (const [signal, words] of [
    ["SIGSEGV", "segmentation fault"],
    ["SIGABRT", "aborted"],
    ["SIGBUS", "bus error"],
    ["SIGKILL", "killed"],
  ]) {
    expect((await run(at, name, signal)).json).toEqual({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(
        `^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: ${words}$`,
      ),
    });
  }
});
