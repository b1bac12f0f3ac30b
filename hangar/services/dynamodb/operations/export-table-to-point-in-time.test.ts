// Exports as they lie in a bucket, through the real clients.

import { DeleteItemCommand, DescribeExportCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { Bucket, ask, done, make } from "../test-exports.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let s3: S3Client;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "exports" });
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const put = (TableName: string, id: string, v: string) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, v: { S: v } } }));

async function objects(Prefix: string): Promise<ReadonlyMap<string, Buffer>> {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const found = new Map<string, Buffer>();
  for (const { Key = "" } of Contents ?? []) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    found.set(Key, Buffer.from((await Body?.transformToByteArray()) ?? []));
  }
  return found;
}
const linesIn = (files: ReadonlyMap<string, Buffer>): string[] =>
  [...files]
    .filter(([key]) => key.includes("/data/"))
    .flatMap(([, bytes]) => gunzipSync(bytes).toString().split("\n"))
    .filter((line) => line !== "")
    .toSorted();
const md5 = (bytes: Buffer | undefined) =>
  createHash("md5")
    .update(bytes ?? "")
    .digest("base64");

describe("ExportTableToPointInTime", () => {
  test("writes data, manifests and checksums where AWS writes them", async () => {
    const TableArn = await make(client, "Full");
    for (const id of ["a", "b", "c", "d", "e"]) await put("Full", id, `value of ${id}`);
    const asked = await ask(client, { TableArn, S3Bucket: Bucket, S3Prefix: "full" });
    expect(asked).toEqual({
      ExportArn: expect.stringMatching(/table\/Full\/export\/\d{14}-[\da-f]{8}$/),
      ExportStatus: "IN_PROGRESS",
      StartTime: new Date(cloud.clock.now()),
      ExportTime: new Date(cloud.clock.now()),
      TableArn,
      TableId: expect.any(String),
      ClientToken: expect.any(String),
      S3Bucket: Bucket,
      S3Prefix: "full",
      S3SseAlgorithm: "AES256",
      ExportFormat: "DYNAMODB_JSON",
    });
    await cloud.settle();
    const { ExportDescription: description } = await client.send(
      new DescribeExportCommand({ ExportArn: asked.ExportArn }),
    );
    const folder = `full/AWSDynamoDB/${asked.ExportArn?.split("/").at(-1)}/`;
    expect(description).toEqual({
      ...asked,
      ExportStatus: "COMPLETED",
      EndTime: new Date(cloud.clock.now()),
      ExportManifest: `${folder}manifest-summary.json`,
      ItemCount: 5,
      BilledSizeBytes: 0,
    });
    const files = await objects("full/");
    const names = [...files.keys()].map((key) => key.slice(folder.length));
    expect(names.filter((name) => !name.startsWith("data/"))).toEqual([
      "_started",
      "manifest-files.json",
      "manifest-files.md5",
      "manifest-summary.json",
      "manifest-summary.md5",
    ]);
    expect(names.filter((name) => /^data\/[\da-z]{26}\.json\.gz$/.test(name))).toHaveLength(4);
    expect(files.get(`${folder}_started`)).toHaveLength(0);
    expect(linesIn(files)).toEqual(
      ["a", "b", "c", "d", "e"].map((id) => `{"Item":{"id":{"S":"${id}"},"v":{"S":"value of ${id}"}}}`),
    );
    for (const name of ["manifest-files", "manifest-summary"])
      expect(files.get(`${folder}${name}.md5`)?.toString()).toBe(md5(files.get(`${folder}${name}.json`)));
    const listed = (files.get(`${folder}manifest-files.json`)?.toString() ?? "").trim().split("\n");
    let items = 0;
    for (const line of listed) {
      const { itemCount, md5Checksum, etag, dataFileS3Key } = JSON.parse(line) as Record<string, string>;
      items += Number(itemCount);
      expect(md5Checksum).toBe(md5(files.get(String(dataFileS3Key))));
      expect(etag).toMatch(/^[\da-f]{32}$/);
    }
    expect(items).toBe(5);
    expect(JSON.parse(files.get(`${folder}manifest-summary.json`)?.toString() ?? "")).toEqual({
      version: "2020-06-30",
      exportArn: asked.ExportArn,
      startTime: asked.StartTime?.toISOString(),
      endTime: description?.EndTime?.toISOString(),
      tableArn: TableArn,
      tableId: asked.TableId,
      exportTime: asked.ExportTime?.toISOString(),
      s3Bucket: Bucket,
      s3Prefix: "full",
      s3SseAlgorithm: "AES256",
      s3SseKmsKeyId: null,
      manifestFilesS3Key: `${folder}manifest-files.json`,
      billedSizeBytes: 0,
      itemCount: 5,
      outputFormat: "DYNAMODB_JSON",
    });
  });

  test("a moment of the past, in Ion", async () => {
    const TableArn = await make(client, "Past");
    await put("Past", "a", "then");
    const ExportTime = new Date(cloud.clock.now());
    await cloud.clock.advance("1 hour");
    await put("Past", "a", "now");
    await put("Past", "b", "now");
    const { ItemCount, S3Prefix } = await done(
      { cloud, client },
      {
        TableArn,
        S3Bucket: Bucket,
        ExportTime,
        ExportFormat: "ION",
        S3Prefix: "ion/",
      },
    );
    expect({ ItemCount, S3Prefix }).toEqual({ ItemCount: 1, S3Prefix: "ion/" });
    const files = await objects("ion/");
    expect([...files.keys()].filter((key) => key.endsWith(".ion.gz"))).toHaveLength(4);
    expect(linesIn(files)).toEqual([`$ion_1_0 {Item:{id:"a",v:"then"}}`]);
  });

  test("an incremental export has the first and last state of what changed in its period", async () => {
    const TableArn = await make(client, "Changes");
    await put("Changes", "same", "1");
    await put("Changes", "changed", "1");
    await put("Changes", "deleted", "1");
    await cloud.clock.advance("1 hour");
    const ExportFromTime = new Date(Math.floor(cloud.clock.now() / 1000) * 1000);
    await put("Changes", "changed", "2");
    await cloud.clock.advance("1 minute");
    const changedAt = Math.floor(cloud.clock.now() / 1000);
    await put("Changes", "changed", "3");
    await put("Changes", "new", "1");
    await put("Changes", "came and went", "1");
    await client.send(new DeleteItemCommand({ TableName: "Changes", Key: { id: { S: "deleted" } } }));
    await client.send(new DeleteItemCommand({ TableName: "Changes", Key: { id: { S: "came and went" } } }));
    await cloud.clock.advance("1 hour");
    const ExportToTime = new Date(Math.floor(cloud.clock.now() / 1000) * 1000);
    await put("Changes", "changed", "too late");
    const specification = { ExportFromTime, ExportToTime };
    const incremental = { TableArn, S3Bucket: Bucket, ExportType: "INCREMENTAL_EXPORT" as const };
    const description = await done(
      { cloud, client },
      {
        ...incremental,
        S3Prefix: "changes",
        IncrementalExportSpecification: specification,
      },
    );
    expect(description).toMatchObject({
      ExportStatus: "COMPLETED",
      ExportType: "INCREMENTAL_EXPORT",
      ItemCount: 3,
      BilledSizeBytes: 10_000_000,
      IncrementalExportSpecification: { ...specification, ExportViewType: "NEW_AND_OLD_IMAGES" },
    });
    expect(description.ExportTime).toBeUndefined();
    const image = (id: string, v: string) => ({ id: { S: id }, v: { S: v } });
    const change = (id: string) => ({
      Metadata: { WriteTimestampMicros: { N: `${changedAt}000000` } },
      Keys: { id: { S: id } },
    });
    const files = await objects("changes/");
    expect([...files.keys()].filter((key) => key.startsWith("changes/AWSDynamoDB/data/"))).toHaveLength(4);
    expect(linesIn(files).map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...change("changed"), OldImage: image("changed", "1"), NewImage: image("changed", "3") },
      { ...change("deleted"), OldImage: image("deleted", "1") },
      { ...change("new"), NewImage: image("new", "1") },
    ]);
    await done(
      { cloud, client },
      {
        ...incremental,
        S3Prefix: "images",
        ExportFormat: "ION",
        IncrementalExportSpecification: { ...specification, ExportViewType: "NEW_IMAGE" },
      },
    );
    const record = (id: string, rest: string) =>
      `$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:${changedAt}000000.},Keys:{id:"${id}"}${rest}}}`;
    expect(linesIn(await objects("images/"))).toEqual([
      record("changed", `,NewImage:{id:"changed",v:"3"}`),
      record("deleted", ""),
      record("new", `,NewImage:{id:"new",v:"1"}`),
    ]);
  });

  test("a filter leaves items and attributes out, of full and incremental exports", async () => {
    const TableArn = await make(client, "Filtered");
    for (const [id, v] of [
      ["a", "kept"],
      ["b", "dropped"],
      ["c", "kept"],
    ] as const)
      await put("Filtered", id, v);
    const FilterSpecification = {
      FilterExpression: "#v = :v",
      ProjectionExpression: "id",
      ExpressionAttributeNames: { "#v": "v" },
      ExpressionAttributeValues: { ":v": { S: "kept" } },
    };
    const full = { TableArn, S3Bucket: Bucket };
    expect(await done({ cloud, client }, { ...full, S3Prefix: "filtered", FilterSpecification })).toMatchObject({
      ItemCount: 2,
      FilterSpecification,
    });
    expect(linesIn(await objects("filtered/"))).toEqual(['{"Item":{"id":{"S":"a"}}}', '{"Item":{"id":{"S":"c"}}}']);
    const one = { KeyConditionExpression: "id = :id", ExpressionAttributeValues: { ":id": { S: "b" } } };
    await done({ cloud, client }, { ...full, S3Prefix: "one", FilterSpecification: one });
    expect(linesIn(await objects("one/"))).toEqual(['{"Item":{"id":{"S":"b"},"v":{"S":"dropped"}}}']);
    const ExportFromTime = new Date(Math.ceil(cloud.clock.now() / 1000) * 1000);
    await cloud.clock.advance("1 hour");
    await put("Filtered", "a", "dropped");
    await put("Filtered", "b", "kept");
    await client.send(new DeleteItemCommand({ TableName: "Filtered", Key: { id: { S: "c" } } }));
    await cloud.clock.advance("1 hour");
    await done(
      { cloud, client },
      {
        ...full,
        S3Prefix: "some",
        ExportType: "INCREMENTAL_EXPORT",
        IncrementalExportSpecification: { ExportFromTime },
        FilterSpecification: { ...FilterSpecification, ProjectionExpression: undefined },
      },
    );
    expect(linesIn(await objects("some/")).map((line) => (JSON.parse(line) as { Keys: unknown }).Keys)).toEqual([
      { id: { S: "b" } },
      { id: { S: "c" } },
    ]);
    await expect(ask(client, { ...full, FilterSpecification: {} })).rejects.toMatchObject({
      message: "Invalid Request: Invalid FilterSpecification: The specification can not be empty",
    });
    await expect(
      ask(client, { ...full, FilterSpecification: { ...one, FilterExpression: "id <> :id" } }),
    ).rejects.toMatchObject({ name: "ValidationException" });
    await expect(ask(client, { ...full, FilterSpecification: { FilterExpression: "a ==" } })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});
