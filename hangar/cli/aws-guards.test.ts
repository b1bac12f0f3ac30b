// What stops a command before it writes to a real account, seen from the account: a stand-in of its own process, and its trace.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { standInProcess, type StandIn } from "./stand-in-process.ts";
import { sampleProject } from "../vitest/sample-project.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const SUITE = ["--config", "vitest.config.js"];
const NO_FILES = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };

/** Deploys what lies in assembly/, once it has put other keys into the file of credentials. */
const swap = `
import { cpSync, writeFileSync } from "node:fs";
cpSync("assembly", process.env.CDK_OUTDIR, { recursive: true });
writeFileSync("credentials", "[default]\\naws_access_key_id = 999988887777\\naws_secret_access_key = test\\n");
`;

/** Answers with the keys it was given until, after so many calls, the stand-in is called for this; then with another account's. */
const turncoat = `
const [keys, port, since, call] = process.argv.slice(2);
const { spans } = await (await fetch(\`http://127.0.0.1:\${port}/_hangar/trace\`)).json();
const calls = spans.filter(({ kind }) => kind === "call").slice(Number(since));
const other = { AccessKeyId: "999988887777", SecretAccessKey: "test" };
console.log(JSON.stringify({ Version: 1, ...(calls.some(({ name }) => name === call) ? other : JSON.parse(atob(keys))) }));
`;

const suite = `
import { test, expect } from "hangar/vitest";
test("is deployed", ({ stack }) => expect(stack.outputs.Bucket).toMatch(/^photos-/));
`;

const project = sampleProject({ "swap.js": swap, "turncoat.js": turncoat, "photos.test.js": suite }, process.env);
let standIn: StandIn;

beforeAll(async () => {
  const slow = ["--consistency", "1s", "--throttling"];
  standIn = await standInProcess(["--account", ACCOUNT, "--region", REGION, ...slow]);
  const { code, said } = await project.hangar(["test", ...SUITE]);
  expect(code, said).toBe(0);
});
afterAll(async () => {
  await standIn.stop();
  project.remove();
});
beforeEach(async () => void (await standIn.called()));

/** Each wants the guard's leave before it writes; a promotion has the embedded target's green record. */
const COMMANDS = {
  deploy: ["deploy", "--target", "aws"],
  promote: ["promote", "--to", "aws", "--yes", ...SUITE],
} as const;
type Command = keyof typeof COMMANDS;

function command(name: Command, account = ACCOUNT): string[] {
  return [...COMMANDS[name], "--account", account, "--region", REGION, "--endpoint-url", standIn.endpoint];
}

type Case = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly account?: string;
  readonly says: string;
  /** STS alone may have been asked. */
  readonly asked?: readonly string[];
};

const STOPPED: readonly (readonly [string, Case])[] = [
  [
    "credentials of another account",
    {
      account: "999988887777",
      says: `the credentials are those of arn:aws:sts::${ACCOUNT}:assumed-role/Deployer/hangar-start, account ${ACCOUNT}`,
      asked: ["sts:GetCallerIdentity"],
    },
  ],
  [
    "AWS_PROFILE that points elsewhere",
    {
      environment: {
        AWS_PROFILE: "elsewhere",
        AWS_ACCESS_KEY_ID: "",
        AWS_SECRET_ACCESS_KEY: "",
        AWS_SESSION_TOKEN: "",
      },
      config: "[profile elsewhere]\nrole_arn = arn:aws:iam::999988887777:role/ci\n",
      says: "the role of the profile elsewhere is for account 999988887777",
    },
  ],
  ["an endpoint variable", { environment: { AWS_ENDPOINT_URL: "http://localhost:1" }, says: "AWS_ENDPOINT_URL is" }],
  [
    "an endpoint variable of one service",
    { environment: { AWS_ENDPOINT_URL_SQS: "http://localhost:1" }, says: "AWS_ENDPOINT_URL_SQS is http://localhost:1" },
  ],
  [
    "a proxy that the CDK CLI would obey",
    { environment: { HTTPS_PROXY: "http://127.0.0.1:9" }, says: "HTTPS_PROXY is http://127.0.0.1:9: the CDK CLI" },
  ],
  ["a region elsewhere", { environment: { AWS_REGION: "us-east-1" }, says: "AWS_REGION is us-east-1" }],
];

const ALL = (Object.keys(COMMANDS) as Command[]).flatMap((name) =>
  STOPPED.map(([what, stopped]) => [name, what, stopped] as const),
);

test.for(ALL)("%s: %s stops it before the first write", async ([name, , stopped]) => {
  const config = join(project.path, "config");
  writeFileSync(config, stopped.config ?? "");
  const environment = { ...standIn.keys, ...NO_FILES, AWS_CONFIG_FILE: config, ...stopped.environment };
  const { code, said } = await project.hangar(command(name, stopped.account), environment);
  expect([code, said]).toEqual([1, expect.stringContaining("Nothing was written.")]);
  expect(said).toContain(stopped.says);
  expect(await standIn.called()).toEqual(stopped.asked ?? []);
});

test("promote: a production account wants its id once more, before anybody is asked", async () => {
  project.write("hangar.config.json", JSON.stringify({ accounts: { [ACCOUNT]: { production: true } } }));
  const { code, said } = await project.hangar(command("promote"), { ...standIn.keys, ...NO_FILES });
  rmSync(join(project.path, "hangar.config.json"));
  expect([code, said]).toEqual([1, expect.stringContaining("Nothing was written.")]);
  expect(said).toContain(`${ACCOUNT} is a production account: --yes-production ${ACCOUNT}`);
  expect(await standIn.called()).toEqual([]);
});

const BETWEEN: readonly (readonly [string, { readonly after: string; readonly says: RegExp }])[] = [
  ["the guard and the change set", { after: "sts:GetCallerIdentity", says: /^Nothing was written\./m }],
  [
    "the change set and its execution",
    {
      after: "cloudformation:CreateChangeSet",
      says: /^Stopped before it was deployed: hangar-[0-9a-f]{12} of Photos is there and not executed\./m,
    },
  ],
];

test.for(BETWEEN)("promote: an account that changes between %s stops it", async ([, { after, says }]) => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...trust } = standIn.keys;
  const keys = {
    AccessKeyId: AWS_ACCESS_KEY_ID,
    SecretAccessKey: AWS_SECRET_ACCESS_KEY,
    SessionToken: AWS_SESSION_TOKEN,
  };
  const words = [btoa(JSON.stringify(keys)), standIn.port, await standIn.calls(), after];
  const config = join(project.path, "config");
  const program = `${process.execPath} ${join(project.path, "turncoat.js")} ${words.join(" ")}`;
  writeFileSync(config, `[default]\ncredential_process = ${program}\n`);
  const environment = { ...trust, ...NO_FILES, AWS_CONFIG_FILE: config };
  const { code, said } = await project.hangar(command("promote"), environment);
  expect([code, said]).toEqual([1, expect.stringMatching(says)]);
  expect(said).toContain("the credentials are those of arn:aws:iam::999988887777:root, account 999988887777");
  const called = await standIn.called();
  expect(called).toContain(after);
  expect(called).not.toContain("cloudformation:ExecuteChangeSet");
  if (after === "sts:GetCallerIdentity") expect(called).toEqual([after]);
});

test("deploy: an account that changes between the check and the deployment stops it", async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...trust } = standIn.keys;
  const file = join(project.path, "credentials");
  writeFileSync(
    file,
    `[default]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\naws_session_token = ${AWS_SESSION_TOKEN}\n`,
  );
  const environment = { ...trust, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: file };
  const words = [...command("deploy"), "--app", "node swap.js"];
  const { code, said } = await project.hangar(words, environment);
  expect(said).toContain(`*** This is not AWS: ${standIn.endpoint} stands in for it`);
  expect(said).toContain("the credentials are those of arn:aws:iam::999988887777:root, account 999988887777");
  expect(code).toBe(1);
  expect(await standIn.called()).toEqual(["sts:GetCallerIdentity"]);
});

test("the CDK CLI deploys there, and CloudFormation waits until its roles are in force", async () => {
  const { code, said } = await project.hangar(command("deploy"), { ...standIn.keys, ...NO_FILES });
  expect(code, said).toBe(0);
  expect(said).toContain(`*** This is not AWS: ${standIn.endpoint} stands in for it`);
  expect(await standIn.called()).toContain("cloudformation:ExecuteChangeSet");
});

// The last one: time does not go back.
test("a session that has expired stops both before the first write", async () => {
  await standIn.advance("13 hours");
  await standIn.called();
  for (const name of Object.keys(COMMANDS) as Command[]) {
    const { code, said } = await project.hangar(command(name), { ...standIn.keys, ...NO_FILES });
    expect([code, said]).toEqual([1, expect.stringContaining("Nothing was written.")]);
    expect(said).toContain(
      "STS could not be asked who is calling: The security token included in the request is expired",
    );
  }
  expect(await standIn.called()).toEqual([]);
});
