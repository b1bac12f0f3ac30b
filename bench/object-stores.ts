// Where objects are kept, side by side: Hangar, s3rver, and files behind node:http.

import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { startHangar, startServer, type Server } from "./child.ts";
import { capture, type Captured } from "./load.ts";

export type Store = {
  readonly name: string;
  readonly server: Server;
  /** As the SDK sends it. */
  put(key: string, body: Buffer): Promise<Captured>;
  get(key: string): Promise<Captured>;
  /** Addresses that need no headers. */
  urls(key: string): Promise<{ readonly up: string; readonly down: string }>;
};

export async function openStores(): Promise<{ readonly hangar: Store; readonly peers: readonly Store[] }> {
  const hangar = await bucketOf("Hangar", await startHangar(), "test");
  const s3rver = await bucketOf("s3rver", await startServer("./s3rver-server.js"), "S3RVER");
  return { hangar, peers: [files(await startServer("./raw-server.ts")), s3rver] };
}

async function bucketOf(name: string, server: Server, key: string): Promise<Store> {
  const config = {
    endpoint: `http://127.0.0.1:${server.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: key, secretAccessKey: key },
    forcePathStyle: true,
  };
  const s3 = new S3Client(config);
  const clientOf = (requestHandler: object): S3Client => new S3Client({ ...config, requestHandler });
  await s3.send(new CreateBucketCommand({ Bucket: "bench" }));
  return {
    name,
    server,
    put: (Key, Body) => capture(clientOf, new PutObjectCommand({ Bucket: "bench", Key, Body })),
    get: (Key) => capture(clientOf, new GetObjectCommand({ Bucket: "bench", Key })),
    async urls(Key) {
      const up = await getSignedUrl(s3, new PutObjectCommand({ Bucket: "bench", Key }));
      return { up, down: await getSignedUrl(s3, new GetObjectCommand({ Bucket: "bench", Key })) };
    },
  };
}

function files(server: Server): Store {
  const path = (key: string): string => `/files/${key}`;
  return {
    name: "raw files",
    server,
    put: async (key, body) => ({ method: "PUT", path: path(key), headers: {}, body }),
    get: async (key) => ({ method: "GET", path: path(key), headers: {}, body: undefined }),
    async urls(key) {
      const url = `http://127.0.0.1:${server.port}${path(key)}`;
      return { up: url, down: url };
    },
  };
}
