// `hangar exec`: a cloud for the length of one command.

import { afterAll, expect, test } from "vitest";
import { folderWith } from "./test-process.ts";

const folder = folderWith({ "show.mjs": "console.log(JSON.stringify(process.env));" });
afterAll(() => folder.remove());

test.concurrent("the command sees the endpoint, which answers, and no variable that leads elsewhere", async () => {
  const script = 'await fetch(process.env.AWS_ENDPOINT_URL + "/_hangar/health"); await import("./show.mjs");';
  const { code, stdout } = await folder.hangar("exec", "--", process.execPath, "--input-type=module", "-e", script);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    AWS_ACCESS_KEY_ID: "test",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});

test.concurrent("the command's exit code is ours", async () => {
  expect((await folder.hangar("exec", "--", process.execPath, "-e", "process.exit(7)")).code).toBe(7);
});

test.concurrent("a command that a signal ended counts as in a shell", async () => {
  const script = 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)';
  expect((await folder.hangar("exec", "--", process.execPath, "-e", script)).code).toBe(143);
});

test.concurrent("SIGTERM reaches the command, and the cloud ends with it", async () => {
  const script = 'process.on("SIGTERM", () => process.exit(5)); console.log("ready"); setInterval(() => {}, 1000)';
  const { child, ended } = await folder.start("exec", "--", process.execPath, "-e", script);
  child.kill("SIGTERM");
  expect((await ended()).code).toBe(5);
});

test.concurrent("a program that is not there is named", async () => {
  expect(await folder.hangar("exec", "--", "no-such-program")).toEqual({
    code: 2,
    stdout: "",
    stderr: 'There is no program "no-such-program".\n',
  });
});

test.concurrent("commands inside it speak to its own instance", async () => {
  const main = new URL("./main.ts", import.meta.url).pathname;
  const { stdout } = await folder.hangar("exec", "--", process.execPath, main, "status", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ running: true, stacks: [] });
});
