// Listings of random keys, page by page, against a naive list.

import {
  CreateBucketCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let made = 0;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client({ ...cloud.clientConfig(), requestChecksumCalculation: "WHEN_REQUIRED" });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Asked = {
  readonly keys: readonly string[];
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly max: number;
};

const text = (most: number) =>
  fc
    .array(fc.constantFrom("a", "b", "/", "-", " ", "+", "ü", "漢", "😀"), { maxLength: most })
    .map((all) => all.join(""));
const key = text(5).map((rest) => `k${rest}`);
const asked: fc.Arbitrary<Asked> = fc.record({
  keys: fc.uniqueArray(key, { minLength: 1, maxLength: 14 }),
  prefix: fc.oneof(
    fc.constant(""),
    text(2).map((rest) => `k${rest}`),
  ),
  delimiter: fc.constantFrom("", "/", "b", "a/", "ü"),
  after: fc.oneof(fc.constant(""), key),
  max: fc.integer({ min: 1, max: 4 }),
});

const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Keys and common prefixes in order; a prefix that the start lies in has been passed. */
function model({ keys, prefix, delimiter, after }: Asked): string[] {
  const rolled = (name: string): string => {
    const at = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    return at === -1 ? `key ${name}` : `prefix ${name.slice(0, at + delimiter.length)}`;
  };
  const passed = after !== "" && after.startsWith(prefix) ? rolled(after) : "";
  const left = keys.filter((name) => name.startsWith(prefix) && byBytes(name, after) > 0).toSorted(byBytes);
  return [...new Set(left.map(rolled))].filter((entry) => !(entry === passed && entry.startsWith("prefix ")));
}

type Page = {
  readonly Contents?: readonly { readonly Key?: string | undefined }[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
};

/** One page's keys and prefixes in the one order they were counted in. */
function entries({ Contents = [], CommonPrefixes = [] }: Page): string[] {
  const all = [
    ...Contents.map((each) => ({ name: each.Key ?? "", entry: `key ${each.Key}` })),
    ...CommonPrefixes.map((each) => ({ name: each.Prefix ?? "", entry: `prefix ${each.Prefix}` })),
  ];
  return all.toSorted((one, other) => byBytes(one.name, other.name)).map((each) => each.entry);
}

async function filled(keys: readonly string[]): Promise<string> {
  made += 1;
  const Bucket = `listed-${made}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "-" }));
  return Bucket;
}

type Step = { readonly page: Page; readonly more: boolean | undefined; readonly next: string | undefined };

/** All pages' entries; every page but the last is full. */
async function walk(max: number, ask: (from: string | undefined) => Promise<Step>): Promise<string[]> {
  const all: string[] = [];
  let from: string | undefined;
  for (let pages = 0; pages < 40; pages += 1) {
    const { page, more, next } = await ask(from);
    const found = entries(page);
    all.push(...found);
    if (more !== true) return all;
    expect(found).toHaveLength(max);
    from = next;
  }
  throw new Error("The pages do not end.");
}

test("ListObjectsV2, ListObjects and ListObjectVersions page through what a sorted list has", async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (given) => {
      const { prefix: Prefix, delimiter, after, max: MaxKeys } = given;
      const Delimiter = delimiter === "" ? undefined : delimiter;
      const shared = { Bucket: await filled(given.keys), Prefix, Delimiter, MaxKeys };
      const expected = model(given);
      const second = await walk(MaxKeys, async (ContinuationToken) => {
        const page = await s3.send(new ListObjectsV2Command({ ...shared, StartAfter: after, ContinuationToken }));
        expect(page.KeyCount).toBe(entries(page).length);
        return { page, more: page.IsTruncated, next: page.NextContinuationToken };
      });
      expect(second).toEqual(expected);
      const first = await walk(MaxKeys, async (marker = after) => {
        const page = await s3.send(new ListObjectsCommand({ ...shared, Marker: marker }));
        return { page, more: page.IsTruncated, next: page.NextMarker ?? page.Contents?.at(-1)?.Key };
      });
      expect(first).toEqual(expected);
      const versions = await walk(MaxKeys, async (marker = after) => {
        const page = await s3.send(new ListObjectVersionsCommand({ ...shared, KeyMarker: marker }));
        const { Versions, CommonPrefixes } = page;
        return { page: { Contents: Versions, CommonPrefixes }, more: page.IsTruncated, next: page.NextKeyMarker };
      });
      expect(versions).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test("a page has a thousand entries at most; only that of versions says what it was asked for", async () => {
  const Bucket = "asked-for";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const page = { Bucket, MaxKeys: 5000 };
  expect((await s3.send(new ListObjectsCommand(page))).MaxKeys).toBe(1000);
  expect((await s3.send(new ListObjectsV2Command(page))).MaxKeys).toBe(1000);
  expect((await s3.send(new ListObjectVersionsCommand(page))).MaxKeys).toBe(5000);
});
