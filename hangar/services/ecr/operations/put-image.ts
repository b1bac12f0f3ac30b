// Keeps a manifest, whose layers are there, and a tag that stands for it. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html

import type { PutImageInput, PutImageOutput } from "../../../models/ecr.d.ts";
import { digestDiffers, imageExists, imagesMissing, invalidParameter, layersMissing, tagTaken } from "../errors.ts";
import { imageAnswer, sha256 } from "../rules/image-answer.ts";
import { layersOf, readManifest } from "../rules/manifest.ts";
import { isImmutable } from "../rules/tag-mutability.ts";
import { keyIn, operation, placeOf } from "../store.ts";

export const putImage = operation<PutImageInput, PutImageOutput>((input, context) => {
  const place = placeOf(input, context);
  const { account, repository, store } = place;
  const { imageManifest: text, imageTag: tag } = input;
  const manifest = readManifest(text);
  const mediaType = input.imageManifestMediaType ?? manifest?.mediaType;
  if (manifest === undefined || mediaType === undefined) throw invalidParameter("ImageManifest", "Invalid JSON syntax");
  const digest = sha256(text);
  if (input.imageDigest !== undefined && input.imageDigest !== digest) throw digestDiffers(input.imageDigest, digest);
  const layers = layersOf(manifest).filter((each) => !store.layers.has(keyIn(place, each)));
  if (layers.length > 0) throw layersMissing(layers, repository.name, account);
  const images = manifest.manifests.map((each) => each.digest).filter((each) => !store.images.has(keyIn(place, each)));
  if (images.length > 0) throw imagesMissing(images, repository.name, account);
  const present = store.images.get(keyIn(place, digest));
  const before = tag === undefined ? undefined : store.tags.get(keyIn(place, tag));
  if (present !== undefined && (tag === undefined || before === digest))
    throw imageExists({ digest, tag }, repository.name, account);
  if (tag !== undefined && before !== undefined && isImmutable(tag, repository)) throw tagTaken(tag, repository.name);
  const row = present ?? { digest, manifest: text, mediaType, tags: [], pushed: context.clock.now() };
  const other = before === undefined ? undefined : store.images.get(keyIn(place, before));
  if (other !== undefined)
    store.images.put(keyIn(place, other.digest), { ...other, tags: other.tags.filter((each) => each !== tag) });
  store.images.put(keyIn(place, digest), { ...row, tags: tag === undefined ? row.tags : [...row.tags, tag] });
  if (tag !== undefined) store.tags.put(keyIn(place, tag), digest);
  return { image: imageAnswer(row, place, tag) };
});
