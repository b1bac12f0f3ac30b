// Gives an address of a layer that needs no login, for an hour. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html

import type { GetDownloadUrlForLayerInput, GetDownloadUrlForLayerOutput } from "../../../models/ecr.d.ts";
import { layerMissing } from "../errors.ts";
import { repositoryUri } from "../rules/repository-uri.ts";
import { keyIn, operation, placeOf } from "../store.ts";

const VALID = 60 * 60 * 1000;

export const getDownloadUrlForLayer = operation<GetDownloadUrlForLayerInput, GetDownloadUrlForLayerOutput>(
  (input, context) => {
    const place = placeOf(input, context);
    const { repositoryName, layerDigest } = input;
    if (!place.store.layers.has(keyIn(place, layerDigest)))
      throw layerMissing(layerDigest, repositoryName, place.account);
    const { caller, clock, ids, request } = context;
    const ticket = { id: ids.hex(32), caller, expires: clock.now() + VALID, layer: keyIn(place, layerDigest) };
    place.store.tokens.put(ticket.id, ticket);
    const { origin } = request;
    const [, path] = /^[^/]+(\/.*)$/.exec(repositoryUri(place, repositoryName, origin)) ?? [];
    return { downloadUrl: `${origin}/v2${path}/blobs/${layerDigest}?ticket=${ticket.id}`, layerDigest };
  },
);
