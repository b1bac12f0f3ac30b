// One app, synthesised by the CDK in several checkouts: which of them have the same hash, and which may not.

import { chmodSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { synth } from "../targets/synth.ts";
import { assemblyHash } from "./assembly-hash.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hangar-hash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const APP = `
import { App, CfnOutput, Stack, Stage } from "aws-cdk-lib";
import { Code, Function as Lambda, Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat, SourceMapMode } from "aws-cdk-lib/aws-lambda-nodejs";
import { Asset } from "aws-cdk-lib/aws-s3-assets";

const app = new App();
const stage = new Stage(app, "Live");
const data = new Stack(stage, "Data");
const asset = new Asset(data, "Seed", { path: "seed.json" });
const web = new Stack(stage, "Web", { tags: { team: process.env.TEAM ?? "red" } });
web.addDependency(data);
new Lambda(web, "Hello", { code: Code.fromAsset("handler"), handler: "index.handler", runtime: Runtime.NODEJS_22_X });
new NodejsFunction(web, "Orders", {
  entry: "orders/index.ts",
  runtime: Runtime.NODEJS_22_X,
  depsLockFilePath: "package-lock.json",
  bundling: { format: OutputFormat.ESM, sourceMap: true, sourceMapMode: SourceMapMode.EXTERNAL },
});
new CfnOutput(data, "SeedUrl", { value: asset.s3ObjectUrl });
`;
const SOURCES = {
  "package.json": '{"type":"module"}',
  "cdk.json": '{"app":"node app.js"}',
  "app.js": APP,
  "seed.json": "[1, 2, 3]",
  "handler/index.js": "exports.handler = async () => 1;\n",
  "handler/run.sh": "#!/bin/sh\n",
  "package-lock.json": "{}",
  "orders/index.ts": 'import { price } from "./price.ts";\nexport const handler = async () => price;\n',
  "orders/price.ts": "export const price: number = 3;\n",
};

type Checkout = {
  readonly files?: Readonly<Record<string, string>>;
  readonly hour?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly change?: (path: string) => void;
};

async function hashOf(name: string, { files = {}, hour = 0, environment = {}, change }: Checkout): Promise<string> {
  const path = join(folder, name);
  const time = new Date(Date.UTC(2024, 0, 1, hour));
  for (const [file, text] of Object.entries({ ...SOURCES, ...files })) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
    utimesSync(join(path, file), time, time);
  }
  symlinkSync(MODULES, join(path, "node_modules"), "junction");
  change?.(path);
  const account = "000000000000";
  const env = { ...process.env, ...environment };
  return assemblyHash(
    await synth({ directory: path, output: "cdk.out", account, region: "us-east-1", environment: env }),
  );
}

test("two checkouts of the same sources have one hash; a changed byte, tag or mode has another", async () => {
  const [one, two, handler, bundled, seed, tag, mode] = await Promise.all([
    hashOf("one", {}),
    hashOf("another/place", { hour: 7, change: (path) => mkdirSync(join(path, "handler", "empty")) }),
    hashOf("handler", { files: { "handler/index.js": "exports.handler = async () => 2;\n" } }),
    hashOf("bundled", { files: { "orders/price.ts": "export const price: number = 4;\n" } }),
    hashOf("seed", { files: { "seed.json": "[1, 2, 4]" } }),
    hashOf("tag", { environment: { TEAM: "blue" } }),
    hashOf("mode", { change: (path) => chmodSync(join(path, "handler/run.sh"), 0o755) }),
  ]);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(two).toBe(one);
  expect(new Set([one, handler, bundled, seed, tag, mode]).size).toBe(6);
});

test("what the CDK CLI leaves in the folder does not change the hash, an asset that is changed there does", () => {
  const assembly = join(folder, "one", "cdk.out");
  const before = assemblyHash(assembly);
  mkdirSync(join(assembly, ".cache"));
  writeFileSync(join(assembly, ".cache", "asset.zip"), "x");
  writeFileSync(join(assembly, "tree.json"), "{}");
  expect(assemblyHash(assembly)).toBe(before);
  const [asset] = globSync("**/asset.*/index.js", { cwd: assembly });
  writeFileSync(join(assembly, String(asset)), "exports.handler = async () => 3;\n");
  expect(assemblyHash(assembly)).not.toBe(before);
});
