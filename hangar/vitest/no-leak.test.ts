// On the embedded target nothing leaves this machine, whatever its variables, profiles and config files say of a real account.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { sampleProject } from "./sample-project.ts";

/** Preloaded into every Node.js process below us: notes which connections would leave this machine, and ends those. */
const watch = `
const dns = require("node:dns");
const net = require("node:net");
const { appendFileSync } = require("node:fs");
const inside = (address) => /^(127\\.\\d+\\.\\d+\\.\\d+|::1)$/.test(address);
const note = (line) => appendFileSync(process.env.CONNECTIONS, line + "\\n");
const leaving = (where) => {
  note("LEFT to " + where);
  return new Error("The test lets nothing out to " + where);
};
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...values) {
  const normalised = Array.isArray(values[0]);
  const options = normalised ? values[0][0] : values[0];
  if (typeof options !== "object" || options.path) return connect.apply(this, values);
  const host = options.host ?? "localhost";
  const where = host + ":" + options.port;
  if (net.isIP(host) !== 0 && !inside(host)) {
    process.nextTick(() => this.destroy(leaving(where)));
    return this;
  }
  note("inside");
  const find = options.lookup ?? dns.lookup;
  // A name that is refused before anybody was asked for its address has not left.
  const lookup = (name, how, done) => find(name, how, (error, found, family) => {
    const left = error ? error.code !== "EHOSTUNREACH" : [found].flat().some((each) => !inside(each.address ?? each));
    done(left ? leaving(where) : error, found, family);
  });
  const watched = { ...options, lookup };
  if (normalised) values[0][0] = watched;
  else values[0] = watched;
  return connect.apply(this, values);
};
`;

/** What a program may do with the SDK, each with what came of it. */
const ways = `
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
const require = createRequire(import.meta.url);
const { S3 } = require("@aws-sdk/client-s3");
const { STS } = require("@aws-sdk/client-sts");
const told = async (call) => { try { return await call(); } catch (error) { return String(error.cause?.message ?? error.message); } };
const once = { maxAttempts: 1 };
export const results = async () => ({
  account: await told(async () => (await new STS(once).getCallerIdentity({})).Account),
  region: await told(() => new S3(once).config.region()),
  buckets: await told(async () => Array.isArray((await new S3({ ...once, forcePathStyle: true }).listBuckets({})).Buckets)),
  profile: await told(async () => (await new STS({ ...once, profile: "prod" }).getCallerIdentity({})).Account),
  byName: await told(async () => (await fetch("https://dynamodb.us-east-1.amazonaws.com/")).status),
  byEndpoint: await told(async () => (await new STS({ ...once, endpoint: "https://sts.us-east-1.amazonaws.com" }).getCallerIdentity({})).Account),
  noVariables: await told(async () => {
    const kept = { ...process.env };
    for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"]) delete process.env[name];
    const s3 = new S3(once);
    try { return (await s3.listBuckets({})).Buckets.length; } finally { Object.assign(process.env, kept); }
  }),
  noKeys: await told(async () => {
    const kept = { ...process.env };
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) delete process.env[name];
    const sts = new STS(once);
    try { return (await sts.getCallerIdentity({})).Account; } finally { Object.assign(process.env, kept); }
  }),
});
if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await results()));
`;

const suite = `
import { expect, test } from "hangar/vitest";
import { writeFileSync } from "node:fs";
import { results } from "./ways.js";

test("the fixtures", async ({ aws, stack }) => {
  await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: "x", Body: "x" });
  await aws.lambda.invoke({ FunctionName: stack.outputs.Writer });
  await aws.sqs.sendMessage({ QueueUrl: stack.outputs.QueueUrl, MessageBody: "x" });
});
test("clients of its own", async () => {
  writeFileSync("results.json", JSON.stringify(await results()));
});
`;

const leaver = `
const https = require("node:https");
const { STS } = require("@aws-sdk/client-sts");
const told = async (call) => { try { return await call(); } catch (error) { return String(error.cause?.message ?? error.message); } };
const once = { maxAttempts: 1 };
const get = (options) => new Promise((done, fail) => https.get(options, (answer) => done(answer.statusCode)).on("error", fail));
exports.handler = async () => ({
  role: await told(async () => (await new STS(once).getCallerIdentity({})).Arn.replace(/\\/[^/]*$/, "")),
  byName: await told(() => get("https://dynamodb.us-east-1.amazonaws.com/")),
  byEndpoint: await told(async () => (await new STS({ ...once, endpoint: "https://sts.us-east-1.amazonaws.com" }).getCallerIdentity({})).Account),
  byFetch: await told(async () => (await fetch("https://dynamodb.us-east-1.amazonaws.com/")).status),
  unencrypted: await told(async () => (await fetch("http://dynamodb.us-east-1.amazonaws.com/")).status),
  profile: await told(async () => (await new STS({ ...once, profile: "prod" }).getCallerIdentity({})).Account),
  variables: Object.keys(process.env).filter((name) => /PROFILE|CONTAINER|WEB_IDENTITY|CONFIG_FILE|SHARED_CREDENTIALS|URL_S3/.test(name)),
});`;

const Role = { "Fn::GetAtt": ["Role", "Arn"] };
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

const REFUSED = "Hangar refuses the connection to";
const inside = {
  account: "000000000000",
  region: "us-east-1",
  buckets: true,
  profile: "Could not load credentials from any providers",
  byName: expect.stringContaining(`${REFUSED} dynamodb.us-east-1.amazonaws.com`),
  byEndpoint: expect.stringContaining(`${REFUSED} sts.us-east-1.amazonaws.com`),
  noVariables: expect.stringContaining(`${REFUSED} s3.us-east-1.amazonaws.com`),
  noKeys: "Could not load credentials from any providers",
};

const project = sampleProject({ "watch.cjs": watch, "ways.js": ways, "leak.test.js": suite }, process.env);
const connections = join(project.path, "connections.txt");
afterAll(() => project.remove());
beforeEach(() => rmSync(connections, { force: true }));

const files = {
  config:
    "[default]\nregion = us-west-2\nendpoint_url = https://amazonaws.example.com\n[profile prod]\nregion = us-west-2\nservices = real\n[services real]\ns3 =\n  endpoint_url = https://s3.us-west-2.amazonaws.com\n",
  credentials:
    "[default]\naws_access_key_id = AKIAREAL\naws_secret_access_key = real\n[prod]\naws_access_key_id = AKIAREAL\naws_secret_access_key = real\n",
};
mkdirSync(join(project.path, "home", ".aws"), { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(project.path, "home", ".aws", name), text);

/** A machine that is set up for a real account, in every way at once. */
const machine = {
  HOME: join(project.path, "home"),
  USERPROFILE: join(project.path, "home"),
  NODE_OPTIONS: `--require=${JSON.stringify(join(project.path, "watch.cjs"))}`,
  CONNECTIONS: connections,
  AWS_PROFILE: "prod",
  AWS_REGION: "us-west-2",
  AWS_SESSION_TOKEN: "a-real-session",
  AWS_ENDPOINT_URL_S3: "https://s3.us-west-2.amazonaws.com",
  AWS_ROLE_ARN: "arn:aws:iam::999988887777:role/ci",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/credentials",
};

function connected(): { readonly inside: number; readonly left: readonly string[] } {
  const lines = existsSync(connections) ? readFileSync(connections, "utf8").trim().split("\n") : [];
  return {
    inside: lines.filter((line) => line.startsWith("inside")).length,
    left: lines.filter((line) => line.startsWith("LEFT")),
  };
}

function expectInside(): void {
  const { inside: within, left } = connected();
  expect(left).toEqual([]);
  expect(within).toBeGreaterThan(0);
}

test("the same program without Hangar does leave: the watch sees it", async () => {
  await project.node(["ways.js"], machine);

  expect(connected().left).toContain("LEFT to s3.us-west-2.amazonaws.com:443");
  expect(connected().left).toContain("LEFT to dynamodb.us-east-1.amazonaws.com:443");
});

test("hangar exec: the command and the SDK's default chain stay inside", async () => {
  const { code, said } = await project.hangar(["exec", "--", process.execPath, "ways.js"], machine);
  expect(code, said).toBe(0);
  expect(JSON.parse(said.slice(said.indexOf("{")))).toEqual(inside);
  expectInside();
});

test("hangar test and its suites stay inside", async () => {
  const { code, said } = await project.hangar(["test", "--config", "vitest.config.js"], machine);
  expect(code, said).toBe(0);
  expect(JSON.parse(project.read("results.json"))).toEqual(inside);
  expectInside();
});

test("vitest with our set-up alone stays inside, in its workers too", async () => {
  writeFileSync(join(project.path, "results.json"), "{}");
  const { code, said } = await project.vitest(machine);
  expect(code, said).toBe(0);
  expect(JSON.parse(project.read("results.json"))).toEqual(inside);
  expectInside();
});

test("a function stays inside: what it calls by AWS's names comes to Hangar or is refused", async () => {
  const own = { NODE_OPTIONS: machine.NODE_OPTIONS, CONNECTIONS: connections };
  const Properties = {
    FunctionName: "leaver",
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Role,
    Timeout: 60,
    Code: { ZipFile: leaver },
    Environment: { Variables: own },
  };
  const template = {
    Resources: {
      Role: { Type: "AWS::IAM::Role", Properties: { RoleName: "leaver", AssumeRolePolicyDocument: trust } },
      Leaver: { Type: "AWS::Lambda::Function", Properties },
    },
  };
  writeFileSync(join(project.path, "assembly", "Photos.template.json"), JSON.stringify(template));
  const invoke = `
import { Lambda } from "@aws-sdk/client-lambda";
const { Payload } = await new Lambda({}).invoke({ FunctionName: "leaver" });
console.log(Buffer.from(Payload).toString());`;
  writeFileSync(join(project.path, "invoke.js"), invoke);
  // What watches its connections lies in /tmp, which would be its own.
  const { said } = await project.hangar(["exec", "--", process.execPath, "invoke.js"], {
    ...machine,
    HANGAR_LAMBDA_MOUNTS: "off",
  });
  expect(JSON.parse(said.slice(said.indexOf("{")))).toEqual({
    role: "arn:aws:sts::000000000000:assumed-role/leaver",
    byName: expect.any(Number),
    byEndpoint: "000000000000",
    byFetch: expect.stringContaining(`${REFUSED} dynamodb.us-east-1.amazonaws.com`),
    unencrypted: expect.stringContaining(`${REFUSED} dynamodb.us-east-1.amazonaws.com`),
    profile: "Could not load credentials from any providers",
    variables: [],
  });
  expectInside();
});
