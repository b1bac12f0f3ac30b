// Layers: versions, their policy, and their contents in a function.

import {
  AddLayerVersionPermissionCommand,
  DeleteLayerVersionCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const arn = "arn:aws:lambda:us-east-1:000000000000:layer:tools";

beforeAll(async () => {
  at = await startLambdaCloud("layers");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const contents = archive({
  "nodejs/node_modules/greet/index.js": "module.exports = (name) => 'hello ' + name",
  "nodejs/node_modules/greet/package.json": '{"name":"greet","main":"index.js"}',
  "python/greeting.py": "def greet(name): return 'hallo ' + name",
});

test("versions count up, are listed newest first, and numbers are not used twice", async () => {
  const first = await at.lambda.send(
    new PublishLayerVersionCommand({
      LayerName: "tools",
      Content: { ZipFile: contents },
      CompatibleRuntimes: ["nodejs24.x", "python3.12"],
      LicenseInfo: "MIT",
      Description: "d",
    }),
  );
  expect(first).toMatchObject({
    LayerArn: arn,
    LayerVersionArn: `${arn}:1`,
    Version: 1,
    Description: "d",
    LicenseInfo: "MIT",
    CompatibleRuntimes: ["nodejs24.x", "python3.12"],
    Content: { CodeSize: contents.length },
  });
  await at.lambda.send(new PublishLayerVersionCommand({ LayerName: "tools", Content: { ZipFile: contents } }));
  expect(
    (await at.lambda.send(new ListLayerVersionsCommand({ LayerName: "tools" }))).LayerVersions?.map(
      (version) => version.Version,
    ),
  ).toEqual([2, 1]);
  expect((await at.lambda.send(new ListLayersCommand({ CompatibleRuntime: "python3.12" }))).Layers).toMatchObject([
    { LayerName: "tools", LatestMatchingVersion: { Version: 1 } },
  ]);
  await at.lambda.send(new DeleteLayerVersionCommand({ LayerName: "tools", VersionNumber: 2 }));
  expect(
    (await at.lambda.send(new PublishLayerVersionCommand({ LayerName: "tools", Content: { ZipFile: contents } })))
      .Version,
  ).toBe(3);
  expect(
    (await at.lambda.send(new GetLayerVersionCommand({ LayerName: "tools", VersionNumber: 3 }))).LayerVersionArn,
  ).toBe(`${arn}:3`);
  expect((await at.lambda.send(new GetLayerVersionByArnCommand({ Arn: `${arn}:1` }))).Version).toBe(1);
  await expect(
    at.lambda.send(new GetLayerVersionCommand({ LayerName: "tools", VersionNumber: 0 })),
  ).rejects.toMatchObject({ message: "Layer Version Cannot be less than 1" });
});

test("Node and Python find what a layer brings", async () => {
  await makeFunction(
    at,
    "greets",
    { "index.js": "const greet = require('greet'); exports.handler = async () => greet('node')" },
    { Layers: [`${arn}:1`] },
  );
  await makeFunction(
    at,
    "greets-module",
    { "index.mjs": "import greet from 'greet'; export const handler = async () => greet('module')" },
    { Layers: [`${arn}:1`] },
  );
  await makeFunction(
    at,
    "greets-python",
    { "index.py": "from greeting import greet\ndef handler(event, context): return greet('python')" },
    { Layers: [`${arn}:1`], Runtime: "python3.12", Timeout: 10 },
  );
  expect((await run(at, "greets")).json).toBe("hello node");
  expect((await run(at, "greets-module")).json).toBe("hello module");
  expect((await run(at, "greets-python")).json).toBe("hallo python");
});

test("/opt and /var/task are where code looks for its layers and itself", async () => {
  const Content = {
    ZipFile: archive({
      "nodejs/tool.js": "module.exports = 'tool'",
      "nodejs/tool.mjs": "export default 'module'",
      "data/note": "note",
      "bin/say*": "#!/bin/sh\necho said",
      "lib/libown.so.1": "not really",
      "bin/ask*": "#!/var/lang/bin/python\nprint('asked')",
    }),
  };
  const { LayerVersionArn = "" } = await at.lambda.send(new PublishLayerVersionCommand({ LayerName: "opt", Content }));
  await makeFunction(
    at,
    "opt-node",
    {
      "index.mjs": `import { execFileSync } from "node:child_process";
import { readFileSync, promises } from "node:fs";
import { createRequire } from "node:module";
import module from "/opt/nodejs/tool.mjs";
const require = createRequire(import.meta.url);
export const handler = async () => [
  module,
  require("/opt/nodejs/tool"),
  readFileSync("/opt/data/note", "utf8"),
  await promises.readFile("/var/task/own", "utf8"),
  execFileSync("/opt/bin/say", { encoding: "utf8" }),
];`,
      own: "own",
    },
    { Layers: [LayerVersionArn] },
  );
  await makeFunction(
    at,
    "opt-python",
    {
      "index.py": `import os, subprocess
def handler(event, context):
    return [open("/opt/data/note").read(), os.path.exists("/var/task/index.py"), os.listdir("/opt/data"),
            subprocess.check_output(["/opt/bin/say"], text=True), subprocess.check_output(["/opt/bin/ask"], text=True)]`,
    },
    { Layers: [LayerVersionArn], Runtime: "python3.12", Timeout: 10 },
  );
  expect((await run(at, "opt-node")).json).toEqual(["module", "tool", "note", "own", "said\n"]);
  expect((await run(at, "opt-python")).json).toEqual(["note", true, ["note"], "said\n", "asked\n"]);
});

test("a layer version's policy", async () => {
  const grant = {
    LayerName: "tools",
    VersionNumber: 1,
    StatementId: "s1",
    Action: "lambda:GetLayerVersion",
    Principal: "*",
  };
  const { Statement, RevisionId } = await at.lambda.send(new AddLayerVersionPermissionCommand(grant));
  expect(JSON.parse(Statement ?? "")).toEqual({
    Sid: "s1",
    Effect: "Allow",
    Principal: "*",
    Action: "lambda:GetLayerVersion",
    Resource: `${arn}:1`,
  });
  await expect(at.lambda.send(new AddLayerVersionPermissionCommand(grant))).rejects.toMatchObject({
    name: "ResourceConflictException",
    message:
      "The statement id (s1) provided already exists. Please provide a new statement id, or remove the existing statement.",
  });
  const policy = await at.lambda.send(new GetLayerVersionPolicyCommand({ LayerName: "tools", VersionNumber: 1 }));
  expect([policy.RevisionId, JSON.parse(policy.Policy ?? "")]).toEqual([
    RevisionId,
    { Version: "2012-10-17", Id: "default", Statement: [JSON.parse(Statement ?? "")] },
  ]);
  await at.lambda.send(
    new RemoveLayerVersionPermissionCommand({ LayerName: "tools", VersionNumber: 1, StatementId: "s1" }),
  );
  await expect(
    at.lambda.send(new GetLayerVersionPolicyCommand({ LayerName: "tools", VersionNumber: 1 })),
  ).rejects.toMatchObject({ message: "No policy is associated with the given resource." });
});

test("code and layers may have 250 MB together when they are unpacked", async () => {
  const megabytes = (count: number): Uint8Array =>
    zipSync({ "data.txt": [new Uint8Array(count * 1024 * 1024), { level: 1 }] });
  const publish = async (name: string, count: number): Promise<string> => {
    const layer = { LayerName: name, Content: { ZipFile: megabytes(count) } };
    return (await at.lambda.send(new PublishLayerVersionCommand(layer))).LayerVersionArn ?? "";
  };
  const layers = [await publish("wide", 130), await publish("other", 100)];
  const code = { "index.js": "exports.handler = async () => 1" };
  await makeFunction(at, "wide", code, { Layers: layers });
  const wide = { FunctionName: "wide", ZipFile: megabytes(21) };
  await expect(at.lambda.send(new UpdateFunctionCodeCommand(wide))).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: `Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is ${251 * 1024 * 1024} bytes.`,
  });
  const third = { FunctionName: "wide", Layers: [...layers, await publish("third", 30)] };
  await expect(at.lambda.send(new UpdateFunctionConfigurationCommand(third))).rejects.toMatchObject({
    message: "Layers consume more than the available size of 262144000 bytes",
  });
  await expect(makeFunction(at, "wider", code, { Layers: third.Layers })).rejects.toMatchObject({
    message: "Layers consume more than the available size of 262144000 bytes",
  });
  expect((await run(at, "wide")).json).toBe(1);
});
