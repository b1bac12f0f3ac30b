// Base paths of documents, case by case.

import { expect, test } from "vitest";
import { basePathMode, basePathOf, segmentsOf } from "./paths.ts";

test.each([
  ["Swagger's base path", { swagger: "2.0", basePath: "/base/part" }, ["base", "part"]],
  ["none", { swagger: "2.0" }, []],
  ["the path of the first server", { openapi: "3.0.1", servers: [{ url: "https://a.example/x/y" }] }, ["x", "y"]],
  ["a relative server", { openapi: "3.0.1", servers: [{ url: "/x" }] }, ["x"]],
  [
    "a server's variables by their defaults",
    { openapi: "3.0.1", servers: [{ url: "https://a.example/{base}", variables: { base: { default: "/v1/a" } } }] },
    ["v1", "a"],
  ],
  ["no servers", { openapi: "3.0.1", servers: [] }, []],
])("%s", (_what, root, expected) => {
  expect(basePathOf({ root, swagger: "swagger" in root })).toEqual(expected);
});

test.each([
  ["ignore", ["pets", "{id}"]],
  ["prepend", ["base", "part", "pets", "{id}"]],
  ["split", ["part", "pets", "{id}"]],
] as const)("%s", (mode, expected) => {
  expect(segmentsOf("/pets/{id}", ["base", "part"], mode)).toEqual(expected);
});

test("the mode is ignore unless it is said, and one of three", () => {
  expect([basePathMode({}), basePathMode({ basepath: "split" })]).toEqual(["ignore", "split"]);
  expect(() => basePathMode({ basepath: "other" })).toThrow("other");
});
