// For this room's tests: a user's project in a temporary folder, with an app to deploy, and the runner's own command there.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const workspace = fileURLToPath(new URL("../../", import.meta.url));

/** What package.json's exports are, from the sources. */
const DOORS = { ".": "../index.ts", "./vitest": "./index.ts", "./vitest/setup": "./setup.ts" };
const CLIENTS = ["cloudformation", "cloudwatch-logs", "dynamodb", "lambda", "s3", "sqs", "ssm", "sts"];
const INSTALLED = ["vitest", "aws-cdk", ...CLIENTS.map((name) => `@aws-sdk/client-${name}`)];
const COMMAND = fileURLToPath(new URL("../cli/main.ts", import.meta.url));

const writer = `
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");
exports.handler = async () => {
  const s3 = new S3Client({ forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: "written", Body: "x" }));
};`;

const echo = `
exports.handler = async (event) => ({ statusCode: 200, body: event.rawPath });`;

const tally = `
let count = 0;
exports.handler = async () => ({ count: (count += 1), now: Date.now() });`;

function lambda(code: string, more: Record<string, unknown> = {}): unknown {
  const Role = { "Fn::GetAtt": ["Role", "Arn"] };
  return {
    Type: "AWS::Lambda::Function",
    Properties: { Runtime: "nodejs22.x", Handler: "index.handler", Role, Code: { ZipFile: code }, ...more },
  };
}

const template = {
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
      },
    },
    Photos: { Type: "AWS::S3::Bucket" },
    Jobs: { Type: "AWS::SQS::Queue" },
    Writer: lambda(writer, { Environment: { Variables: { BUCKET: { Ref: "Photos" } } } }),
    Echo: lambda(echo),
    Tally: lambda(tally),
    EchoUrl: {
      Type: "AWS::Lambda::Url",
      Properties: { TargetFunctionArn: { "Fn::GetAtt": ["Echo", "Arn"] }, AuthType: "NONE" },
    },
    EchoOpen: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        FunctionName: { Ref: "Echo" },
        Action: "lambda:InvokeFunctionUrl",
        Principal: "*",
        FunctionUrlAuthType: "NONE",
      },
    },
    EchoOpenToo: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        FunctionName: { Ref: "Echo" },
        Action: "lambda:InvokeFunction",
        Principal: "*",
        InvokedViaFunctionUrl: true,
      },
    },
  },
  Outputs: {
    Bucket: { Value: { Ref: "Photos" } },
    QueueUrl: { Value: { Ref: "Jobs" } },
    Writer: { Value: { Ref: "Writer" } },
    EchoUrl: { Value: { "Fn::GetAtt": ["EchoUrl", "FunctionUrl"] } },
    Tally: { Value: { Ref: "Tally" } },
  },
};

const manifest = {
  version: "48.0.0",
  artifacts: {
    Photos: {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/unknown-region",
      properties: { templateFile: "Photos.template.json" },
    },
  },
};

const PROJECT: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ name: "photos", private: true, type: "module" }),
  "cdk.json": JSON.stringify({ app: "assembly" }),
  "assembly/manifest.json": JSON.stringify(manifest),
  "assembly/Photos.template.json": JSON.stringify(template),
  "vitest.config.js": `import { defineConfig } from "vitest/config";
export default defineConfig({ test: { globalSetup: "hangar/vitest/setup", maxWorkers: 2, testTimeout: 30_000 } });
`,
};

type Ended = { readonly code: number | null; readonly said: string };

export type SampleProject = {
  readonly path: string;
  /** Runs vitest, with more in its environment; its JSON report beside what it said. */
  vitest(more?: NodeJS.ProcessEnv): Promise<Ended & { readonly report: Report }>;
  node(words: readonly string[], more?: NodeJS.ProcessEnv): Promise<Ended>;
  /** The `hangar` command, with more in its environment. */
  hangar(words: readonly string[], more?: NodeJS.ProcessEnv): Promise<Ended>;
  read(name: string): string;
  write(name: string, text: string): void;
  remove(): void;
};

export type Report = {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

/** `environment` is the host's. */
export function sampleProject(files: Readonly<Record<string, string>>, environment: NodeJS.ProcessEnv): SampleProject {
  const path = mkdtempSync(join(tmpdir(), "hangar-vitest-"));
  for (const [name, text] of Object.entries({ ...PROJECT, ...files })) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  for (const name of INSTALLED) link(join(path, "node_modules"), name);
  installHangar(join(path, "node_modules", "hangar"));
  const env = ownEnvironment(environment);
  return {
    path,
    node: (words, more = {}) => run(words, { cwd: path, env: { ...env, ...more } }),
    hangar: (words, more = {}) => run([COMMAND, ...words], { cwd: path, env: { ...env, ...more } }),
    vitest: async (more = {}) => {
      const flags = ["run", "--reporter=verbose", "--reporter=json", "--outputFile.json=report.json"];
      const words = [join("node_modules", "vitest", "vitest.mjs"), ...flags];
      const ended = await run(words, { cwd: path, env: { ...env, ...more } });
      return { ...ended, report: reportIn(path, ended) };
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    write: (name, text) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function link(modules: string, name: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(join(workspace, "node_modules", name), join(modules, name), "junction");
}

/** The package as it is installed, each door leading to the sources. */
function installHangar(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const exported = Object.entries(DOORS).map(([door, source], index) => {
    const target = JSON.stringify(pathToFileURL(fileURLToPath(new URL(source, import.meta.url))).href);
    writeFileSync(join(folder, `door-${index}.js`), `export * from ${target};\n`);
    return [door, `./door-${index}.js`];
  });
  const about = { name: "hangar", type: "module", exports: Object.fromEntries(exported) as unknown };
  writeFileSync(join(folder, "package.json"), JSON.stringify(about));
}

function reportIn(path: string, { said }: Ended): Report {
  try {
    return JSON.parse(readFileSync(join(path, "report.json"), "utf8")) as Report;
  } catch (error) {
    throw new Error(`vitest wrote no report:\n${said}`, { cause: error });
  }
}

/** Without what the vitest that runs this suite, or a cloud that it started, would tell a child of theirs. */
function ownEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^(VITEST|NODE_(?!COMPILE_CACHE$)|AWS_|HANGAR_|TEST$|CI$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: "1" };
}

function run(
  words: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, words, options);
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", fail);
    child.once("close", (code) => done({ code, said }));
  });
}
