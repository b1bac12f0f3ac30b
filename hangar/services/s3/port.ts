// What other services ask of S3, through its own operations.

import type { Context as AnyContext, Operation as AnyOperation } from "../../cloud/operation.ts";
import type { ListedObject, ObjectBody, ObjectsPort } from "../../ports/objects.ts";
import type {
  GetObjectInput,
  GetObjectOutput,
  ListObjectsV2Input,
  ListObjectsV2Output,
  PutObjectInput,
  PutObjectOutput,
} from "../../models/s3.d.ts";
import { streamOf } from "./engine/body.ts";
import { entityTooLarge, inRegion } from "./errors.ts";
import { getObject } from "./operations/object/get-object.ts";
import { listObjectsV2 } from "./operations/object/list-objects-v2.ts";
import { putObject } from "./operations/object/put-object.ts";
import { lookUp } from "./rules/find-bucket.ts";
import type { Context } from "./store.ts";

const LARGEST = 300 * 1024 * 1024;

export function objectsPort(context: Context): ObjectsPort {
  const call = (context as unknown as AnyContext).call.bind(context);
  const regionOf = (bucket: string): { readonly region?: string } => {
    const found = lookUp(context, bucket);
    return found === undefined ? {} : { region: found.bucket.region };
  };
  const get: ObjectsPort["get"] = async (bucket, key, { versionId, as, owner, region } = {}): Promise<ObjectBody> => {
    const home = regionOf(bucket).region ?? region;
    if (region !== undefined && home !== undefined && home !== region) throw inRegion(home);
    const input = { Bucket: bucket, Key: key, VersionId: versionId, ExpectedBucketOwner: owner };
    const output = await call(getObject as AnyOperation<GetObjectInput, GetObjectOutput>, input, {
      as,
      ...regionOf(bucket),
    });
    const body = output.Body as Uint8Array | AsyncIterable<Uint8Array>;
    return {
      body: streamOf(body),
      size: output.ContentLength ?? 0,
      etag: (output.ETag ?? "").replaceAll('"', ""),
      versionId: output.VersionId,
      blob: undefined,
    };
  };
  return {
    get,
    async bytes(bucket, key, options) {
      const { body, size } = await get(bucket, key, options);
      if (size > LARGEST) throw entityTooLarge(size, LARGEST);
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
    },
    async put(bucket, key, body, { contentType, encryption, kmsKeyId, as, owner } = {}) {
      const input: PutObjectInput = {
        Bucket: bucket,
        Key: key,
        Body: streamOf(typeof body === "string" ? Buffer.from(body) : body),
        ContentType: contentType,
        ServerSideEncryption: encryption,
        SSEKMSKeyId: kmsKeyId,
        ExpectedBucketOwner: owner,
      };
      const put = putObject as AnyOperation<PutObjectInput, PutObjectOutput>;
      const { ETag } = await call(put, input, { as, ...regionOf(bucket) });
      return { etag: (ETag ?? "").replaceAll('"', "") };
    },
    async *list(bucket, prefix, { as, owner } = {}): AsyncGenerator<ListedObject> {
      const list = listObjectsV2 as AnyOperation<ListObjectsV2Input, ListObjectsV2Output>;
      let token: string | undefined;
      do {
        const input = { Bucket: bucket, Prefix: prefix, ContinuationToken: token, ExpectedBucketOwner: owner };
        const page = await call(list, input, { as, ...regionOf(bucket) });
        for (const { Key, Size } of page.Contents ?? []) yield { key: Key ?? "", size: Size ?? 0 };
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },
  };
}
