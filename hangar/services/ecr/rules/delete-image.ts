// Takes an image out of its repository, with its tags and the layers that no other image has.

import { allIn, keyIn, type ImageRow, type Place } from "../store.ts";
import { layersOf, readManifest } from "./manifest.ts";

export function deleteImage(image: ImageRow, place: Place): void {
  const { store } = place;
  for (const tag of image.tags) store.tags.delete(keyIn(place, tag));
  store.images.delete(keyIn(place, image.digest));
  const kept = new Set([...store.images.rows(allIn(place))].flatMap(layersIn));
  for (const digest of layersIn(image)) if (!kept.has(digest)) store.layers.delete(keyIn(place, digest));
}

function layersIn({ manifest }: ImageRow): string[] {
  const read = readManifest(manifest);
  return read === undefined ? [] : layersOf(read);
}
