// Images by ECR's own operations: layers in parts, manifests, tags, lists and deletion.

import * as sdk from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CONFIG,
  digestOf,
  IMAGE,
  LAYER,
  manifestOf,
  putImage,
  refusal,
  repositoryName,
  startRegistry,
  uploadLayer,
  type Registry,
} from "./http/test-registry.ts";

let at: Registry;
const registryId = "000000000000";
const where = "repository with name 'team/app' in the registry with id '000000000000'";

beforeAll(async () => {
  at = await startRegistry({ listen: false });
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const list = async (): Promise<unknown> => (await at.ecr.send(new sdk.ListImagesCommand({ repositoryName }))).imageIds;

test("a layer comes in parts without gaps, and is named by its digest", async () => {
  const { uploadId, partSize } = await at.ecr.send(new sdk.InitiateLayerUploadCommand({ repositoryName }));
  expect(partSize).toBe(20_971_520);
  const large = Buffer.alloc(5 * 1024 * 1024, 1);
  const send = (partFirstByte: number, layerPartBlob: Buffer): Promise<sdk.UploadLayerPartCommandOutput> => {
    const partLastByte = partFirstByte + layerPartBlob.length - 1;
    return at.ecr.send(
      new sdk.UploadLayerPartCommand({ repositoryName, uploadId, partFirstByte, partLastByte, layerPartBlob }),
    );
  };
  expect(await send(0, large)).toMatchObject({ registryId, repositoryName, uploadId, lastByteReceived: 5_242_879 });
  await expect(send(7, Buffer.from("gap"))).rejects.toMatchObject({
    name: "InvalidLayerPartException",
    lastValidByteReceived: 5_242_879,
  });
  await send(large.length, Buffer.from("rest"));
  const layerDigest = digestOf(Buffer.concat([large, Buffer.from("rest")]));
  const complete = (digest: string): Promise<sdk.CompleteLayerUploadCommandOutput> =>
    at.ecr.send(new sdk.CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));
  expect(await refusal(complete(digestOf("other")))).toMatch(/^InvalidLayerException /);
  expect(await complete(layerDigest)).toMatchObject({ registryId, repositoryName, uploadId, layerDigest });
  expect(await refusal(complete(layerDigest))).toBe(
    `UploadNotFoundException Upload with id '${uploadId}' in the ${where} does not exist`,
  );
  const layerDigests = [layerDigest, digestOf("none"), "wrong"];
  const found = await at.ecr.send(new sdk.BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }));
  expect(found.layers).toEqual([
    { layerDigest, layerAvailability: "AVAILABLE", layerSize: 5_242_884 },
    { layerDigest: digestOf("none"), layerAvailability: "UNAVAILABLE" },
  ]);
  expect(found.failures).toMatchObject([{ layerDigest: "wrong", failureCode: "InvalidLayerDigest" }]);
});

test("an empty upload and a layer that is there already are refused", async () => {
  await uploadLayer(at, "twice");
  expect(await refusal(uploadLayer(at, "twice"))).toMatch(/^LayerAlreadyExistsException /);
  const { uploadId } = await at.ecr.send(new sdk.InitiateLayerUploadCommand({ repositoryName }));
  const layerDigests = [digestOf("")];
  expect(
    await refusal(at.ecr.send(new sdk.CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }))),
  ).toMatch(/^EmptyUploadException /);
});

test("an image needs its layers, and is described by tag and digest", async () => {
  const bare = manifestOf("no config", ["no layer"]);
  expect(await refusal(at.ecr.send(new sdk.PutImageCommand({ repositoryName, imageManifest: bare })))).toBe(
    `LayersNotFoundException Layers with digests '[${digestOf("no config")}, ${digestOf("no layer")}]' required for pushing the image into ${where} do not exist`,
  );
  const imageManifest = await putImage(at, "one", "v1");
  const imageDigest = digestOf(imageManifest);
  const answer = { registryId, repositoryName, imageManifest, imageManifestMediaType: IMAGE };
  const imageIds = [{ imageTag: "v1" }, { imageDigest }, { imageTag: "none" }];
  const got = await at.ecr.send(new sdk.BatchGetImageCommand({ repositoryName, imageIds }));
  expect(got.images).toEqual([
    { ...answer, imageId: { imageDigest, imageTag: "v1" } },
    { ...answer, imageId: { imageDigest } },
  ]);
  expect(got.failures).toEqual([
    { imageId: { imageTag: "none" }, failureCode: "ImageNotFound", failureReason: "Requested image not found" },
  ]);
  const { imageDetails } = await at.ecr.send(
    new sdk.DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: "v1" }] }),
  );
  expect(imageDetails).toEqual([
    {
      registryId,
      repositoryName,
      imageDigest,
      imageTags: ["v1"],
      imageSizeInBytes: "shared".length + "layer of one".length,
      imagePushedAt: expect.any(Date) as Date,
      imageManifestMediaType: IMAGE,
      artifactMediaType: CONFIG,
    },
  ]);
  const layerDigests = [digestOf("shared")];
  const { layers } = await at.ecr.send(new sdk.BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }));
  expect(layers).toMatchObject([{ mediaType: LAYER }]);
  expect(await refusal(at.ecr.send(new sdk.PutImageCommand({ repositoryName, imageManifest, imageTag: "v1" })))).toBe(
    `ImageAlreadyExistsException Image with digest '${imageDigest}' and tag 'v1' already exists in the repository with name 'team/app' in registry with id '000000000000'`,
  );
  const wrong = { repositoryName, imageManifest, imageDigest: digestOf("other") };
  expect(await refusal(at.ecr.send(new sdk.PutImageCommand(wrong)))).toMatch(/^ImageDigestDoesNotMatchException /);
});

test("a tag moves to the image that is put with it, unless it is immutable", async () => {
  const one = digestOf(await putImage(at, "one", "latest"));
  const two = digestOf(await putImage(at, "two", "latest"));
  expect(await list()).toEqual(
    expect.arrayContaining([
      { imageDigest: one, imageTag: "v1" },
      { imageDigest: two, imageTag: "latest" },
    ]),
  );
  expect(await list()).not.toContainEqual({ imageDigest: one, imageTag: "latest" });
  const immutable = {
    repositoryName,
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" as const,
    imageTagMutabilityExclusionFilters: [{ filterType: "WILDCARD" as const, filter: "dev-*" }],
  };
  await at.ecr.send(new sdk.PutImageTagMutabilityCommand(immutable));
  expect(await refusal(putImage(at, "three", "latest"))).toBe(
    "ImageTagAlreadyExistsException The image tag 'latest' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
  );
  await putImage(at, "three", "dev-1");
  await putImage(at, "four", "dev-1");
  const ids = { repositoryName, filter: { tagStatus: "UNTAGGED" as const } };
  const three = digestOf(manifestOf("config of three", ["shared", "layer of three"]));
  expect((await at.ecr.send(new sdk.ListImagesCommand(ids))).imageIds).toEqual([{ imageDigest: three }]);
});

test("lists come in pages", async () => {
  const all: unknown[] = [];
  let nextToken: string | undefined;
  do {
    const page = await at.ecr.send(new sdk.DescribeImagesCommand({ repositoryName, maxResults: 3, nextToken }));
    all.push(...(page.imageDetails ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(all).toHaveLength(4);
});

test("an image goes with its last tag, and takes the layers that no other image has", async () => {
  const remove = (imageIds: sdk.ImageIdentifier[]): Promise<sdk.BatchDeleteImageCommandOutput> =>
    at.ecr.send(new sdk.BatchDeleteImageCommand({ repositoryName, imageIds }));
  const two = digestOf(manifestOf("config of two", ["shared", "layer of two"]));
  const layerDigests = [digestOf("layer of two"), digestOf("shared")];
  expect(await remove([{ imageTag: "latest" }, { imageTag: "none" }, {}])).toMatchObject({
    imageIds: [{ imageDigest: two, imageTag: "latest" }],
    failures: [
      { imageId: { imageTag: "none" }, failureCode: "ImageNotFound", failureReason: "Requested image not found" },
      { failureCode: "MissingDigestAndTag" },
    ],
  });
  const { layers } = await at.ecr.send(new sdk.BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }));
  expect(layers?.map((layer) => layer.layerAvailability)).toEqual(["UNAVAILABLE", "AVAILABLE"]);
});

test("a list of images needs them, and keeps them", async () => {
  const manifest = await putImage(at, "arm");
  const of = (text: string): string =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.index.v1+json",
      manifests: [{ mediaType: IMAGE, size: text.length, digest: digestOf(text) }],
    });
  const put = (imageManifest: string): Promise<unknown> =>
    at.ecr.send(new sdk.PutImageCommand({ repositoryName, imageManifest, imageTag: "all" }));
  expect(await refusal(put(of("none")))).toMatch(/^ReferencedImagesNotFoundException /);
  await put(of(manifest));
  const imageIds = [{ imageDigest: digestOf(manifest) }];
  const { failures } = await at.ecr.send(new sdk.BatchDeleteImageCommand({ repositoryName, imageIds }));
  expect(failures).toMatchObject([{ failureCode: "ImageReferencedByManifestList" }]);
});

test("a repository with images is deleted by force alone", async () => {
  expect(await refusal(at.ecr.send(new sdk.DeleteRepositoryCommand({ repositoryName })))).toBe(
    "RepositoryNotEmptyException The repository with name 'team/app' in registry with id '000000000000' cannot be deleted because it still contains images",
  );
  await at.ecr.send(new sdk.DeleteRepositoryCommand({ repositoryName, force: true }));
  await at.ecr.send(new sdk.CreateRepositoryCommand({ repositoryName }));
  expect(await list()).toEqual([]);
});
