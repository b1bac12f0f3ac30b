// The plain API under other runners: a suite of node:test in a process of its own.

import { afterEach, expect, test } from "vitest";
import { sampleProject, type SampleProject } from "./sample-project.ts";

let project: SampleProject;

afterEach(() => project.remove());

const suite = `
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startCloud } from "hangar";
import { S3 } from "@aws-sdk/client-s3";

let cloud, outputs;
before(async () => {
  cloud = await startCloud();
  [{ outputs }] = await cloud.deploy("assembly");
});
after(() => cloud.close());

for (const name of ["one", "two"])
  test(name, { concurrency: true }, async () => {
    await using world = cloud.fork();
    const s3 = new S3(world.clientConfig());
    await s3.putObject({ Bucket: outputs.Bucket, Key: name, Body: "x" });
    const { Contents } = await s3.listObjectsV2({ Bucket: outputs.Bucket });
    assert.deepEqual(Contents.map(({ Key }) => Key), [name]);
  });

test("nothing reached the deployed world", async () => {
  const { KeyCount } = await new S3(cloud.clientConfig()).listObjectsV2({ Bucket: outputs.Bucket });
  assert.equal(KeyCount, 0);
});

test("a cloud of its own, closed at the end of the block", async () => {
  let endpoint;
  {
    await using own = await startCloud();
    endpoint = own.endpoint;
    const [stack] = await own.deploy("assembly", { stacks: ["Photos"] });
    assert.equal(stack.changed, true);
    const [again] = await own.deploy("assembly");
    assert.equal(again.changed, false);
    await assert.rejects(own.deploy("assembly", { stacks: ["Videos"] }), /There is no stack "Videos"/);
    await assert.rejects(own.deploy("nowhere"), /nowhere is not a cloud assembly/);
  }
  await assert.rejects(fetch(endpoint + "/_hangar/health"));
});
`;

test("node:test: startCloud, deploy, fork", async () => {
  project = sampleProject({ "plain.test.mjs": suite }, process.env);
  const { code, said } = await project.node(["--test", "--test-reporter=tap", "plain.test.mjs"]);
  expect(said).toMatch(/^# pass 4$/m);
  expect(said).toMatch(/^# fail 0$/m);
  expect(code).toBe(0);
});
