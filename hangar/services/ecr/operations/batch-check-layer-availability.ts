// Says which layers a repository has. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html

import type { BatchCheckLayerAvailabilityInput, BatchCheckLayerAvailabilityOutput } from "../../../models/ecr.d.ts";
import { readManifest } from "../rules/manifest.ts";
import { allIn, keyIn, operation, placeOf, type LayerRow, type Place } from "../store.ts";

const DIGEST = /^\w+:\w+$/;

export const batchCheckLayerAvailability = operation<
  BatchCheckLayerAvailabilityInput,
  BatchCheckLayerAvailabilityOutput
>((input, context) => {
  const place = placeOf(input, context);
  const types = mediaTypes(place);
  const answer = ({ digest, size }: LayerRow): object => ({
    layerDigest: digest,
    layerAvailability: "AVAILABLE",
    layerSize: size,
    mediaType: types.get(digest),
  });
  const wrong = input.layerDigests.filter((digest) => !DIGEST.test(digest));
  const layers = input.layerDigests
    .filter((digest) => DIGEST.test(digest))
    .map((digest) => {
      const row = place.store.layers.get(keyIn(place, digest));
      return row === undefined ? { layerDigest: digest, layerAvailability: "UNAVAILABLE" } : answer(row);
    });
  const failure = { failureCode: "InvalidLayerDigest", failureReason: "Invalid layer digest" };
  return { layers, failures: wrong.map((layerDigest) => ({ layerDigest, ...failure })) };
});

/** A layer is of the kind that a manifest says. */
function mediaTypes(place: Place): ReadonlyMap<string, string | undefined> {
  const rows = [...place.store.images.rows(allIn(place))];
  const descriptors = rows.flatMap(({ manifest }) => readManifest(manifest)?.layers ?? []);
  return new Map(descriptors.map(({ digest, mediaType }) => [digest, mediaType]));
}
