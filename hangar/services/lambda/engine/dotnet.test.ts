// .NET functions on a real .NET 8: class libraries by our bootstrap, as AWS's runtime calls them, and executable assemblies.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CreateFunctionCommandInput } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sandbox } from "./sandbox.ts";
import { CORE, PROGRAM, SOURCE } from "./test-dotnet-sources.ts";
import { compiled, published, testDotnet, type TestDotnet } from "./test-dotnet.ts";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import type { Files } from "./test-pip.ts";

const mounts = typeof (await sandbox()) !== "string";
const dotnet = await testDotnet();
const missing = typeof dotnet === "string" ? `: skipped, ${dotnet}` : "";

describe.skipIf(missing !== "")(`.NET${missing}`, () => {
  const place = dotnet as TestDotnet;
  let at: LambdaCloud;
  let app: Files;
  let program: Uint8Array;
  beforeAll(async () => {
    vi.stubEnv("DOTNET_ROOT", place.root);
    vi.stubEnv("XDG_CACHE_HOME", join(place.folder, "cache"));
    const core = compiled(place, "Amazon.Lambda.Core", CORE);
    app = published("App", {
      App: compiled(place, "App", SOURCE, ["Amazon.Lambda.Core.dll"]),
      "Amazon.Lambda.Core": core,
    });
    program = compiled(place, "Program", PROGRAM);
    at = await startLambdaCloud("dotnet");
  }, 120_000);
  afterAll(async () => {
    expect(at.cloud.bugs).toEqual([]);
    await at.cloud.close();
    vi.unstubAllEnvs();
    rmSync(place.folder, { recursive: true });
  });

  const make = (name: string, handler: string, more: Partial<CreateFunctionCommandInput> = {}): Promise<void> =>
    makeFunction(at, name, app, { Runtime: "dotnet8", Handler: handler, Timeout: 10, MemorySize: 256, ...more });

  test("a handler has its event and context, and what it prints is in its log", async () => {
    await make("context", "App::App.Functions::Context", { MemorySize: 128 });
    const client = { client: { app_title: "Shop" }, custom: { a: "b" } };
    const ClientContext = Buffer.from(JSON.stringify(client)).toString("base64");
    const { json, $metadata } = await run(at, "context", { who: "Ada" }, { ClientContext });
    const id = $metadata.requestId;
    expect(json).toEqual({
      who: "Ada",
      id,
      name: "context",
      arn: "arn:aws:lambda:us-east-1:000000000000:function:context",
      version: "$LATEST",
      memory: 128,
      group: "/aws/lambda/context",
      left: true,
      trace: true,
      title: "Shop",
      custom: { a: "b" },
      identity: null,
      root: expect.stringMatching(/^\//),
      count: 1,
    });
    expect((await run(at, "context", { who: "Bob" })).json).toMatchObject({ who: "Bob", count: 2, title: null });
    const log = await logOf(at, "context");
    expect(log[0]).toMatch(/^INIT_START Runtime Version: dotnet:8\.v1\t/);
    const when = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;
    const lines = log.map((line) => line.replace(when, "WHEN")).filter((line) => line.startsWith(`WHEN\t${id}`));
    expect(lines).toEqual([
      `WHEN\t${id}\tinfo\tcalled for Ada\n`,
      `WHEN\t${id}\tfail\ttwo\nlines\n`,
      `WHEN\t${id}\tinfo\tby the context's logger\n`,
      `WHEN\t${id}\twarn\tAda has 2\n`,
      `WHEN\t${id}\tby the static logger\n`,
    ]);
  });

  test("static, asynchronous and inherited methods are handlers, and streams need no serializer", async () => {
    await make("later", "App::App.Functions::Later");
    expect((await run(at, "later")).json).toBe("later");
    await make("nothing", "App::App.Functions::Nothing");
    expect(await run(at, "nothing")).toMatchObject({ StatusCode: 200, json: undefined });
    await make("inherited", "App::App.Functions::Inherited");
    expect((await run(at, "inherited", { prices: [1, 2] })).json).toBe(3);
    await make("streams", "App::App.Functions::Streams");
    expect((await run(at, "streams", { a: 1 })).json).toEqual([{ a: 1 }]);
  });

  test("an exception is the answer, with its trace and its cause, and in the log as one event", async () => {
    await make("fails", "App::App.Functions::Fails");
    const { json, FunctionError } = await run(at, "fails", {});
    expect(FunctionError).toBe("Unhandled");
    expect(json).toEqual({
      errorType: "InvalidOperationException",
      errorMessage: "no",
      stackTrace: ["at App.Functions.Fails(Order order)"],
      cause: { errorType: "ArgumentException", errorMessage: "inner" },
    });
    expect(await logOf(at, "fails")).toContainEqual(
      expect.stringMatching(
        /\tfail\tSystem\.InvalidOperationException: no\n ---> System\.ArgumentException: inner\n(.*\n)*   at App\.Functions\.Fails\(Order order\)\n$/,
      ),
    );
    await make("fails-later", "App::App.Functions::FailsLater");
    expect((await run(at, "fails-later", {})).json).toEqual({
      errorType: "InvalidOperationException",
      errorMessage: "later",
      stackTrace: ["at App.Functions.FailsLater(Order order)"],
    });
    // What the serializer cannot read is its own exception.
    expect((await run(at, "fails", [1])).json).toMatchObject({ errorType: "JsonException" });
  });

  test.each([
    ["Functions", "Invalid lambda function handler: 'App::Functions'. The valid format is 'ASSEMBLY::TYPE::METHOD'."],
    [
      "App.Functions::Nobody",
      "Unable to find method 'Nobody' in type 'App.Functions' from assembly 'App': Found no methods matching method name 'Nobody'.",
    ],
    [
      "App.Functions::Twice",
      "The method 'Twice' in type 'App.Functions' appears to have a number of overloads. To call this method please specify a complete method signature. Possible candidates are:\nInt32 Twice(Int32)\nSystem.String Twice(System.String).",
    ],
    [
      "App.Functions::Void",
      "The method 'Void Void(App.Order)' cannot be used as a Lambda Handler because it is an 'async void' method. Handler methods cannot be 'async void'. Please specify a method that is not 'async void'.",
    ],
    [
      "App.Functions::Second",
      "Method 'Second' of type 'App.Functions' is not supported: the method has 2 parameters, but the second parameter is not of type 'Amazon.Lambda.Core.ILambdaContext'.",
    ],
    [
      "App.Unfinished::Total",
      "The instance method 'Int32 Total(App.Order)' cannot be used as a Lambda Handler because its type 'App.Unfinished' is abstract. Please either use a static handler or specify a type that is not abstract.",
    ],
  ])("App::%s is no handler, in AWS's words", async (name, errorMessage) => {
    const FunctionName = name.replaceAll(/\W/g, "_");
    await make(FunctionName, `App::${name}`);
    expect((await run(at, FunctionName, {})).json).toMatchObject({
      errorType: "LambdaValidationException",
      errorMessage,
    });
  });

  test("a constructor that throws fails the initialisation", async () => {
    await make("broken", "App::App.Broken::Total");
    expect((await run(at, "broken")).json).toMatchObject({
      errorType: "TargetInvocationException",
      cause: {
        errorType: "InvalidOperationException",
        errorMessage: "not today",
        stackTrace: ["at App.Broken..ctor()"],
      },
    });
  });

  test("a type other than Stream needs a serializer", async () => {
    const files = published("Program", { Program: program });
    await makeFunction(at, "bare", files, { Runtime: "dotnet8", Handler: "Program::Program::Length", Timeout: 10 });
    expect((await run(at, "bare", "text")).json).toMatchObject({
      errorType: "LambdaValidationException",
      errorMessage:
        "Could not find the LambdaSerializerAttribute on the assembly 'Program' or method 'Length' while attempting to deserialize input data of type 'System.String'. To use types other than System.IO.Stream as input/output parameters, the assembly or Lambda function should be annotated with Amazon.Lambda.Core.LambdaSerializerAttribute.",
    });
  });

  test("a package without what dotnet publish leaves ends as AWS's start script does", async () => {
    await makeFunction(
      at,
      "loose",
      { "App.dll": app["App.dll"] ?? "" },
      { Runtime: "dotnet8", Handler: "App::a.B::C" },
    );
    expect((await run(at, "loose")).json).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 105$/),
    });
    expect((await logOf(at, "loose")).join("")).toContain("is missing the required .deps.json file.\n");
    await makeFunction(at, "absent", app, { Runtime: "dotnet8", Handler: "Nothing" });
    expect((await run(at, "absent")).json).toMatchObject({
      errorMessage: expect.stringMatching(/exit status 104$/),
    });
  });

  test("a JSON log has messages as objects with their arguments, from the function's level on", async () => {
    await make("json", "App::App.Functions::Context", {
      LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "DEBUG" },
    });
    const { $metadata } = await run(at, "json", { who: "Ada" });
    const lines = (await logOf(at, "json")).map((line) => JSON.parse(line) as Record<string, unknown>);
    const own = lines.filter(({ message }) => message !== undefined);
    expect(own.map(({ level, message, requestId }) => [level, message, requestId])).toEqual(
      [
        ["Information", "called for Ada"],
        ["Error", "two\nlines"],
        ["Information", "by the context's logger"],
        ["Warning", "Ada has 2"],
        ["Debug", "not seen"],
        ["Information", "by the static logger"],
      ].map((line) => [...line, $metadata.requestId]),
    );
    expect(own[3]).toMatchObject({ who: "Ada", count: 2, timestamp: expect.stringMatching(/Z$/) });
  });

  test("garbage is collected within the function's memory, and more than that ends it", async () => {
    await make("holds", "App::App.Functions::Holds", { MemorySize: 128 });
    await make("churns", "App::App.Functions::Churns", { MemorySize: 128 });
    expect((await run(at, "churns", 1000)).json).toBe(1000);
    expect((await run(at, "holds", 40)).json).toBe(40);
    // Whoever is the first to see it: .NET itself, or Lambda.
    const { json } = await run(at, "holds", 300);
    expect(json).toMatchObject({ errorType: expect.stringMatching(/^(Runtime\.OutOfMemory|OutOfMemoryException)$/) });
    expect((await run(at, "holds", 1)).json).toBe(1);
  });

  test("a handler that takes too long is ended, and the next one begins anew", async () => {
    await make("slow", "App::App.Functions::Sleeps", { Timeout: 1 });
    expect((await run(at, "slow", 5_000)).json).toMatchObject({ errorType: "Sandbox.Timedout" });
    expect((await run(at, "slow", 1)).json).toBe(1);
  });

  test.skipIf(!mounts)("a process stands still between invocations", async () => {
    await make("frozen", "App::App.Functions::Process");
    const { json: pid } = await run(at, "frozen");
    await expect.poll(() => readFileSync(`/proc/${String(pid)}/stat`, "utf8").split(" ")[2]).toBe("T");
    expect((await run(at, "frozen")).json).toBe(pid);
  });

  test("without a C# compiler executable assemblies still run, and a class library's error says what to install", async () => {
    await make("uncompiled", "App::App.Functions::Later");
    await makeFunction(at, "compiled", published("Program", { Program: program }), {
      Runtime: "dotnet8",
      Handler: "Program.dll",
      Timeout: 10,
    });
    const path = process.env["PATH"] ?? "";
    const others = path.split(":").filter((folder) => !existsSync(join(folder, "mcs")));
    expect((await run(at, "compiled")).json).toMatchObject({ arguments: 0 });
    vi.stubEnv("PATH", others.join(":"));
    try {
      await expect(run(at, "uncompiled")).rejects.toMatchObject({
        name: "InvalidRuntimeException",
        message:
          "The runtime dotnet8 cannot run on this machine. A class library's handler needs a C# compiler: install the .NET SDK (a runtime alone runs executable assemblies).",
      });
    } finally {
      vi.stubEnv("PATH", path);
    }
  });

  test("the real AWS is not called", async () => {
    await make("calls", "App::App.Functions::Calls");
    expect((await run(at, "calls", "https://s3.amazonaws.com/")).json).toContain("hangar-refuses-the-real-aws");
    expect((await run(at, "calls", at.cloud.endpoint)).json).toContain("403");
  });

  test.skipIf(!mounts)("a wrapper script starts the runtime, and has a say in its variables", async () => {
    const wrapper = '#!/bin/sh\nexport AWS_LAMBDA_HANDLER_LOG_FORMAT=Unformatted\nexec "$@"\n';
    await makeFunction(
      at,
      "wrapped",
      { ...app, "wrap*": wrapper },
      {
        Runtime: "dotnet8",
        Handler: "App::App.Functions::Context",
        Timeout: 10,
        Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: "/var/task/wrap" } },
      },
    );
    expect((await run(at, "wrapped", { who: "Ada" })).json).toMatchObject({ who: "Ada" });
    expect(await logOf(at, "wrapped")).toContain("called for Ada\n");
  });

  test("an executable assembly speaks the Runtime API by itself", async () => {
    const files = published("Program", { Program: program });
    await makeFunction(at, "program", files, { Runtime: "dotnet8", Handler: "Program", Timeout: 10 });
    expect((await run(at, "program", { a: 1 })).json).toEqual({ echo: { a: 1 }, version: "8.0.4", arguments: 0 });
    expect(await logOf(at, "program")).toContain("on its own\n");
  });

  test("a runtime that is not here runs on the next one, and the log says so; none runs what is newer", async () => {
    const files = published("Program", { Program: program }, "6.0.0");
    await makeFunction(at, "six", files, { Runtime: "dotnet6", Handler: "Program", Timeout: 10 });
    expect((await run(at, "six")).json).toMatchObject({ version: "8.0.4" });
    expect((await logOf(at, "six"))[0]).toContain("dotnet:6.v1 (dotnet6 runs on .NET 8.0.4 here.)");
    await make("ten", "App::App.Functions::Later", { Runtime: "dotnet10" });
    await expect(run(at, "ten")).rejects.toMatchObject({
      name: "InvalidRuntimeException",
      message:
        "The runtime dotnet10 cannot run on this machine. Install the .NET SDK 10, e.g. apt-get install dotnet-sdk-10.0, or https://dot.net/download. What is here is older: 3.1.23, 8.0.4.",
    });
  });
});
