// Tells chosen attributes of an object: checksum, parts, size.

import type {
  GetObjectAttributesInput,
  GetObjectAttributesOutput,
  GetObjectAttributesParts,
} from "../../../../models/s3.d.ts";
import { secretOf } from "../../engine/secrets.ts";
import { objectAt, shownVersion } from "../../engine/versions.ts";
import { invalidArgument, invalidRequest } from "../../errors.ts";
import { checksumMembers, checksumValue } from "../../rules/checksums.ts";
import { checkRead } from "../../rules/conditions.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { partMarker } from "../../rules/listings.ts";
import { operation, type Checksum, type StoredObject } from "../../store.ts";

const NOTHING_WANTED =
  "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty";
const KNOWN = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes = operation<GetObjectAttributesInput, GetObjectAttributesOutput>(
  async (input, context) => {
    const found = findBucket(input, context);
    const wanted = new Set(input.ObjectAttributes ?? []);
    if (wanted.size === 0) throw invalidRequest(NOTHING_WANTED);
    for (const name of wanted)
      if (!KNOWN.includes(name))
        throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", name);
    const object = objectAt(found, input);
    checkRead(object, {}, context.clock.now());
    if (object.encryption.kind === "customer") await secretOf(context, object.encryption, input);
    const hasChecksum = wanted.has("Checksum") && object.checksum !== undefined;
    return {
      LastModified: new Date(object.modified),
      ...shownVersion(found, object),
      ...(wanted.has("ETag") ? { ETag: object.etag } : {}),
      ...(hasChecksum ? { Checksum: checksumMembers(withoutCount(object.checksum)) } : {}),
      ...(wanted.has("ObjectParts") && object.parts !== undefined ? { ObjectParts: partsOf(object, input) } : {}),
      ...(wanted.has("StorageClass") ? { StorageClass: object.storageClass } : {}),
      ...(wanted.has("ObjectSize") ? { ObjectSize: object.size } : {}),
    };
  },
);

/** Here alone a composite checksum comes without the number of its parts. */
function withoutCount(checksum: Checksum | undefined): Checksum | undefined {
  return checksum === undefined ? undefined : { ...checksum, value: checksum.value.replace(/-\d+$/, "") };
}

/** Parts are listed only where each kept a checksum. */
function partsOf(object: StoredObject, input: GetObjectAttributesInput): GetObjectAttributesParts {
  const parts = object.parts ?? [];
  if (object.checksum?.type !== "COMPOSITE") return { TotalPartsCount: parts.length };
  const max = Math.min(input.MaxParts ?? 1000, 1000);
  const marker = partMarker(input.PartNumberMarker, "x-amz-part-number-marker");
  const rest = parts.filter((part) => part.number > marker);
  const shown = rest.slice(0, max);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: rest.length > shown.length,
    Parts: shown.map((part) => ({ PartNumber: part.number, Size: part.size, ...checksumValue(part.checksum) })),
  };
}
