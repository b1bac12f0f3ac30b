// What stops a command before it writes to a real account, seen from the account: a stand-in of its own process, and its trace.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sampleProject } from "./sample-project.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const TIME = 120_000;
const MAIN = fileURLToPath(new URL("../cli/main.ts", import.meta.url));
const NO_FILES = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };

type StandIn = {
  readonly endpoint: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** Deploys what lies in assembly/, once it has put other keys into the file of credentials. */
const swap = `
import { cpSync, writeFileSync } from "node:fs";
cpSync("assembly", process.env.CDK_OUTDIR, { recursive: true });
writeFileSync("credentials", "[default]\\naws_access_key_id = 999988887777\\naws_secret_access_key = test\\n");
`;

const project = sampleProject({ "swap.js": swap }, process.env);
const folder = mkdtempSync(join(tmpdir(), "hangar-stand-in-"));
let process_: ChildProcess;
let standIn: StandIn;
let keys: Readonly<Record<string, string>>;

beforeAll(async () => {
  const place = ["--account", ACCOUNT, "--region", REGION, "--port", "0"];
  const slow = ["--consistency", "1s", "--throttling"];
  const words = ["start", "--json", "--tls", "--seed-role", "Deployer", ...place, ...slow];
  process_ = spawn(process.execPath, [MAIN, ...words], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  standIn = await new Promise((done) => {
    let said = "";
    process_.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("\n")) done(JSON.parse(said) as StandIn);
    });
  });
  const { NODE_EXTRA_CA_CERTS = "", AWS_CA_BUNDLE = "", ...own } = standIn.environment;
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN = "" } = own;
  keys = { NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN };
}, TIME);
afterAll(async () => {
  const ended = new Promise((done) => process_.once("close", done));
  process_.kill("SIGTERM");
  await ended;
  project.remove();
  rmSync(folder, { recursive: true, force: true });
});

let seen = 0;

/** What was called there since the last question. */
async function called(): Promise<readonly string[]> {
  const answer = await fetch(`http://127.0.0.1:${standIn.port}/_hangar/trace`);
  const { spans } = (await answer.json()) as { spans: readonly { kind: string; name: string; parent?: number }[] };
  const calls = spans.filter(({ kind }) => kind === "call").map(({ name }) => name);
  const since = calls.slice(seen);
  seen = calls.length;
  return [...new Set(since)];
}

beforeEach(async () => void (await called()));

const flags = (account = ACCOUNT): string[] => [
  "--target",
  "aws",
  "--account",
  account,
  "--region",
  REGION,
  "--endpoint-url",
  standIn.endpoint,
];

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

test.for(STOPPED)("%s stops it before the first write", { timeout: TIME }, async ([, stopped]) => {
  const config = join(folder, "config");
  writeFileSync(config, stopped.config ?? "");
  const environment = { ...keys, ...NO_FILES, AWS_CONFIG_FILE: config, ...stopped.environment };
  const { code, said } = await project.hangar(["deploy", ...flags(stopped.account)], environment);
  expect([code, said]).toEqual([1, expect.stringContaining("Nothing was written.")]);
  expect(said).toContain(stopped.says);
  expect(await called()).toEqual(stopped.asked ?? []);
});

test("an account that changes between the check and the deployment stops it", { timeout: TIME }, async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...trust } = keys;
  const file = join(project.path, "credentials");
  writeFileSync(
    file,
    `[default]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\naws_session_token = ${AWS_SESSION_TOKEN}\n`,
  );
  const environment = { ...trust, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: file };
  const words = ["deploy", ...flags(), "--app", "node swap.js"];
  const { code, said } = await project.hangar(words, environment);
  expect(said).toContain(`*** This is not AWS: ${standIn.endpoint} stands in for it`);
  expect(said).toContain("the credentials are those of arn:aws:iam::999988887777:root, account 999988887777");
  expect(code).toBe(1);
  expect(await called()).toEqual(["sts:GetCallerIdentity"]);
});

test(
  "the CDK CLI deploys there, and CloudFormation waits until its roles are in force",
  { timeout: TIME },
  async () => {
    const { code, said } = await project.hangar(["deploy", ...flags()], { ...keys, ...NO_FILES });
    expect(code, said).toBe(0);
    expect(said).toContain(`*** This is not AWS: ${standIn.endpoint} stands in for it`);
    expect(await called()).toContain("cloudformation:ExecuteChangeSet");
  },
);

// The last one: time does not go back.
test("a session that has expired stops it before the first write", { timeout: TIME }, async () => {
  await fetch(`http://127.0.0.1:${standIn.port}/_hangar/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance: "13 hours" }),
  });
  await called();
  const { code, said } = await project.hangar(["deploy", ...flags()], { ...keys, ...NO_FILES });
  expect([code, said]).toEqual([1, expect.stringContaining("Nothing was written.")]);
  expect(said).toContain(
    "STS could not be asked who is calling: The security token included in the request is expired",
  );
  expect(await called()).toEqual([]);
});
