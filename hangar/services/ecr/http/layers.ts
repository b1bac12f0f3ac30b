// Layers on their way out.

import type { HttpResponse } from "../../../cloud/service.ts";
import { layerMissing } from "../errors.ts";
import { batchCheckLayerAvailability } from "../operations/batch-check-layer-availability.ts";
import { getDownloadUrlForLayer } from "../operations/get-download-url-for-layer.ts";
import { refusal } from "../rules/registry-error.ts";
import type { EcrContext } from "../store.ts";
import type { Visit } from "./registry-door.ts";

export async function layerAnswer(visit: Visit): Promise<HttpResponse> {
  const { context, name, repositoryName, request } = visit;
  if (request.method === "GET") {
    await visit.call(getDownloadUrlForLayer, { layerDigest: name });
    return bytes(`${repositoryName} ${name}`, context);
  }
  if (request.method !== "HEAD") return refusal(405, "UNSUPPORTED", "The operation is unsupported.");
  const { layers } = await visit.call(batchCheckLayerAvailability, { layerDigests: [name] });
  const [layer] = layers as readonly { readonly layerSize?: number }[];
  if (layer?.layerSize === undefined) throw layerMissing(name, repositoryName, context.account);
  return { status: 200, headers: headersOf(name, layer.layerSize) };
}

/** An address that GetDownloadUrlForLayer gave. */
export function ticketedLayer(ticket: string, key: string, context: EcrContext): HttpResponse {
  const row = context.store.tokens.get(ticket);
  if (row?.layer !== key || row.expires <= context.clock.now())
    return refusal(403, "DENIED", "The address of the layer has expired.");
  return bytes(key, context);
}

function bytes(key: string, { store, blobs }: EcrContext): HttpResponse {
  const layer = store.layers.get(key);
  if (layer === undefined) return refusal(404, "BLOB_UNKNOWN", "The layer is there no more.");
  const body = blobs.read(layer.digest.slice("sha256:".length));
  return { status: 200, headers: headersOf(layer.digest, layer.size), body };
}

const headersOf = (digest: string, size: number): Record<string, string> => ({
  "content-type": "application/octet-stream",
  "content-length": String(size),
  "docker-content-digest": digest,
});
