// Layers of other accounts: of those that are here by permission, of all others by an archive in a folder.

import {
  AddLayerVersionPermissionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

const folder = mkdtempDisposableSync(join(tmpdir(), "hangar-layers-"));
const powertools = "arn:aws:lambda:us-east-1:017000801446:layer:Tools-python";
const code = { "index.js": "exports.handler = async () => require('word')" };
let at: LambdaCloud;

beforeAll(async () => {
  vi.stubEnv("HANGAR_LAMBDA_LAYERS", folder.path);
  at = await startLambdaCloud("foreign");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  folder.remove();
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const word = (text: string): Uint8Array =>
  archive({ "nodejs/node_modules/word/index.js": `module.exports = ${JSON.stringify(text)}` });

test("a layer that AWS publishes is not here, and it is said how to bring it", async () => {
  await expect(makeFunction(at, "without", code, { Layers: [`${powertools}:7`] })).rejects.toMatchObject({
    name: "NotEmulated",
    $metadata: { httpStatusCode: 501 },
    message: `The layer version ${powertools}:7 is of an account that is not here. Put its archive at ${join(folder.path, "Tools-python-7.zip")} (or Tools-python.zip beside it, for all versions). With credentials for AWS, "aws lambda get-layer-version-by-arn --arn ${powertools}:7 --query Content.Location --output text" answers where to download it.`,
  });
  await expect(run(at, "without")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("its archive in the folder brings it", async () => {
  writeFileSync(join(folder.path, "Tools-python-7.zip"), word("seven"));
  await makeFunction(at, "with", code, { Layers: [`${powertools}:7`] });
  expect((await run(at, "with")).json).toBe("seven");
  expect(await at.lambda.send(new GetLayerVersionByArnCommand({ Arn: `${powertools}:7` }))).toMatchObject({
    LayerArn: powertools,
    Version: 7,
  });
  writeFileSync(join(folder.path, "Tools-python.zip"), word("any"));
  const Layers = [`${powertools}:12`];
  await at.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "with", Layers }));
  expect((await run(at, "with")).json).toBe("any");
});

test("an archive that is none is refused by its name", async () => {
  writeFileSync(join(folder.path, "Broken.zip"), "no archive");
  const Layers = [`${powertools.replace("Tools-python", "Broken")}:1`];
  await expect(makeFunction(at, "broken", code, { Layers })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: `${join(folder.path, "Broken.zip")}: Could not unzip uploaded file. Please check your file, then try to upload again.`,
  });
});

test("another account's layer needs its permission, and stays with the function when its version is deleted", async () => {
  const credentials = { accessKeyId: "222222222222", secretAccessKey: "test" };
  const theirs = new LambdaClient({ ...at.cloud.clientConfig(), maxAttempts: 1, credentials });
  const LayerName = "shared";
  const published = await theirs.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: word("b") } }));
  const arn = published.LayerVersionArn ?? "";
  await expect(makeFunction(at, "borrows", code, { Layers: [arn] })).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `User: arn:aws:iam::000000000000:root is not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows the lambda:GetLayerVersion action`,
  });
  const permission = { LayerName, VersionNumber: 1, StatementId: "s", Action: "lambda:GetLayerVersion" };
  await theirs.send(new AddLayerVersionPermissionCommand({ ...permission, Principal: "000000000000" }));
  await makeFunction(at, "borrows", code, { Layers: [arn] });
  await theirs.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: 1 }));
  expect((await run(at, "borrows")).json).toBe("b");
  const kept = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "borrows" }));
  expect(kept.Layers).toMatchObject([{ Arn: arn }]);
});
