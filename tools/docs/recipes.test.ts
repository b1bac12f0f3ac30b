// The CI recipes in docs/promotion: YAML that parses, Hangar's commands as they are, and no key that lasts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { command as check } from "../../hangar/cli/check.ts";
import { readWords, type Command } from "../../hangar/cli/command.ts";
import { command as promote } from "../../hangar/cli/promote.ts";
import { command as suites } from "../../hangar/cli/test.ts";
import { root } from "../architecture/house.ts";

const commands: Readonly<Record<string, Command>> = { check, promote, test: suites };
const textOf = (name: string): string => readFileSync(join(root, "docs", "promotion", name), "utf8");

type Step = { readonly run?: string; readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> };
type Workflow = {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly permissions?: object }>>;
};
type Pipeline = Readonly<Record<string, { readonly script?: readonly string[]; readonly extends?: string }>>;

/** What is wrong with a line of shell, as far as Hangar's own words go. */
function wrongIn(line: string): readonly string[] {
  const [, name = "", rest = ""] = /^npx hangar (\S+)(.*)$/.exec(line) ?? [];
  if (name === "") return /\bhangar\b(?! test)/.test(line.replaceAll(".hangar", "")) ? [`not read: ${line}`] : [];
  const command = commands[name];
  if (command === undefined) return [`there is no command ${name}`];
  const words = rest.split(" ").filter((word) => word !== "");
  const unknown = words.filter((word) => word.startsWith("--") && !(word.slice(2) in command.options));
  const { rest: strays } = readWords(command, words);
  return [...unknown, ...strays].map((word) => `${name} does not know ${word}`);
}

test("lines that Hangar would not understand are found", () => {
  expect(wrongIn("npx hangar promote --stage staging --yes")).toEqual([]);
  expect(wrongIn("npx hangar fly --yes")).toEqual(["there is no command fly"]);
  expect(wrongIn("npx hangar promote --stages staging")).toContain("promote does not know --stages");
  expect(wrongIn("tar -czf a.tgz .hangar/runs")).toEqual([]);
  expect(wrongIn("npm ci && npx hangar deploy")).toEqual(["not read: npm ci && npx hangar deploy"]);
});

test("GitHub Actions: every job that promotes trades a token for its session", () => {
  const { jobs } = parse(textOf("github-actions.yml")) as Workflow;
  const lines = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run?.trim().split("\n") ?? []));
  expect(lines.flatMap(wrongIn)).toEqual([]);
  expect(Object.keys(jobs)).toEqual(["test", "staging", "production"]);
  for (const { steps, permissions } of Object.values(jobs)) {
    if (!steps.some(({ run }) => run?.includes("hangar promote"))) continue;
    expect(permissions).toEqual({ "id-token": "write", contents: "read" });
    const [session] = steps.filter(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
    expect(Object.keys(session?.with ?? {})).toEqual(["role-to-assume", "aws-region", "role-duration-seconds"]);
  }
});

/** The first major of each that runs on Node 24: GitHub's runners have had no Node 20 since September 2026, and no others start. */
const ACTIONS: Readonly<Record<string, number>> = {
  "actions/checkout": 5,
  "actions/setup-node": 5,
  "actions/upload-artifact": 6,
  "actions/download-artifact": 7,
  "aws-actions/configure-aws-credentials": 6,
};

test("GitHub Actions: every action runs on the Node that runners have", () => {
  const { jobs } = parse(textOf("github-actions.yml")) as Workflow;
  const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  const old = used.filter((each) => {
    const [name = "", version = ""] = each.split("@v");
    return !(Number(version) >= (ACTIONS[name] ?? Infinity));
  });
  expect(old).toEqual([]);
  expect(new Set(used.map((each) => each.split("@")[0]))).toEqual(new Set(Object.keys(ACTIONS)));
});

test("GitLab: every job that promotes trades a token for its session", () => {
  const pipeline = parse(textOf("gitlab-ci.yml")) as Pipeline;
  const jobs = Object.values(pipeline).filter(({ script }) => script !== undefined);
  expect(jobs.flatMap(({ script = [] }) => script.flatMap(wrongIn))).toEqual([]);
  const promoting = jobs.filter(({ script = [] }) => script.some((line) => line.includes("hangar promote")));
  expect(promoting).toHaveLength(2);
  for (const job of promoting) expect(job.extends).toBe(".promote");
  expect(pipeline[".promote"]).toHaveProperty(["id_tokens", "AWS_ID_TOKEN", "aud"]);
});

test.for(["github-actions.yml", "gitlab-ci.yml"])("%s has no key that lasts", (name) => {
  expect(textOf(name)).not.toMatch(/ACCESS_KEY|aws-access-key|secrets\.|AKIA/i);
});

test("the deployer's policy is one, for the account and region of the recipes' first stage", () => {
  const { Version, Statement } = JSON.parse(textOf("deployer-policy.json")) as {
    readonly Version: string;
    readonly Statement: readonly { readonly Effect: string; readonly Resource: string }[];
  };
  expect(Version).toBe("2012-10-17");
  for (const { Effect, Resource } of Statement) {
    expect(Effect).toBe("Allow");
    expect(Resource === "*" || Resource.includes("111122223333")).toBe(true);
  }
});
