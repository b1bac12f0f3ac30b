// Manifests, in and out, and the list of tags.

import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { imageMissing } from "../errors.ts";
import { batchGetImage } from "../operations/batch-get-image.ts";
import { listImages } from "../operations/list-images.ts";
import { putImage } from "../operations/put-image.ts";
import { sha256 } from "../rules/image-answer.ts";
import { refusal } from "../rules/registry-error.ts";
import type { Visit } from "./registry-door.ts";

/** ECR's limit. */
const LARGEST = 4 * 1024 * 1024;

const imageId = (name: string): object => (name.includes(":") ? { imageDigest: name } : { imageTag: name });

export async function manifestAnswer(visit: Visit): Promise<HttpResponse> {
  const { method } = visit.request;
  if (method === "PUT") return put(visit);
  if (method !== "GET" && method !== "HEAD") return refusal(405, "UNSUPPORTED", "The operation is unsupported.");
  const { images } = await visit.call(batchGetImage, { imageIds: [imageId(visit.name)] });
  const [image] = images as readonly { readonly imageManifest: string; readonly imageManifestMediaType: string }[];
  if (image === undefined) throw imageMissing(imageId(visit.name), visit.repositoryName, visit.context.account);
  const body = Buffer.from(image.imageManifest);
  const headers = {
    "content-type": image.imageManifestMediaType,
    "content-length": String(body.length),
    "docker-content-digest": sha256(image.imageManifest),
  };
  return { status: 200, headers, ...(method === "GET" ? { body } : {}) };
}

async function put(visit: Visit): Promise<HttpResponse> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of visit.request.body) {
    size += chunk.length;
    if (size > LARGEST) return refusal(413, "MANIFEST_INVALID", "The manifest is larger than 4194304 bytes.");
    chunks.push(chunk);
  }
  const imageManifest = Buffer.concat(chunks).toString("utf8");
  const type = visit.request.headers["content-type"];
  const given = type === undefined ? {} : { imageManifestMediaType: type };
  try {
    await visit.call(putImage, { imageManifest, ...given, ...imageId(visit.name) });
  } catch (error) {
    // Pushed once more, it is as it was.
    if (!(error instanceof AwsError && error.code === "ImageAlreadyExistsException")) throw error;
  }
  const digest = sha256(imageManifest);
  const location = visit.request.path.replace(/[^/]+$/, digest);
  return { status: 201, headers: { location, "docker-content-digest": digest, "content-length": "0" } };
}

export async function tagsAnswer(visit: Visit): Promise<HttpResponse> {
  const query = new URLSearchParams(visit.request.query);
  const most = query.get("n");
  const { imageIds, nextToken } = await visit.call(listImages, {
    filter: { tagStatus: "TAGGED" },
    ...(most === null ? {} : { maxResults: Number(most) }),
    ...(query.has("next_token") ? { nextToken: query.get("next_token") } : {}),
  });
  const tags = (imageIds as readonly { readonly imageTag?: string }[]).map((each) => each.imageTag);
  const next = `${visit.request.path}?n=${most ?? 100}&next_token=${String(nextToken)}`;
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      ...(nextToken === undefined ? {} : { link: `<${next}>; rel="next"` }),
    },
    body: JSON.stringify({ name: visit.repositoryName, tags }),
  };
}
