// Every error ECR returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

const where = (name: string, account: string): string =>
  `repository with name '${name}' in the registry with id '${account}'`;

export function repositoryMissing(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryNotFoundException",
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );
}

export function taken(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryAlreadyExistsException",
    `The repository with name '${name}' already exists in the registry with id '${account}'`,
  );
}

export function noLifecyclePolicy(name: string, account: string): AwsError {
  return new AwsError(
    "LifecyclePolicyNotFoundException",
    `Lifecycle policy does not exist for the ${where(name, account)}`,
  );
}

export function noPolicy(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryPolicyNotFoundException",
    `Repository policy does not exist for the ${where(name, account)}`,
  );
}

export function imageMissing(
  image: { readonly imageDigest?: string | undefined; readonly imageTag?: string | undefined },
  name: string,
  account: string,
): AwsError {
  return new AwsError(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${image.imageDigest ?? "null"}', imageTag:'${image.imageTag ?? "null"}'} does not exist within the ${where(name, account)}`,
  );
}

export function invalidParameter(member: string, why: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `Invalid parameter at '${member}' failed to satisfy constraint: '${why}'`,
  );
}

/** Who is meant: `repository with name 'x' in registry with id 'y'`, in the words of newer operations. */
const inRegistry = (name: string, account: string): string =>
  `repository with name '${name}' in registry with id '${account}'`;

export function repositoryNotEmpty(name: string, account: string): AwsError {
  return new AwsError(
    "RepositoryNotEmptyException",
    `The ${inRegistry(name, account)} cannot be deleted because it still contains images`,
  );
}

export function imageExists(
  { digest, tag }: { readonly digest: string; readonly tag: string | undefined },
  name: string,
  account: string,
): AwsError {
  return new AwsError(
    "ImageAlreadyExistsException",
    `Image with digest '${digest}' and tag '${tag ?? "null"}' already exists in the ${inRegistry(name, account)}`,
  );
}

export function tagTaken(tag: string, name: string): AwsError {
  return new AwsError(
    "ImageTagAlreadyExistsException",
    `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

export function digestDiffers(given: string, computed: string): AwsError {
  return new AwsError(
    "ImageDigestDoesNotMatchException",
    `The provided digest '${given}' does not match the digest '${computed}' of the image manifest`,
  );
}

function required(
  code: string,
  what: string,
  digests: readonly string[],
  [name, account]: readonly string[],
): AwsError {
  return new AwsError(
    code,
    `${what} with digests '[${digests.join(", ")}]' required for pushing the image into ${where(name ?? "", account ?? "")} do not exist`,
  );
}

export function layersMissing(digests: readonly string[], name: string, account: string): AwsError {
  return required("LayersNotFoundException", "Layers", digests, [name, account]);
}

export function imagesMissing(digests: readonly string[], name: string, account: string): AwsError {
  return required("ReferencedImagesNotFoundException", "Images", digests, [name, account]);
}

export function layerMissing(digest: string, name: string, account: string): AwsError {
  return new AwsError(
    "LayersNotFoundException",
    `The layer with digest '${digest}' does not exist within the ${where(name, account)}`,
  );
}

export function uploadMissing(id: string, name: string, account: string): AwsError {
  return new AwsError(
    "UploadNotFoundException",
    `Upload with id '${id}' in the ${where(name, account)} does not exist`,
  );
}

/** `next`: the byte that was to come. */
export function invalidLayerPart(
  named: { readonly registryId: string; readonly repositoryName: string; readonly uploadId: string },
  next: number,
): AwsError {
  return new AwsError(
    "InvalidLayerPartException",
    `Invalid layer part: bytes are expected from '${next}' on, without gaps`,
    { members: { ...named, lastValidByteReceived: next - 1 } },
  );
}

export function emptyUpload(id: string, name: string, account: string): AwsError {
  return new AwsError("EmptyUploadException", `Upload with id '${id}' in the ${where(name, account)} has no parts`);
}

export function partTooSmall(): AwsError {
  return new AwsError("LayerPartTooSmallException", "Layer parts must be at least 5242880 bytes in size");
}

export function layerExists(digest: string, name: string, account: string): AwsError {
  return new AwsError(
    "LayerAlreadyExistsException",
    `Layer with digest '${digest}' already exists in the ${where(name, account)}`,
  );
}

export function invalidLayer(given: string, computed: string): AwsError {
  return new AwsError("InvalidLayerException", `Layer digest '${given}' does not match computed digest '${computed}'`);
}
