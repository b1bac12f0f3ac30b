// Layers on their way in: streams of any length become parts of the size that ECR takes.

import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { completeLayerUpload } from "../operations/complete-layer-upload.ts";
import { initiateLayerUpload } from "../operations/initiate-layer-upload.ts";
import { uploadLayerPart } from "../operations/upload-layer-part.ts";
import { uploadMissing } from "../errors.ts";
import { refusal } from "../rules/registry-error.ts";
import type { Visit } from "./registry-door.ts";

const PART = 20 * 1024 * 1024;

/** Layers of other repositories are not mounted: who asks for that uploads. */
export async function uploadAnswer(visit: Visit): Promise<HttpResponse> {
  const { request, name } = visit;
  const digest = new URLSearchParams(request.query).get("digest");
  if (request.method === "POST") {
    const { uploadId } = await visit.call(initiateLayerUpload, {});
    return digest === null ? underWay(visit, String(uploadId), 0) : complete(visit, String(uploadId), digest);
  }
  if (request.method === "PATCH") return underWay(visit, name, await takeIn(visit, name));
  if (request.method === "PUT" && digest !== null) return complete(visit, name, digest);
  if (request.method === "GET") return underWay(visit, name, sizeOf(visit, name), 204);
  return refusal(405, "UNSUPPORTED", "The operation is unsupported.");
}

async function complete(visit: Visit, uploadId: string, digest: string): Promise<HttpResponse> {
  await takeIn(visit, uploadId);
  try {
    await visit.call(completeLayerUpload, { uploadId, layerDigests: [digest] });
  } catch (error) {
    // Another push was faster.
    if (!(error instanceof AwsError && error.code === "LayerAlreadyExistsException")) throw error;
  }
  const location = visit.request.path.replace(/uploads\/[^/]*$/, digest);
  return { status: 201, headers: { location, "docker-content-digest": digest, "content-length": "0" } };
}

/** The size so far. */
async function takeIn(visit: Visit, uploadId: string): Promise<number> {
  let size = sizeOf(visit, uploadId);
  const chunks: Uint8Array[] = [];
  let held = 0;
  const flush = async (): Promise<void> => {
    if (held === 0) return;
    const layerPartBlob = Buffer.concat(chunks.splice(0));
    held = 0;
    const place = { partFirstByte: size, partLastByte: size + layerPartBlob.length - 1 };
    await visit.call(uploadLayerPart, { uploadId, ...place, layerPartBlob });
    size += layerPartBlob.length;
  };
  for await (const chunk of visit.request.body) {
    for (let from = 0; from < chunk.length;) {
      const piece = chunk.subarray(from, from + PART - held);
      chunks.push(piece);
      held += piece.length;
      from += piece.length;
      if (held === PART) await flush();
    }
  }
  await flush();
  return size;
}

function sizeOf({ context, repositoryName }: Visit, uploadId: string): number {
  const upload = context.store.uploads.get(`${repositoryName} ${uploadId}`);
  if (upload === undefined) throw uploadMissing(uploadId, repositoryName, context.account);
  return upload.size;
}

function underWay({ request }: Visit, id: string, size: number, status = 202): HttpResponse {
  const location = request.path.replace(/uploads\/[^/]*$/, `uploads/${id}`);
  const range = `0-${Math.max(size - 1, 0)}`;
  return { status, headers: { location, range, "docker-upload-uuid": id, "content-length": "0" } };
}
