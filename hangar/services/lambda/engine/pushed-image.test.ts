// Functions of images that were pushed to ECR by the docker program: taken from there where the engine has them no more.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as sdk from "@aws-sdk/client-ecr";
import { CreateFunctionCommand, GetFunctionCommand, LambdaClient, type Architecture } from "@aws-sdk/client-lambda";
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import { buildBase, buildImage, withoutImages } from "./test-image.ts";

const missing = await withoutImages();
const repositoryName = "hangar-suite/pushed";
const base = "hangar-suite/pushed-base";

let at: LambdaCloud;
let ecr: sdk.ECRClient;
let uri: string;
let configuration: string;
const built: (() => void)[] = [];
/** The cloud answers it in this process. */
async function docker(words: readonly string[], input = ""): Promise<void> {
  const child = spawn("docker", ["--config", configuration, ...words], { stdio: ["pipe", "ignore", "pipe"] });
  child.stdin.end(input);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(said);
}

/** As the CDK's publisher does it. */
async function login(): Promise<void> {
  const { authorizationData } = await ecr.send(new sdk.GetAuthorizationTokenCommand({}));
  const [{ authorizationToken = "", proxyEndpoint = "" } = {}] = authorizationData ?? [];
  const password = Buffer.from(authorizationToken, "base64").toString("utf8").slice("AWS:".length);
  await docker(["login", "--username", "AWS", "--password-stdin", proxyEndpoint.replace("http://", "")], password);
}

describe.skipIf(missing !== undefined)(
  missing === undefined ? "with a container engine" : `without a container engine (${missing})`,
  () => {
    beforeAll(async () => {
      configuration = mkdtempSync(join(tmpdir(), "hangar-docker-"));
      at = await startLambdaCloud("pushed");
      ecr = new sdk.ECRClient(at.cloud.clientConfig());
      const { repository } = await ecr.send(new sdk.CreateRepositoryCommand({ repositoryName }));
      uri = `${repository?.repositoryUri}:v1`;
      built.push(buildBase(base));
      const take = buildImage(uri, base, { "index.mjs": "export const handler = (event) => ({ pushed: event });" });
      await login();
      await docker(["push", uri]);
      take();
    });
    afterAll(async () => {
      for (const take of built) take();
      rmSync(configuration, { recursive: true });
      expect(at.cloud.bugs).toEqual([]);
      await at.cloud.close();
    });

    test("the image runs, by ECR's address and by AWS's", async () => {
      const PackageType = "Image" as const;
      const Architectures: Architecture[] = [process.arch === "arm64" ? "arm64" : "x86_64"];
      const names = [uri, uri.slice(uri.indexOf("/") + 1)];
      for (const [index, ImageUri] of names.entries()) {
        const FunctionName = `pushed-${index}`;
        await at.lambda.send(
          new CreateFunctionCommand({ FunctionName, Role: at.role, PackageType, Architectures, Code: { ImageUri } }),
        );
        expect((await run(at, FunctionName, { at: index })).json).toEqual({ pushed: { at: index } });
        const { Code, Configuration } = await at.lambda.send(new GetFunctionCommand({ FunctionName }));
        const { imageIds } = await ecr.send(new sdk.ListImagesCommand({ repositoryName }));
        expect(Code?.ResolvedImageUri).toBe(`${ImageUri.replace(/:v1$/, "")}@${imageIds?.[0]?.imageDigest}`);
        expect(`sha256:${Configuration?.CodeSha256}`).toBe(imageIds?.[0]?.imageDigest);
      }
      // Lambda let itself in, as the root user may.
      const { policyText = "" } = await ecr.send(new sdk.GetRepositoryPolicyCommand({ repositoryName }));
      expect(JSON.parse(policyText)).toMatchObject({ Statement: [{ Sid: "LambdaECRImageRetrievalPolicy" }] });
    });

    test("a list of images for several processors is refused", async () => {
      const input = { repositoryName, imageIds: [{ imageTag: "v1" }] };
      const { images = [] } = await ecr.send(new sdk.BatchGetImageCommand(input));
      const [{ imageId, imageManifest = "", imageManifestMediaType: mediaType } = {}] = images;
      const platform = { architecture: "amd64", os: "linux" };
      const manifests = [{ mediaType, digest: imageId?.imageDigest, size: Buffer.byteLength(imageManifest), platform }];
      const listType = "application/vnd.docker.distribution.manifest.list.v2+json";
      const list = JSON.stringify({ schemaVersion: 2, mediaType: listType, manifests });
      await ecr.send(new sdk.PutImageCommand({ repositoryName, imageTag: "list", imageManifest: list }));
      const ImageUri = uri.replace(/:v1$/, ":list");
      const create = { FunctionName: "list", Role: at.role, PackageType: "Image" as const, Code: { ImageUri } };
      await expect(at.lambda.send(new CreateFunctionCommand(create))).rejects.toMatchObject({
        name: "InvalidParameterValueException",
        message: `The image manifest, config or layer media type for the source image ${ImageUri} is not supported.`,
      });
    });

    test("it is pulled as it was pushed", async () => {
      await docker(["pull", uri]);
      await docker(["rmi", uri]);
    });

    test("a caller who may not let Lambda in is told", async () => {
      await ecr.send(new sdk.DeleteRepositoryPolicyCommand({ repositoryName }));
      await at.iam.send(new CreateUserCommand({ UserName: "deployer" }));
      const PolicyArn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess";
      await at.iam.send(new AttachUserPolicyCommand({ UserName: "deployer", PolicyArn }));
      const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: "deployer" }));
      const credentials = {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      };
      const lambda = new LambdaClient({ ...at.cloud.clientConfig(), credentials, maxAttempts: 1 });
      const input = { FunctionName: "f", Role: at.role, PackageType: "Image" as const, Code: { ImageUri: uri } };
      await expect(lambda.send(new CreateFunctionCommand(input))).rejects.toMatchObject({
        name: "AccessDeniedException",
        message: "Lambda does not have permission to access the ECR image. Check the ECR permissions.",
      });
    });
  },
);
