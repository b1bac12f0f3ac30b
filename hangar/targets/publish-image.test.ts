// An app with a container image, deployed as it is: built by the user's engine, and its function invoked.

import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { App, Stack } from "aws-cdk-lib";
import { DockerImageCode, DockerImageFunction } from "aws-cdk-lib/aws-lambda";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openCloud } from "../index.ts";
import { buildBase, taskFolder, withoutImages } from "../services/lambda/engine/test-image.ts";
import { readAssembly, type StackArtifact } from "./assembly.ts";
import { embeddedTarget } from "./embedded.ts";
import { buildWords } from "./publish-image.ts";

const missing = await withoutImages();
const base = "hangar-suite/published-node";

test.skipIf(missing !== undefined)(
  `a DockerImageFunction is built, deployed and invoked${missing === undefined ? "" : `: skipped, ${missing}`}`,
  async () => {
    const removeBase = buildBase(base);
    const folder = taskFolder(base, { "index.mjs": "export const greets = (event) => 'hello ' + event.name;" });
    const outdir = mkdtempSync(join(tmpdir(), "hangar-published-"));
    const app = new App({ outdir });
    const code = DockerImageCode.fromImageAsset(folder, { cmd: ["index.greets"] });
    new DockerImageFunction(new Stack(app, "Images"), "Greets", { functionName: "greets", code });
    app.synth();
    vi.stubEnv("DOCKER_BUILDKIT", "0");
    const { cloud, close } = await openCloud({});
    const [stack] = readAssembly(outdir) as [StackArtifact];
    const said: string[] = [];
    const name = `000000000000.dkr.ecr.us-east-1.amazonaws.com/cdk-hnb659fds-container-assets-000000000000-us-east-1:${stack.images[0]?.tag}`;
    try {
      const target = embeddedTarget(cloud);
      await target.deploy(stack, (line) => void said.push(line));
      expect(said).toEqual([`Building the container image ${stack.images[0]?.id}`]);
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const lambda = new LambdaClient({ endpoint: cloud.origin, region: cloud.region, credentials });
      const event = Buffer.from('{"name":"you"}');
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: "greets", Payload: event }));
      expect(Buffer.from(Payload ?? []).toString()).toBe('"hello you"');
      expect(await target.deploy(stack, (line) => void said.push(line))).toMatchObject({ changed: false });
      expect(said).toHaveLength(1);
    } finally {
      vi.unstubAllEnvs();
      await close();
      for (const path of [folder, outdir]) rmSync(path, { recursive: true });
      execFileSync("docker", ["rmi", "-f", name], { stdio: "ignore" });
      removeBase();
    }
  },
);

test("a build is told what the CDK's publisher tells it", () => {
  const source = {
    directory: "/app",
    dockerFile: "Dockerfile.prod",
    dockerBuildTarget: "run",
    dockerBuildArgs: { A: "1", B: "2" },
    dockerBuildContexts: { shared: "../shared" },
    dockerBuildSecrets: { token: "src=token.txt" },
    dockerBuildSsh: "default",
    dockerOutputs: ["type=docker"],
    networkMode: "host",
    platform: "linux/arm64",
    cacheFrom: [{ type: "registry", params: { ref: "cache" } }],
    cacheTo: { type: "local" },
    cacheDisabled: true,
  };
  expect(buildWords(source, "name:tag").join(" ")).toBe(
    "build --build-arg A=1 --build-arg B=2 --build-context shared=../shared --secret id=token,src=token.txt --ssh default --target run --file Dockerfile.prod --network host --platform linux/arm64 --output=type=docker --cache-from type=registry,ref=cache --cache-to type=local --no-cache --tag name:tag .",
  );
});
