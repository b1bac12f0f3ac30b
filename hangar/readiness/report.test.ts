// A report of a whole assembly, read from its folder.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { terminalLines } from "./output/terminal.ts";
import { isReady, readiness, type ReadinessReport } from "./report.ts";

let folder = "";
afterEach(() => rmSync(folder, { recursive: true }));

/** An assembly of one stack, Shop, with these resources and files. */
function assemble(resources: object, files: Readonly<Record<string, object>> = {}): void {
  folder = mkdtempSync(join(tmpdir(), "hangar-check-"));
  const write = (name: string, value: object): void => writeFileSync(join(folder, name), JSON.stringify(value));
  const properties = { templateFile: "Shop.template.json" };
  const artifact = { type: "aws:cloudformation:stack", environment: "aws://111122223333/eu-west-1", properties };
  write("manifest.json", { artifacts: { Shop: { ...artifact, additionalMetadataFile: "Shop.metadata.json" } } });
  write("Shop.template.json", { Resources: resources });
  write("Shop.metadata.json", files["Shop.metadata.json"] ?? {});
  for (const [name, value] of Object.entries(files)) write(name, value);
}

const options = { now: Date.UTC(2026, 10, 22), base: "/work/shop" };
const report = (): Promise<ReadinessReport> => readiness(folder, options);
const queue = (Properties: object): object => ({
  Type: "AWS::SQS::Queue",
  Properties,
  Metadata: { "aws:cdk:path": "Shop/Orders/Jobs/Resource" },
});

test("an assembly without fault is ready", async () => {
  assemble({ Jobs: queue({ VisibilityTimeout: 30 }) });
  const found = await report();
  expect(isReady(found)).toBe(true);
  expect(terminalLines(found, { all: false })).toEqual([
    "Shop: 1 resources",
    "",
    "                    verified   emulated   inert      missing",
    "resource types      1          0          0          0",
    "properties          1          0          0          0",
    "",
    "nothing found.",
  ]);
});

test("an inert property fails it, with the construct and its place in the code, until it is allowed", async () => {
  const creationStack = ["...new Queue in aws-cdk-lib...", "new Orders (file:///work/shop/stack/orders.ts:8:5)"];
  const metadata = [
    { type: "aws:cdk:logicalId", data: "Jobs" },
    { type: "aws:cdk:creationStack", data: creationStack },
  ];
  assemble({ Jobs: queue({ KmsMasterKeyId: "alias/k" }) }, { "Shop.metadata.json": { "/Shop/Orders": metadata } });
  const found = await report();
  expect(isReady(found)).toBe(false);
  expect(found.findings).toMatchObject([
    { rule: "inert", path: "Shop/Orders/Jobs", type: "AWS::SQS::Queue", source: "stack/orders.ts:8:5" },
  ]);
  const allowances = [{ rule: "inert", subject: "Shop/Orders/*", reason: "no secrets in it", until: "2026-12-31" }];
  const after = await readiness(folder, { ...options, config: { allowances } });
  expect(isReady(after)).toBe(true);
  expect(terminalLines(after, { all: false }).slice(6)).toEqual([
    "allowed  inert: KmsMasterKeyId of AWS::SQS::Queue has no effect here: stored and shown; messages live in this process only and are not encrypted.",
    "           Shop/Orders/Jobs",
    "         until 2026-12-31: no secrets in it",
    "",
    "nothing found, 1 allowed.",
  ]);
});

test("stacks nested in it are read with the parameters that they are given", async () => {
  const nested = {
    Parameters: { Key: { Type: "String" } },
    Resources: { Inner: { Type: "AWS::SQS::Queue", Properties: { KmsMasterKeyId: { Ref: "Key" } } } },
  };
  const Child = {
    Type: "AWS::CloudFormation::Stack",
    Properties: { TemplateURL: "https://s3/t", Parameters: { Key: "alias/k" } },
    Metadata: { "aws:asset:path": "Child.nested.template.json" },
  };
  assemble({ Child }, { "Child.nested.template.json": nested });
  const { stacks, resources, findings } = await report();
  expect(stacks).toEqual(["Shop", "Shop/Child"]);
  expect(resources.map(({ type, count }) => [type, count])).toEqual([
    ["AWS::CloudFormation::Stack", 1],
    ["AWS::SQS::Queue", 1],
  ]);
  expect(findings).toMatchObject([{ rule: "inert", stack: "Shop/Child", logicalId: "Inner" }]);
});
