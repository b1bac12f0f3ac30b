// `hangar deploy`, `diff`, `status`, `logs` and `destroy` of an assembly that is synthesised already.

import { afterAll, beforeAll, expect, test } from "vitest";
import { descendantsOf, folderWith, isAlive, type Folder } from "./test-process.ts";
import type { Instance } from "./instance.ts";
import { FUNCTION_ROLE } from "./promoted-app.ts";

const template = (days: number): string =>
  JSON.stringify({
    Resources: {
      Role: FUNCTION_ROLE,
      Greeter: {
        Type: "AWS::Lambda::Function",
        Properties: {
          FunctionName: "greeter",
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Role: { "Fn::GetAtt": ["Role", "Arn"] },
          Code: { ZipFile: 'exports.handler = async () => { console.log("good morning"); return "hello"; };' },
        },
      },
      Queue: { Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: days * 86_400 } },
    },
    Outputs: { QueueUrl: { Value: { Ref: "Queue" } } },
  });

const assembly = {
  "manifest.json": JSON.stringify({
    version: "48.0.0",
    artifacts: {
      Small: {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/unknown-region",
        properties: { templateFile: "Small.template.json" },
      },
    },
  }),
};

let folder: Folder;
let instance: Instance;

beforeAll(async () => {
  folder = folderWith({
    "one/manifest.json": assembly["manifest.json"],
    "one/Small.template.json": template(1),
    "two/manifest.json": assembly["manifest.json"],
    "two/Small.template.json": template(2),
  });
  instance = JSON.parse((await folder.hangar("start", "--port", "0", "--detach", "--json")).stdout) as Instance;
});

afterAll(async () => {
  await folder.hangar("stop");
  folder.remove();
});

async function invoke(): Promise<string> {
  const scope = "Credential=foo/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00";
  const response = await fetch(`${instance.endpoint}/2015-03-31/functions/greeter/invocations`, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}`, "x-amz-date": "20260101T000000Z" },
    body: "{}",
  });
  return response.text();
}

test("a deployment's outputs, what would change next, its logs, its end", async () => {
  const deployed = await folder.hangar("deploy", "--app", "one", "--json");
  expect(deployed.stderr).toBe("");
  const [stack] = JSON.parse(deployed.stdout) as readonly { outputs: { QueueUrl: string } }[];
  expect(stack).toMatchObject({ stackName: "Small", changed: true });
  expect(stack?.outputs.QueueUrl).toMatch(/\/000000000000\/Small-Queue-/);

  const status = JSON.parse((await folder.hangar("status", "--json")).stdout) as { stacks: unknown };
  expect(status.stacks).toEqual([
    { name: "Small", status: "CREATE_COMPLETE", region: "us-east-1", outputs: stack?.outputs },
  ]);

  expect(await folder.hangar("diff", "--app", "one", "--fail")).toMatchObject({
    code: 0,
    stdout: "Small: no changes\n",
  });
  const diff = await folder.hangar("diff", "--app", "two", "--fail");
  expect(diff).toMatchObject({ code: 1, stdout: "Small: \n  Modify  Queue (AWS::SQS::Queue)\n" });

  expect(await invoke()).toBe('"hello"');
  const logs = await folder.hangar("logs", "greeter", "--filter", '"good morning"', "--json");
  expect(JSON.parse(logs.stdout)).toMatchObject({
    group: "/aws/lambda/greeter",
    message: expect.stringContaining("good morning"),
  });
  const none = await folder.hangar("logs", "nobody");
  expect(none).toMatchObject({
    code: 1,
    stderr: 'No log group has "nobody" in its name. There are: /aws/lambda/greeter\n',
  });

  expect(await folder.hangar("destroy", "--app", "one", "Large")).toMatchObject({
    code: 1,
    stderr: 'There is no stack "Large". There are: Small.\n',
  });
  expect(await folder.hangar("destroy", "--app", "one")).toMatchObject({ code: 0, stdout: "Small: destroyed\n" });
  expect(await invoke()).toContain("Function not found");
});

test("the processes of functions end with the instance, and their files with them", async () => {
  await folder.hangar("deploy", "--app", "one");
  expect(await invoke()).toBe('"hello"');
  const processes = descendantsOf(instance.pid);
  expect(processes.length).toBeGreaterThan(0);
  await folder.hangar("stop");
  await expect.poll(() => processes.filter(isAlive)).toEqual([]);
  expect(folder.left()).toEqual([]);
});
