// A deployment whose cloud is closed under way, as by Ctrl-C while `hangar up` deploys a change.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCloud } from "../index.ts";
import { readAssembly } from "./assembly.ts";
import { embeddedTarget } from "./embedded.ts";

const folder = mkdtempSync(join(tmpdir(), "hangar-closed-"));
const assembly = join(folder, "assembly");
afterAll(() => rmSync(folder, { recursive: true }));

const files = {
  "manifest.json": {
    version: "48.0.0",
    artifacts: {
      Waits: {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/unknown-region",
        properties: { templateFile: "Waits.template.json" },
      },
    },
  },
  "Waits.template.json": {
    Resources: {
      Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
      Wait: {
        Type: "AWS::CloudFormation::WaitCondition",
        DependsOn: "Handle",
        Properties: { Handle: { Ref: "Handle" }, Timeout: "600" },
      },
    },
  },
};

test("ends with it, instead of asking for ever whether the stack is done", async () => {
  mkdirSync(assembly);
  for (const [name, value] of Object.entries(files)) writeFileSync(join(assembly, name), JSON.stringify(value));
  const { cloud, close } = await openCloud({ listen: false, directory: join(folder, "data") });
  const target = embeddedTarget(cloud);
  const [stack] = readAssembly(assembly);
  if (stack === undefined) throw new Error("The assembly has a stack.");
  const deployed = target.deploy(stack, () => undefined).catch((error: unknown) => error);
  // The first looks for an older stack; the second is held until this one is done.
  const polls = (): number =>
    cloud.world.trace.spans().filter(({ name }) => name === "cloudformation:DescribeStacks").length;
  await expect.poll(polls).toBe(2);
  await close();
  expect(await deployed).toEqual(new Error("The cloud was closed."));
});
