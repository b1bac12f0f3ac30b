// What counts: a table of changes, and what each does to the counters.
import type { DynamoDBRecord } from "aws-lambda";
import { expect, test } from "vitest";
import { changeOf } from "./change.ts";

type Image = Record<string, { S: string } | { N: string }>;
const album: Image = { owner: { S: "ada" }, title: { S: "Summer" } };
const photo = (status: string, bytes = "700"): Image => ({
  owner: { S: "ada" },
  status: { S: status },
  bytes: { N: bytes },
});
const record = (sk: string, before: Image | undefined, after: Image | undefined): DynamoDBRecord => ({
  dynamodb: {
    Keys: { sk: { S: sk } },
    ...(before === undefined ? {} : { OldImage: before }),
    ...(after === undefined ? {} : { NewImage: after }),
  },
});

test.each([
  ["a new album counts", record("ALBUM#1", undefined, album), { albums: 1, photos: 0, bytes: 0 }],
  ["a deleted album counts no more", record("ALBUM#1", album, undefined), { albums: -1, photos: 0, bytes: 0 }],
  ["a renamed album changes nothing", record("ALBUM#1", album, { ...album, title: { S: "Autumn" } }), undefined],
  ["an announced photo does not count yet", record("PHOTO#1", undefined, photo("waiting")), undefined],
  ["a ready photo counts", record("PHOTO#1", photo("accepted"), photo("ready")), { albums: 0, photos: 1, bytes: 700 }],
  ["a new caption changes nothing", record("PHOTO#1", photo("ready"), photo("ready")), undefined],
  [
    "a deleted ready photo counts no more",
    record("PHOTO#1", photo("ready"), undefined),
    { albums: 0, photos: -1, bytes: -700 },
  ],
  ["a deleted rejected photo changes nothing", record("PHOTO#1", photo("rejected"), undefined), undefined],
  ["anything else does not count", record("STATISTICS", undefined, album), undefined],
])("%s", (_name, given, expected) => {
  expect(changeOf(given)).toEqual(expected === undefined ? undefined : { owner: "ada", ...expected });
});
