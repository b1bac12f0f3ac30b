// Addresses that are REST APIs', and those that are not.

import { describe, expect, test } from "vitest";
import { addressOf, splitStage } from "./execute-api.ts";

describe("an API is addressed by", () => {
  test.each([
    ["abc123.execute-api.eu-west-1.amazonaws.com", "/live/a", { api: "abc123", region: "eu-west-1", path: "/live/a" }],
    ["abc123.execute-api.localhost.localstack.cloud", "/live", { api: "abc123", path: "/live" }],
    ["abc123.execute-api.localhost", "/", { api: "abc123", path: "/" }],
    ["abc123.execute-api.us-east-1.localhost", "/x", { api: "abc123", region: "us-east-1", path: "/x" }],
    ["d-abc123.execute-api.us-east-1.amazonaws.com", "/x", { api: "d-abc123", region: "us-east-1", path: "/x" }],
  ])("the host %s%s", (host, path, address) => expect(addressOf({ host, path })).toEqual({ ...address, host }));

  test.each([
    ["/_aws/execute-api/abc123/live/a/b", { api: "abc123", path: "/live/a/b" }],
    ["/_aws/execute-api/abc123", { api: "abc123", path: "/" }],
    ["/_aws/execute-api/api.example.com/v1/x", { api: "api.example.com", path: "/v1/x" }],
    ["/restapis/abc123/live/_user_request_/a", { api: "abc123", path: "/live/a" }],
    ["/restapis/abc123/live/_user_request_", { api: "abc123", path: "/live/" }],
  ])("the path %s", (path, address) => expect(addressOf({ host: "localhost", path })).toEqual(address));
});

test.each([
  ["localhost", "/restapis/abc123/stages/live"],
  ["localhost", "/bucket/key"],
  ["s3.us-east-1.amazonaws.com", "/x"],
  ["execute-api.us-east-1.amazonaws.com", "/x"],
])("%s%s is somebody else's", (host, path) => expect(addressOf({ host, path })).toBeUndefined());

test.each([
  ["/live/a/b", "live", "/a/b"],
  ["/live/", "live", "/"],
  ["/live", "live", "/"],
  ["/", "", "/"],
  ["//live/a", "live", "/a"],
  ["/live//a//b", "live", "/a//b"],
])("%s has the stage %j and the path %s", (path, stage, below) => expect(splitStage(path)).toEqual({ stage, below }));
