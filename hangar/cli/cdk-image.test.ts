// The unmodified CDK CLI and a function of a container image: built, pushed to our registry, and run from it.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBase, withoutImages } from "../services/lambda/engine/test-image.ts";
import { library, startCdkProject, type CdkProject } from "./test-cdk.ts";

const missing = await withoutImages();
const base = "hangar-suite/cdk-base";
const app = `
const { App, CfnOutput, Stack } = require(${JSON.stringify(library)});
const lambda = require(${JSON.stringify(join(library, "aws-lambda"))});
const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const stack = new Stack(app, "Image", { env });
const fn = new lambda.DockerImageFunction(stack, "Function", { code: lambda.DockerImageCode.fromImageAsset("image") });
new CfnOutput(stack, "Name", { value: fn.functionName });
`;

describe.skipIf(missing !== undefined)(
  missing === undefined ? "with a container engine" : `without a container engine (${missing})`,
  () => {
    let project: CdkProject;
    let takeAway: () => void;
    beforeAll(async () => {
      takeAway = buildBase(base);
      // The legacy builder needs no plugin, and pushes an image rather than a list of images.
      project = await startCdkProject(app, { DOCKER_BUILDKIT: "0" });
      mkdirSync(join(project.folder, "image"));
      writeHandler(1);
    });
    afterAll(async () => {
      const names = execFileSync("docker", ["images", "--format", "{{.Repository}}:{{.Tag}}"], { encoding: "utf8" });
      const own = names.split("\n").filter((name) => name.includes(`${new URL(project.endpoint).host}/`));
      const assets = own.map((name) => `cdkasset-${name.slice(name.lastIndexOf(":") + 1)}:latest`);
      execFileSync("docker", ["rmi", "-f", ...own, ...assets], { stdio: "ignore" });
      takeAway();
      await project.end();
    });

    function writeHandler(version: number): void {
      const folder = join(project.folder, "image");
      writeFileSync(join(folder, "index.mjs"), `export const handler = () => ({ version: ${version} });`);
      writeFileSync(join(folder, "Dockerfile"), `FROM ${base}\nCOPY index.mjs /var/task/\n`);
    }

    async function deployed(): Promise<unknown> {
      await project.succeeds("deploy", "--require-approval", "never", "--outputs-file", "outputs.json");
      const { Payload } = await new LambdaClient(project.clientConfig).send(
        new InvokeCommand({ FunctionName: project.outputs("Image")["Name"] }),
      );
      return JSON.parse(Buffer.from(Payload ?? []).toString());
    }

    test("deploys it, and again with other code", async () => {
      expect(await deployed()).toEqual({ version: 1 });
      writeHandler(2);
      expect(await deployed()).toEqual({ version: 2 });
      const repositoryName = "cdk-hnb659fds-container-assets-000000000000-us-east-1";
      const { imageDetails } = await new ECRClient(project.clientConfig).send(
        new DescribeImagesCommand({ repositoryName }),
      );
      expect(imageDetails).toHaveLength(2);
    });
  },
);
