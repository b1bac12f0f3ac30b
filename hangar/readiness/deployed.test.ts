// What stands on AWS, given as an assembly, a folder of templates or one template.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deployedStacks } from "./deployed.ts";
import { stackWith } from "./test-stacks.ts";

const template = { Resources: { Jobs: { Type: "AWS::SQS::Queue" } } };
const stacks = [stackWith(template), stackWith(template, "Site")];
let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "hangar-deployed-"))));
afterEach(() => rmSync(folder, { recursive: true }));
const write = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  return join(folder, name);
};
const names = (path: string, of = stacks): string[] => [...deployedStacks(path, of).keys()];

test("an assembly's stacks by their names, a folder's templates by theirs", () => {
  write("Shop.template.json", template);
  write("Site.yaml", "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n");
  expect(names(folder)).toEqual(["Shop", "Site"]);
  const properties = { templateFile: "../Shop.template.json", stackName: "Shop" };
  mkdirSync(join(folder, "cdk.out"));
  write("cdk.out/manifest.json", { artifacts: { Any: { type: "aws:cloudformation:stack", properties } } });
  expect(names(join(folder, "cdk.out"))).toEqual(["Shop"]);
});

test("one template is the only stack's, whatever it is called, and else the one's that it is named after", () => {
  const file = write("live.json", template);
  expect(names(file, stacks.slice(0, 1))).toEqual(["Shop"]);
  expect(() => names(file)).toThrow("Name a template after its stack: Shop.template.json, Site.template.json.");
  expect(names(write("Site.json", template))).toEqual(["Site"]);
});

test("a path that leads nowhere is said", () => {
  expect(() => names(join(folder, "none"))).toThrow(`There is no ${join(folder, "none")}.`);
});
