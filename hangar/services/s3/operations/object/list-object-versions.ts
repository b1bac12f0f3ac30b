// Lists all versions and delete markers of a bucket.

import type { ListObjectVersionsInput, ListObjectVersionsOutput } from "../../../../models/s3.d.ts";
import { versionWalk, type ListedVersion } from "../../engine/version-walk.ts";
import { locate } from "../../engine/versions.ts";
import { invalidArgument, invalidVersionId } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { checkTexts, encoderFor, listPage, maxKeysOf } from "../../rules/listings.ts";
import { listedObject } from "../../rules/listed-object.ts";
import { ownerOf } from "../../rules/owners.ts";
import { isVersionId } from "../../rules/version-order.ts";
import { operation, type Bucket } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions = operation<ListObjectVersionsInput, ListObjectVersionsOutput>((input, context) => {
  const found = findBucket(input, context);
  const { bucket } = found;
  const encode = encoderFor(input.EncodingType);
  const max = maxKeysOf(input.MaxKeys, "max-keys");
  checkTexts({ prefix: input.Prefix, delimiter: input.Delimiter, "key-marker": input.KeyMarker });
  const {
    Prefix: prefix = "",
    Delimiter: delimiter,
    KeyMarker: keyMarker = "",
    VersionIdMarker: idMarker = "",
  } = input;
  if (input.VersionIdMarker === "")
    throw invalidArgument("A version-id marker cannot be empty.", "version-id-marker", "");
  if (idMarker !== "" && keyMarker === "") {
    throw invalidArgument(
      "A version-id marker cannot be specified without a key marker.",
      "version-id-marker",
      idMarker,
    );
  }
  if (idMarker !== "" && !isVersionId(idMarker)) throw invalidVersionId(idMarker, "version-id-marker");
  const afterId = idMarker === "" ? undefined : (locate(found, keyMarker, idMarker)?.order ?? idMarker);
  const page = listPage(versionWalk(found, prefix), {
    bucket: bucket.name,
    prefix,
    delimiter,
    after: keyMarker,
    afterId,
    max,
  });
  const last = page.entries.at(-1);
  const endsInEntry = last !== undefined && last.key === page.last;
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: idMarker,
    ...(delimiter === undefined || delimiter === "" ? {} : { Delimiter: encode(delimiter) }),
    // As it was asked for, though no page has more than a thousand.
    MaxKeys: input.MaxKeys ?? max,
    ...(input.EncodingType === undefined || input.EncodingType === "" ? {} : { EncodingType: input.EncodingType }),
    IsTruncated: page.truncated,
    ...(page.truncated && page.last !== undefined ? { NextKeyMarker: encode(page.last) } : {}),
    ...(page.truncated && endsInEntry ? { NextVersionIdMarker: last.version.versionId } : {}),
    ...listed(page.entries, encode, { bucket, attributes: input.OptionalObjectAttributes }),
    CommonPrefixes: page.prefixes.map((each) => ({ Prefix: encode(each) })),
  };
});

function listed(
  entries: readonly ListedVersion[],
  encode: (text: string) => string,
  shown: { readonly bucket: Bucket; readonly attributes: readonly string[] | undefined },
): Pick<ListObjectVersionsOutput, "Versions" | "DeleteMarkers"> {
  const versions = [];
  const markers = [];
  for (const { version, latest } of entries) {
    const shared = { VersionId: version.versionId, IsLatest: latest };
    if (version.marker === true) {
      markers.push({
        Owner: ownerOf(shown.bucket.account),
        Key: encode(version.key),
        ...shared,
        LastModified: new Date(version.modified),
      });
    } else {
      versions.push({ ...listedObject(version, encode, shown), ...shared });
    }
  }
  return { Versions: versions, DeleteMarkers: markers };
}
