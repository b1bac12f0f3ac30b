// What a function is made of: an archive, or an image that the container engine has.

import { invalidParameter } from "../errors.ts";
import type { CodeRow, ImageRow, LambdaContext } from "../store.ts";
import { takeArchive, type ArchiveSource } from "./code-archive.ts";
import { imageNamed } from "./container-image.ts";

export type CodeSource = ArchiveSource & { readonly ImageUri?: string | undefined };

type Taking = {
  readonly functionName: string;
  readonly packageType: "Zip" | "Image";
  readonly doing: "creating" | "updating";
};

export async function takeCode(
  context: LambdaContext,
  source: CodeSource,
  { functionName, packageType, doing }: Taking,
): Promise<{ readonly code: CodeRow; readonly image?: Omit<ImageRow, "config"> }> {
  const uri = source.ImageUri;
  if (packageType === "Zip") {
    if (uri !== undefined)
      throw invalidParameter(`Please don't provide ImageUri when ${doing} a function with packageType Zip.`);
    return { code: await takeArchive(context, source) };
  }
  if (uri === undefined)
    throw invalidParameter(`Please provide ImageUri when ${doing} a function with packageType Image.`);
  const { id, digest } = await imageNamed(context, uri, functionName);
  const hash = digest.slice("sha256:".length);
  return { code: { hash, size: 0, sha256: hash }, image: { uri, id } };
}
