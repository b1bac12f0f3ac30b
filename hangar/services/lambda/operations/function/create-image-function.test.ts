// A function of a container image where no container engine answers.

import { CreateFunctionCommand } from "@aws-sdk/client-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { startLambdaCloud } from "../../engine/test-cloud.ts";

test("CreateFunction says that there is no container engine, and makes nothing", async () => {
  vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
  const { cloud, lambda, role } = await startLambdaCloud("no-engine");
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await cloud.close();
  });
  const ImageUri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:v1";
  const input = { FunctionName: "f", Role: role, PackageType: "Image" as const, Code: { ImageUri } };
  await expect(lambda.send(new CreateFunctionCommand(input))).rejects.toMatchObject({
    name: "NotEmulated",
    message:
      "Functions from container images need Docker or Podman, and none answers (DOCKER_HOST: connect ENOENT /nowhere/docker.sock). Start one, or set DOCKER_HOST.",
  });
});
