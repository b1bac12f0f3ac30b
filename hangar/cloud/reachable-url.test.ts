// Addresses of one world as addresses of another.

import { expect, test } from "vitest";
import { reachable, readdressed } from "./reachable-url.ts";

const PORT = "http://127.0.0.1:40001";
const NAME = "http://fork-1.localhost:4566";

test.each([
  ["http://127.0.0.1:4566/000000000000/jobs", PORT, "http://127.0.0.1:40001/000000000000/jobs"],
  ["http://localhost:4566/_aws/execute-api/abc/dev/", PORT, "http://127.0.0.1:40001/_aws/execute-api/abc/dev/"],
  ["http://abc.lambda-url.us-east-1.localhost:4566/", PORT, "http://abc.lambda-url.us-east-1.localhost:40001/"],
  ["site.s3-website-us-east-1.localhost:4566", PORT, "site.s3-website-us-east-1.localhost:40001"],
  ["http://127.0.0.1:4566/q", NAME, "http://fork-1.localhost:4566/q"],
  ["http://127.0.0.1:4566/q", "https://localhost:4566", "https://localhost:4566/q"],
  ["http://site.s3-website.localhost:4566/", "https://localhost:4566", "http://site.s3-website.localhost:4566/"],
  ["http://abc.lambda-url.us-east-1.localhost:4566/", NAME, "http://abc.lambda-url.us-east-1.fork-1.localhost:4566/"],
  ["http://127.0.0.1:4566/a,http://127.0.0.1:4566/b", PORT, "http://127.0.0.1:40001/a,http://127.0.0.1:40001/b"],
  // Not ours, or not an address.
  ["http://127.0.0.1:45660/q", PORT, "http://127.0.0.1:45660/q"],
  ["http://127.0.0.1:5432/db", PORT, "http://127.0.0.1:5432/db"],
  ["http://example.com:4566/", PORT, "http://example.com:4566/"],
  ["http://notlocalhost:4566/", PORT, "http://notlocalhost:4566/"],
])("%s, at %s, is %s", (text, origin, there) => {
  expect(readdressed(text, ["http://127.0.0.1:4566"], origin)).toBe(there);
});

test.each([
  ["https://abc.execute-api.us-east-1.amazonaws.com/dev", "http://127.0.0.1:40001/_aws/execute-api/abc/dev"],
  ["wss://abc.execute-api.us-east-1.amazonaws.com/dev", "ws://127.0.0.1:40001/_aws/execute-api/abc/dev"],
  ["abc.execute-api.us-east-1.amazonaws.com", "abc.execute-api.us-east-1.amazonaws.com"],
])("%s is reached at %s", (text, there) => {
  expect(reachable(text, PORT)).toBe(there);
});

test("a fork of a fork: what the first was reached by leads to the second", () => {
  const inFirst = "http://x.s3.fork-1.localhost:4566/ http://fork-1.localhost:4566/q";
  expect(readdressed(inFirst, [NAME], PORT)).toBe("http://x.s3.localhost:40001/ http://127.0.0.1:40001/q");
  expect(readdressed("http://127.0.0.1:40001/q", [PORT], NAME)).toBe("http://fork-1.localhost:4566/q");
});
