// Sources of copies: how they are written, and how large they may be.

import { describe, expect, test } from "vitest";
import { checkSourceSize, copySourceOf } from "./copy-source.ts";

describe("a source is", () => {
  test.each([
    ["b/k", { bucket: "b", key: "k", versionId: undefined }],
    ["/b/a%2Fk%20l", { bucket: "b", key: "a/k l", versionId: undefined }],
    ["b/k?versionId=v", { bucket: "b", key: "k", versionId: "v" }],
    ["b/k?versionId=%76", { bucket: "b", key: "k", versionId: "v" }],
    ["b/100%", { bucket: "b", key: "100%", versionId: undefined }],
    ["b/100%/%C3%BC", { bucket: "b", key: "100%/ü", versionId: undefined }],
    [
      "arn:aws:s3:us-east-1:000000000000:accesspoint/ap/object/a/k",
      { bucket: "arn:aws:s3:us-east-1:000000000000:accesspoint/ap", key: "a/k", versionId: undefined },
    ],
  ])("%s", (text, source) => expect(copySourceOf(text)).toEqual(source));

  test.each(["b", "/k", "b/"])("not %s", (text) => {
    expect(() => copySourceOf(text)).toThrow("Invalid copy source object key");
  });

  test.each(["b/bad%80key", "b/bad%00key"])("not %s", (text) => {
    expect(() => copySourceOf(text)).toThrow("Invalid copy source encoding");
  });
});

test("one request copies 5 GB at most", () => {
  expect(() => checkSourceSize(5_368_709_120)).not.toThrow();
  expect(() => checkSourceSize(5_368_709_121)).toThrow(
    "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120",
  );
});
