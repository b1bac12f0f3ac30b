// Any history of uploads, copies, deletions, forks and sweeps: what a world has can be read, and nothing else is on disk.

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cloud } from "../../../cloud/cloud.ts";
import { blobsFolder } from "../../../cloud/persistence.ts";
import type { World } from "../../../cloud/world.ts";
import { handlerOf } from "../../../gateway/handle.ts";
import { inProcessHandler } from "../../../gateway/in-process.ts";
import { openCloud } from "../../../index.ts";
import type { Part, Version } from "../store.ts";

let directory: string;
let cloud: Cloud;
let close: () => Promise<void>;
let made = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-histories-"));
  ({ cloud, close } = await openCloud({ directory, listen: false }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await close();
  await rm(directory, { recursive: true, force: true });
});

/** Undefined text: a delete marker. Newest first. */
type Kept = { readonly id: string; readonly text: string | undefined };
type Open = { readonly id: string; readonly key: string; readonly parts: ReadonlyMap<number, string> };
type Model = {
  readonly world: World;
  readonly s3: S3Client;
  readonly keys: Map<string, readonly Kept[]>;
  readonly uploads: Map<string, Open>;
  status: "" | "Enabled" | "Suspended";
};

const KINDS = "put put put copy delete deleteVersion begin part part partCopy complete abort".split(" ");
const ALONE = "Enabled Suspended fork fork dispose".split(" ");
const key = fc.constantFrom("a", "b", "c");
const step = fc.record({ kind: fc.constantFrom(...KINDS), key, source: key, pick: fc.nat({ max: 9 }), at: fc.nat(9) });
type Step = {
  readonly kind: string;
  readonly key: string;
  readonly source: string;
  readonly pick: number;
  readonly at: number;
};
/** One thing that happens alone, then some at once, with a sweep beside them or not. */
const round = fc.record({
  alone: fc.option(fc.record({ kind: fc.constantFrom(...ALONE), at: fc.nat(9) })),
  together: fc.array(step, { maxLength: 5 }),
  isSwept: fc.boolean(),
});

function modelOf(world: World, from?: Model): Model {
  const s3 = new S3Client({
    endpoint: cloud.origin,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: inProcessHandler(handlerOf(cloud, world)),
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  return { world, s3, keys: new Map(from?.keys), uploads: new Map(from?.uploads), status: from?.status ?? "" };
}

/** A new newest version; only the null one is ever overwritten. */
function add(model: Model, name: string, text: string | undefined, id = "null"): void {
  const version = { id: model.status === "Enabled" ? id : "null", text };
  const older = (model.keys.get(name) ?? []).filter((each) => version.id !== "null" || each.id !== "null");
  model.keys.set(name, [version, ...older]);
}

const picked = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % Math.max(items.length, 1)];

async function takeOfVersions(Bucket: string, model: Model, given: Step, text: string): Promise<void> {
  const { s3, keys } = model;
  const Key = given.key;
  const present = keys.get(Key) ?? [];
  if (given.kind === "put") {
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: text }));
    add(model, Key, text, VersionId);
  } else if (given.kind === "copy") {
    const source = picked(
      (keys.get(given.source) ?? []).filter((each) => each.text !== undefined),
      given.pick,
    );
    if (source === undefined) return;
    const CopySource = `${Bucket}/${given.source}?versionId=${source.id}`;
    const { VersionId } = await s3.send(
      new CopyObjectCommand({ Bucket, Key, CopySource, MetadataDirective: "REPLACE" }),
    );
    add(model, Key, source.text, VersionId);
  } else if (given.kind === "delete") {
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    if (model.status === "") keys.delete(Key);
    else add(model, Key, undefined, VersionId);
  } else if (given.kind === "deleteVersion") {
    const VersionId = picked(present, given.pick)?.id;
    if (VersionId === undefined) return;
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    keys.set(
      Key,
      present.filter((each) => each.id !== VersionId),
    );
  }
}

async function takeOfUploads(Bucket: string, model: Model, given: Step, text: string): Promise<void> {
  const { s3, uploads } = model;
  const Key = given.key;
  if (given.kind === "begin") {
    const { UploadId: id = "" } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    uploads.set(id, { id, key: Key, parts: new Map() });
    return;
  }
  const upload = picked(
    [...uploads.values()].filter((each) => each.key === Key),
    given.pick,
  );
  if (upload === undefined) return;
  const [UploadId, PartNumber] = [upload.id, (given.pick % 3) + 1];
  const setPart = (held: string): void =>
    void uploads.set(UploadId, { ...upload, parts: new Map(upload.parts).set(PartNumber, held) });
  if (given.kind === "part") {
    await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: text }));
    setPart(text);
  } else if (given.kind === "partCopy") {
    const source = picked(
      (model.keys.get(given.source) ?? []).filter((each) => each.text !== undefined),
      given.pick,
    );
    if (source?.text === undefined) return;
    const CopySource = `${Bucket}/${given.source}?versionId=${source.id}`;
    await s3.send(new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber, CopySource }));
    setPart(source.text);
  } else if (given.kind === "complete") {
    // One part: those before the last would need 5 MB. The others are dropped.
    const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    const part = picked(Parts, given.pick);
    if (part?.PartNumber === undefined) return;
    const MultipartUpload = { Parts: [{ PartNumber: part.PartNumber, ETag: part.ETag }] };
    const { VersionId } = await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    uploads.delete(UploadId);
    add(model, Key, upload.parts.get(part.PartNumber), VersionId);
  } else if (given.kind === "abort") {
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    uploads.delete(UploadId);
  }
}

async function takeAlone(Bucket: string, models: Model[], { kind, at }: { kind: string; at: number }): Promise<void> {
  const index = at % models.length;
  const model = models[index] as Model;
  if (kind === "fork") {
    // Of one name, so that they have the same ids and write the same bytes.
    if (models.length < 4) models.push(modelOf(model.world.fork("twin"), model));
  } else if (kind === "dispose") {
    if (index === 0) return;
    model.world.dispose();
    models.splice(index, 1);
  } else {
    const Status = kind as "Enabled" | "Suspended";
    await model.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    model.status = Status;
  }
}

/** What happens at once touches each key of a world once: its outcome is the same in any order. */
async function takeTogether(
  Bucket: string,
  models: readonly Model[],
  given: readonly Step[],
  count: number,
): Promise<void> {
  const touched = new Set<string>();
  await Promise.all(
    given.map(async (each, index) => {
      const at = each.at % models.length;
      const places = [`${at} ${each.key}`, `${at} ${each.source}`];
      if (places.some((place) => touched.has(place))) return;
      for (const place of places) touched.add(place);
      const text = `text ${count}.${index}`;
      await takeOfVersions(Bucket, models[at] as Model, each, text);
      await takeOfUploads(Bucket, models[at] as Model, each, text);
    }),
  );
}

async function check(Bucket: string, { s3, keys, uploads }: Model): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const all = [...keys].flatMap(([name, versions]) => versions.map((version) => ({ name, ...version })));
  expect(Versions.length + DeleteMarkers.length).toBe(all.length);
  for (const { name, id, text } of all) {
    if (text === undefined) continue;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: name, VersionId: id }));
    expect(await Body?.transformToString()).toBe(text);
  }
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(Uploads.map(({ UploadId = "" }) => UploadId).toSorted()).toEqual([...uploads.keys()].toSorted());
}

/** As rows of objects and parts name them, in all worlds that live. */
function named(models: readonly Model[]): string[] {
  const blobs = models.flatMap(({ world }) => [...world.paths()].flatMap((path) => namedIn(world, path)));
  return [...new Set(blobs)].toSorted();
}

function namedIn(world: World, path: string): string[] {
  if (/^s3\/.*\/parts$/.test(path)) return [...world.table<Part>(path).rows()].map(({ segment }) => segment.blob);
  if (!/^s3\/.*\/(objects|versions)$/.test(path)) return [];
  return [...world.table<Version>(path).rows()].flatMap((version) =>
    version.marker === true ? [] : version.segments.map(({ blob }) => blob),
  );
}

async function onDisk(): Promise<string[]> {
  const names = await readdir(blobsFolder(directory), { recursive: true });
  return names
    .map((name) => name.split("/").at(-1) ?? "")
    .filter((name) => name.length > 2)
    .toSorted();
}

test("no body that a world names is ever swept, and no other outlives a sweep", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 12 }), async (rounds) => {
      made += 1;
      const Bucket = `bodies-${made}`;
      const models = [modelOf(cloud.world)];
      await models[0]?.s3.send(new CreateBucketCommand({ Bucket }));
      for (const [count, { alone, together, isSwept }] of rounds.entries()) {
        if (alone !== null) await takeAlone(Bucket, models, alone);
        const sweeping = isSwept ? cloud.sweepBodies() : undefined;
        await takeTogether(Bucket, models, together, count);
        await sweeping;
      }
      await cloud.sweepBodies();
      for (const model of models) await check(Bucket, model);
      expect(await onDisk()).toEqual(named(models));
      for (const { world } of models.slice(1)) world.dispose();
    }),
    { numRuns: 30 },
  );
});
