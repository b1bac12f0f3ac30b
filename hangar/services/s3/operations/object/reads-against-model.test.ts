// Ranges and conditions of reads against naive readings of them.

import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { failure } from "../../engine/test-failure.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "read-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client({ ...cloud.clientConfig(), requestChecksumCalculation: "WHEN_REQUIRED" });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const number = fc.oneof(fc.nat({ max: 14 }), fc.constant(2 ** 40));
const range = fc.oneof(
  fc.tuple(number, number).map(([first, last]) => `bytes=${first}-${last}`),
  number.map((first) => `bytes=${first}-`),
  number.map((count) => `bytes=-${count}`),
  fc.constantFrom("bytes=", "bytes=-", "bytes=a-b", "bytes=1", "items=0-1", "bytes=0-1,3-4", "bytes=1-2-3"),
);

/** The bytes, the whole, or nothing that could be given. */
function part(header: string, text: string): { readonly text: string; readonly isPart: boolean } | "InvalidRange" {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  const size = text.length;
  if (first === "" && last === "") return { text, isPart: false };
  if (first === "")
    return last === "0" || size === 0 ? "InvalidRange" : { text: text.slice(-Number(last)), isPart: true };
  if (last !== "" && Number(last) < Number(first)) return { text, isPart: false };
  if (Number(first) >= size) return "InvalidRange";
  return { text: text.slice(Number(first), last === "" ? size : Number(last) + 1), isPart: true };
}

test("a range gives its bytes; what cannot be read as one gives all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme-ascii", maxLength: 12 }), range, async (text, Range) => {
      await s3.send(new PutObjectCommand({ Bucket, Key: "ranged", Body: Buffer.from(text) }));
      const expected = part(Range, text);
      const asked = { Bucket, Key: "ranged", Range };
      if (expected === "InvalidRange") {
        expect((await failure(s3.send(new GetObjectCommand(asked)))).slice(0, 2)).toEqual(["InvalidRange", 416]);
        return;
      }
      const { Body, ContentRange, ContentLength, $metadata } = await s3.send(new GetObjectCommand(asked));
      expect([await Body?.transformToString(), ContentLength, $metadata.httpStatusCode]).toEqual([
        expected.text,
        expected.text.length,
        expected.isPart ? 206 : 200,
      ]);
      expect(ContentRange === undefined).toBe(!expected.isPart);
      expect((await s3.send(new HeadObjectCommand(asked))).ContentLength).toBe(expected.text.length);
    }),
    { numRuns: 150 },
  );
});

test.each([0, 10_001])("part %i is no part's number", async (PartNumber) => {
  await s3.send(new PutObjectCommand({ Bucket, Key: "one part", Body: "text" }));
  const [code, status, message] = await failure(s3.send(new GetObjectCommand({ Bucket, Key: "one part", PartNumber })));
  expect([code, status, message]).toEqual([
    "InvalidArgument",
    400,
    "Part number must be an integer between 1 and 10000, inclusive",
  ]);
});

const HOUR = 3_600_000;
const tag = fc.option(fc.constantFrom("own", "other", "*", "both"), { nil: undefined });
const when = fc.option(fc.constantFrom(-HOUR, 0, HOUR), { nil: undefined });

type Conditions = {
  readonly match: string | undefined;
  readonly noneMatch: string | undefined;
  readonly modifiedSince: number | undefined;
  readonly unmodifiedSince: number | undefined;
};

/** RFC 9110, where tags make dates of their kind void; a date to come is none. */
function status({ match, noneMatch, modifiedSince, unmodifiedSince }: Conditions): number {
  const isOwn = (text: string) => text !== "other";
  if (match !== undefined ? !isOwn(match) : unmodifiedSince !== undefined && unmodifiedSince < 0) return 412;
  if (noneMatch !== undefined) return isOwn(noneMatch) ? 304 : 200;
  return modifiedSince === 0 ? 304 : 200;
}

test("conditions of reads count in RFC 9110's order", async () => {
  const { ETag = "" } = await s3.send(new PutObjectCommand({ Bucket, Key: "conditional", Body: "text" }));
  const { LastModified } = await s3.send(new HeadObjectCommand({ Bucket, Key: "conditional" }));
  const modified = LastModified?.getTime() ?? 0;
  const tags: Readonly<Record<string, string>> = { own: ETag, other: '"other"', "*": "*", both: `"other", ${ETag}` };
  const asked = fc.record({ match: tag, noneMatch: tag, modifiedSince: when, unmodifiedSince: when });
  const dated = (offset: number | undefined) => (offset === undefined ? undefined : new Date(modified + offset));
  await fc.assert(
    fc.asyncProperty(asked, async (conditions) => {
      const read = s3.send(
        new GetObjectCommand({
          Bucket,
          Key: "conditional",
          IfMatch: tags[conditions.match ?? ""],
          IfNoneMatch: tags[conditions.noneMatch ?? ""],
          IfModifiedSince: dated(conditions.modifiedSince),
          IfUnmodifiedSince: dated(conditions.unmodifiedSince),
        }),
      );
      const got = await read.then(
        async ({ Body }) => ((await Body?.transformToString()) === "text" ? 200 : 0),
        async () => (await failure(read))[1],
      );
      expect(got).toBe(status(conditions));
    }),
    { numRuns: 120 },
  );
});
