// Functions of container images, where a container engine answers: their entry point, limits, settings and end.

import {
  CreateFunctionCommand,
  GetFunctionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type Architecture,
  type CreateFunctionCommandInput,
} from "@aws-sdk/client-lambda";
import { execFileSync } from "node:child_process";
import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archive, logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import { buildBase, buildImage, withoutImages } from "./test-image.ts";

const repository = "000000000000.dkr.ecr.us-east-1.amazonaws.com/hangar-suite";
const uri = `${repository}:v1`;
const base = "hangar-suite/node";
const missing = await withoutImages();

const HANDLERS = `
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
const refused = (work) => { try { work(); return "done"; } catch (error) { return error.code; } };
let count = 0;
export const handler = (event) => {
  console.log("handled", event.name);
  count += 1;
  return { event, count, env: process.env, cwd: process.cwd(), uid: process.getuid(), words: process.argv.slice(2) };
};
export const files = () => ({
  root: refused(() => writeFileSync("/written", "x")),
  task: refused(() => writeFileSync("/var/task/written", "x")),
  temporary: refused(() => writeFileSync("/tmp/written", "x")),
  tmp: readdirSync("/tmp"),
});
export const fails = () => { throw new RangeError("no"); };
export const exits = () => process.exit(3);
export const sleeps = () => new Promise((done) => setTimeout(done, 60_000));
export const fills = () => { const kept = []; for (;;) kept.push(Buffer.alloc(10_000_000, 1)); };
export const calls = async () => {
  const { AWS_ENDPOINT_URL: url } = process.env;
  return { status: (await fetch(url + "/_localstack/health")).status };
};
`;

let at: LambdaCloud;
const built: (() => void)[] = [];

async function make(name: string, command: string, more: Partial<CreateFunctionCommandInput> = {}): Promise<void> {
  await at.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: at.role,
      PackageType: "Image",
      Code: { ImageUri: uri },
      Architectures: [process.arch === "arm64" ? "arm64" : "x86_64"],
      ImageConfig: { Command: [command] },
      ...more,
    }),
  );
}

const containers = (): string[] =>
  execFileSync("docker", ["ps", "-aq", "--filter", `label=hangar.process=${hostname()}/${process.pid}`], {
    encoding: "utf8",
  })
    .split("\n")
    .filter(Boolean);

describe.skipIf(missing !== undefined)(
  `a container image${missing === undefined ? "" : `: skipped, ${missing}`}`,
  () => {
    beforeAll(async () => {
      built.unshift(buildBase(base));
      built.unshift(buildImage(uri, base, { "index.mjs": HANDLERS }));
      at = await startLambdaCloud("images");
    });
    afterAll(async () => {
      expect(at.cloud.bugs).toEqual([]);
      await at.cloud.close();
      expect(containers()).toEqual([]);
      for (const remove of built) remove();
    });

    test("its entry point runs with the function's variables alone, and is kept for the next invocation", async () => {
      await make("shows", "index.handler", { ImageConfig: {}, Environment: { Variables: { OWN: "1" } } });
      const first = (await run(at, "shows", { name: "one" })).json as Record<string, unknown>;
      expect(first).toMatchObject({
        event: { name: "one" },
        count: 1,
        cwd: "/var/task",
        uid: 993,
        words: ["index.handler"],
      });
      expect(first["env"]).toMatchObject({
        OWN: "1",
        FROM_IMAGE: "yes",
        PATH: "/usr/bin",
        AWS_REGION: "us-east-1",
        AWS_LAMBDA_FUNCTION_NAME: "shows",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
        AWS_SESSION_TOKEN: expect.any(String) as string,
      });
      expect(Object.keys(first["env"] as object)).not.toContain("HOSTNAME_OF_USER");
      expect((await run(at, "shows", {})).json).toMatchObject({ count: 2 });
      const log = await logOf(at, "shows");
      expect(log[0]).toMatch(/^START RequestId: /);
      expect(log[1]).toBe("handled one\n");
      expect(log[3]).toMatch(/^REPORT .*Memory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: /);
    });

    test("only /tmp can be written to", async () => {
      await make("files", "index.files");
      expect((await run(at, "files")).json).toEqual({
        root: "EROFS",
        task: "EROFS",
        temporary: "done",
        tmp: ["written"],
      });
    });

    test("it reaches the cloud", async () => {
      await make("calls", "index.calls");
      expect((await run(at, "calls")).json).toEqual({ status: 200 });
    });

    test("errors, exits, timeouts and memory are told as Lambda tells them", async () => {
      await make("fails", "index.fails");
      expect((await run(at, "fails")).json).toEqual({ errorType: "RangeError", errorMessage: "no", trace: [] });
      await make("exits", "index.exits");
      expect((await run(at, "exits")).json).toMatchObject({
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
        ) as string,
      });
      await make("sleeps", "index.sleeps", { Timeout: 1 });
      expect((await run(at, "sleeps")).json).toMatchObject({ errorType: "Sandbox.Timedout" });
      await make("fills", "index.fills", { Timeout: 30 });
      expect((await run(at, "fills")).json).toMatchObject({
        errorType: "Runtime.OutOfMemory",
        errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/) as string,
      });
    });

    test("an entry point or directory that cannot be used is told, in the log too", async () => {
      let count = 0;
      const failure = async (more: Partial<CreateFunctionCommandInput>): Promise<unknown> => {
        const name = `unusable-${(count += 1)}`;
        await make(name, "x", more);
        const { errorType, errorMessage } = (await run(at, name)).json as Record<string, string>;
        expect(await logOf(at, name)).toContain(`${errorMessage}\n${errorType}\n`);
        return `${errorType}: ${errorMessage?.replace(/^RequestId: [0-9a-f-]{36} Error: /, "")}`;
      };
      expect(await failure({ ImageConfig: { EntryPoint: ["/no/such"] } })).toBe(
        "Runtime.InvalidEntrypoint: fork/exec /no/such: no such file or directory",
      );
      expect(await failure({ ImageConfig: { EntryPoint: ["nosuch"] } })).toBe(
        'Runtime.InvalidEntrypoint: exec: "nosuch": executable file not found in $PATH',
      );
      expect(await failure({ ImageConfig: { EntryPoint: ["/var/task"] } })).toBe(
        "Runtime.InvalidEntrypoint: fork/exec /var/task: permission denied",
      );
      expect(await failure({ ImageConfig: { EntryPoint: ["/var/task/index.mjs"] } })).toBe(
        "Runtime.InvalidEntrypoint: fork/exec /var/task/index.mjs: exec format error",
      );
      expect(await failure({ ImageConfig: { WorkingDirectory: "/no/such" } })).toBe(
        "Runtime.InvalidWorkingDir: chdir /no/such: no such file or directory",
      );
      expect(await failure({ ImageConfig: { WorkingDirectory: "/var/client.mjs" } })).toBe(
        "Runtime.InvalidWorkingDir: chdir /var/client.mjs: not a directory",
      );
      expect(await failure({ ImageConfig: { WorkingDirectory: "var" } })).toBe(
        "Runtime.InvalidWorkingDir: the working directory 'var' is invalid, it needs to be an absolute path",
      );
      // It can be made, and fails like this.
      const other: Architecture = process.arch === "arm64" ? "x86_64" : "arm64";
      expect(await failure({ Architectures: [other] })).toBe(
        "Runtime.InvalidEntrypoint: fork/exec /usr/bin/node: exec format error",
      );
    });

    test("it begins in the directory that its settings name", async () => {
      const EntryPoint = ["/usr/bin/node", "/var/client.mjs"];
      const ImageConfig = { EntryPoint, Command: ["task/index.handler"], WorkingDirectory: "/var" };
      await make("there", "", { ImageConfig });
      expect((await run(at, "there")).json).toMatchObject({ cwd: "/var" });
    });

    test("it stands still between invocations", async () => {
      await make("counts", "index.handler");
      await run(at, "counts");
      const stopped = (): boolean =>
        execFileSync(
          "docker",
          [
            "ps",
            "-q",
            "--filter",
            "status=paused",
            "--filter",
            "label=hangar.lambda=arn:aws:lambda:us-east-1:000000000000:function:counts",
          ],
          { encoding: "utf8" },
        ) !== "";
      await expect.poll(stopped).toBe(true);
      expect((await run(at, "counts")).json).toMatchObject({ count: 2 });
    });

    test("a function keeps the image its URI named, until its code is updated", async () => {
      await make("kept", "index.handler");
      const { Code, Configuration } = await at.lambda.send(new GetFunctionCommand({ FunctionName: "kept" }));
      expect(Configuration).toMatchObject({
        PackageType: "Image",
        CodeSize: 0,
        ImageConfigResponse: { ImageConfig: { Command: ["index.handler"] } },
      });
      expect(Code).toEqual({
        RepositoryType: "ECR",
        ImageUri: uri,
        ResolvedImageUri: `${repository}@sha256:${Configuration?.CodeSha256}`,
      });
      const other = buildImage(`${repository}:v2`, base, { "index.mjs": "export const handler = () => 'second';" });
      try {
        await at.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "kept", ImageUri: `${repository}:v2` }));
        expect((await run(at, "kept")).json).toBe("second");
        await at.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "kept", ImageUri: Code?.ResolvedImageUri }));
        expect((await run(at, "kept")).json).toMatchObject({ count: 1 });
      } finally {
        other();
      }
      await at.lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: "kept", ImageConfig: { Command: ["index.files"] } }),
      );
      expect((await run(at, "kept")).json).toMatchObject({ root: "EROFS" });
      const cleared = new UpdateFunctionConfigurationCommand({ FunctionName: "kept", ImageConfig: {} });
      expect(await at.lambda.send(cleared)).not.toHaveProperty("ImageConfigResponse");
    });

    test("images that are not there, and settings of archives, are refused", async () => {
      const refusal = async (more: Partial<CreateFunctionCommandInput>): Promise<string> =>
        make("refused", "x", more).then(
          () => "made",
          (error: Error) => `${error.name}: ${error.message}`,
        );
      expect(await refusal({ Code: { ImageUri: `${repository}:none` } })).toBe(
        `InvalidParameterValueException: Source image ${repository}:none does not exist. Provide a valid source image.`,
      );
      expect(await refusal({ Code: { ImageUri: "node:24" } })).toBe(
        "InvalidParameterValueException: Source image node:24 is not valid. Provide a valid source image.",
      );
      expect(await refusal({ Code: { ZipFile: archive({ "index.js": "" }) } })).toBe(
        "InvalidParameterValueException: Please provide ImageUri when creating a function with packageType Image.",
      );
      expect(await refusal({ Handler: "index.handler", Runtime: "nodejs24.x" })).toBe(
        "InvalidParameterValueException: Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
      );
      const Layers = ["arn:aws:lambda:us-east-1:000000000000:layer:some:1"];
      expect(await refusal({ Layers })).toBe(
        "InvalidParameterValueException: Lambda layers are not supported for functions created with container images.",
      );
      await makeFunction(at, "zipped", { "index.js": "exports.handler = () => 1;" });
      const toImage = at.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "zipped", ImageUri: uri }));
      await expect(toImage).rejects.toThrow(
        "Please don't provide ImageUri when updating a function with packageType Zip.",
      );
      await make("image", "index.handler");
      const toZip = at.lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName: "image", ZipFile: archive({ a: "" }) }),
      );
      await expect(toZip).rejects.toThrow("Please provide ImageUri when updating a function with packageType Image.");
    });
  },
);
