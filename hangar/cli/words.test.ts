// What the command line says of words it does not know, and of itself.

import { afterAll, expect, test } from "vitest";
import { folderWith } from "./test-process.ts";

const folder = folderWith();
afterAll(() => folder.remove());

const wrong: readonly (readonly [readonly string[], string])[] = [
  [["fly"], 'There is no command "fly". See: hangar --help'],
  [["start", "--wings"], "Unknown option '--wings'"],
  [["start", "now"], '"now" means nothing here.'],
  [["start", "--port", "many"], '--port takes a number from 0 to 65535, not "many".'],
  [["up", "--inspect=here"], '--inspect takes a port from 1 to 65535, not "here".'],
  [["up", "--inspect", "9300"], '"9300" means nothing here.'],
  [["exec"], "Say what to run: hangar exec -- CMD [ARG ...]"],
  [["deploy", "--account", "111122223333"], "--account needs --target aws or localstack."],
  [["destroy", "--target", "aws", "--account", "1111", "--region", "eu-west-1"], "--account with 12 digits"],
  [["test", "--target", "aws", "--account", "111122223333"], "--region, such as eu-west-1"],
  [["deploy", "--target", "moon"], 'There is no target "moon": embedded, localstack and aws are.'],
  [["access"], "Say: hangar access report"],
];

test.concurrent.each(wrong)("hangar %j is a usage error", async (words, says) => {
  const { code, stdout, stderr } = await folder.hangar(...words);
  expect(stderr).toContain(says);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test("every command that --help lists has a page of its own, which names its options", async () => {
  const { code, stdout } = await folder.hangar("--help");
  expect(code).toBe(0);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? "");
  expect(names).toEqual([
    "up",
    "start",
    "stop",
    "status",
    "exec",
    "deploy",
    "destroy",
    "diff",
    "test",
    "compare",
    "check",
    "promote",
    "snapshot",
    "reset",
    "clock",
    "trace",
    "logs",
    "access",
    "doctor",
  ]);
  const pages = await Promise.all(names.map((name) => folder.hangar(name, "--help")));
  for (const [index, page] of pages.entries()) {
    expect(page.code).toBe(0);
    expect(page.stdout).toContain(`Usage: hangar ${names[index]}`);
    expect(page.stdout).toContain("--help");
  }
});

test("without an instance: status says so and exits 1, stop has nothing to do, deploy names the way", async () => {
  expect(await folder.hangar("status", "--json")).toEqual({ code: 1, stdout: '{"running":false}\n', stderr: "" });
  expect(await folder.hangar("stop")).toEqual({ code: 0, stdout: "Nothing is running in this folder.\n", stderr: "" });
  const { code, stderr } = await folder.hangar("deploy");
  expect(stderr).toBe("Nothing is running in this folder. Start it with: hangar start\n");
  expect(code).toBe(1);
});

test("doctor finds this machine's Node, as JSON too", async () => {
  const { code, stdout } = await folder.hangar("doctor", "--json");
  expect(JSON.parse(stdout)).toContainEqual({ what: "Node", state: "ok", says: process.versions.node });
  expect(code).toBe(0);
});
