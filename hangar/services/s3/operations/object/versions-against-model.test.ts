// Histories of versioned objects against a naive list of versions.

import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
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

/** Undefined text: a delete marker. */
type Kept = { readonly id: string; readonly text: string | undefined };
type State = { readonly keys: Map<string, Kept[]>; readonly ids: string[]; status: "" | "Enabled" | "Suspended" };
type Step = {
  readonly kind: "put" | "delete" | "deleteVersion" | "restore" | "Enabled" | "Suspended";
  readonly key: string;
  readonly pick: number;
};

const kind = fc.constantFrom<Step["kind"][]>(
  ...("put put put put delete delete deleteVersion deleteVersion restore Enabled Suspended".split(
    " ",
  ) as Step["kind"][]),
);
const step: fc.Arbitrary<Step> = fc.record({ kind, key: fc.constantFrom("a", "a/b"), pick: fc.nat({ max: 20 }) });

/** A new newest version; only the null one is ever overwritten. */
function add(state: State, name: string, { id, text }: { id: string | undefined; text: string | undefined }): void {
  const version = { id: state.status === "Enabled" ? (id ?? "none was given") : "null", text };
  const older = (state.keys.get(name) ?? []).filter((each) => version.id !== "null" || each.id !== "null");
  state.keys.set(name, [version, ...older]);
  if (!state.ids.includes(version.id)) state.ids.push(version.id);
}

async function take(Bucket: string, state: State, given: Step, count: number): Promise<void> {
  if (given.kind === "Enabled" || given.kind === "Suspended") {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: given.kind } }));
    state.status = given.kind;
    return;
  }
  const Key = given.key;
  const present = state.keys.get(Key) ?? [];
  if (given.kind === "put") {
    const text = `text ${count}`;
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: text }));
    add(state, Key, { id: VersionId, text });
  } else if (given.kind === "delete") {
    const { VersionId, DeleteMarker } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(DeleteMarker === true).toBe(state.status !== "");
    if (state.status === "") state.keys.delete(Key);
    else add(state, Key, { id: VersionId, text: undefined });
  } else if (given.kind === "deleteVersion") {
    // Among the ids that were ever given, of either key, and gone or not.
    const VersionId = state.ids[given.pick % Math.max(state.ids.length, 1)] ?? "null";
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    state.keys.set(
      Key,
      present.filter((each) => each.id !== VersionId),
    );
  } else {
    const whole = present.filter((each) => each.text !== undefined);
    const source = whole[given.pick % Math.max(whole.length, 1)];
    if (source === undefined) return;
    const CopySource = `${Bucket}/${Key}?versionId=${source.id}`;
    const { VersionId } = await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource }));
    add(state, Key, { id: VersionId, text: source.text });
  }
}

async function textOf(Bucket: string, Key: string, VersionId?: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) }),
    );
    return await Body?.transformToString();
  } catch (error) {
    return (error as Error).name;
  }
}

async function check(Bucket: string, { keys }: State): Promise<void> {
  const all = [...keys]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, versions]) => versions.map((version, index) => ({ name, latest: index === 0, ...version })));
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const listed = (rows: typeof Versions | typeof DeleteMarkers) =>
    rows.map((row) => [row.Key, row.VersionId, row.IsLatest]);
  const expected = (isMarker: boolean) =>
    all.filter((each) => (each.text === undefined) === isMarker).map((each) => [each.name, each.id, each.latest]);
  expect(listed(Versions)).toEqual(expected(false));
  expect(listed(DeleteMarkers)).toEqual(expected(true));
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map((object) => object.Key)).toEqual(
    all.filter((each) => each.latest && each.text !== undefined).map((each) => each.name),
  );
  for (const { name, id, text, latest } of all) {
    expect(await textOf(Bucket, name, id)).toBe(text ?? "MethodNotAllowed");
    if (latest) expect(await textOf(Bucket, name)).toBe(text ?? "NoSuchKey");
  }
}

test("any history of puts, deletions, copies and suspensions leaves the versions that it should", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      made += 1;
      const Bucket = `history-${made}`;
      await s3.send(new CreateBucketCommand({ Bucket }));
      const state: State = { keys: new Map(), ids: [], status: "" };
      for (const [count, given] of steps.entries()) await take(Bucket, state, given, count);
      await check(Bucket, state);
    }),
    { numRuns: 40 },
  );
});
