// The recorded client of S3 Control, and the buckets that are there before each test.

import * as sdk from "@aws-sdk/client-s3-control";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { parseXml } from "../../protocols/xml-parse.ts";
import { recorder } from "../recorded.ts";
import type { Wire } from "../wire.ts";

const AccountId = "000000000000";
/** Buckets that are there before each test. */
export const [BUCKET, OTHER, THIRD] = ["recorded-bucket", "recorded-other-bucket", "recorded-third-bucket"] as const;

export const recorded = recorder(
  import.meta.url,
  {
    service: "s3control",
    sdk,
    settings: () => ({ endpoint: "http://localhost:4566" }),
    asSent: (_operation, input) => ({ AccountId, ...input }),
    errorOf,
    asRecorded,
  },
  {
    async prepare(cloud) {
      const s3 = new S3Client(cloud.clientConfig());
      for (const Bucket of [BUCKET, OTHER, THIRD]) await s3.send(new CreateBucketCommand({ Bucket }));
    },
  },
);

/** Each alias has a part of its own; of an error that the model names boto3 gives the message twice. */
function asRecorded(recorded: unknown): unknown {
  const text = JSON.stringify(recorded).replaceAll(/<(name:\d+)>-<alias-random-part>/g, "<$1>-<alias-of-$1>");
  const { Message: _twice, ...answer } = JSON.parse(text) as Record<string, unknown>;
  return answer;
}

function errorOf({ body }: Wire): object {
  const { children } = parseXml(body);
  const error = children.find(({ name }) => name === "Error")?.children ?? [];
  const host = children.find(({ name }) => name === "HostId")?.text;
  return { Error: Object.fromEntries(error.map(({ name, text }) => [name, text])), HostId: host };
}
