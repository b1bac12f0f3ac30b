// Which method of a deployment a request is for.

import { describe, expect, test } from "vitest";
import { routeFor, routesOf } from "./routes.ts";

const PATHS: Readonly<Record<string, readonly string[]>> = {
  "/": ["GET"],
  "/pets": ["GET", "ANY"],
  "/pets/{id}": ["GET"],
  "/pets/new": ["POST"],
  "/pets/{id}/toys/{toy}": ["GET"],
  "/{proxy+}": ["ANY"],
  "/files": [],
  "/files/{rest+}": ["GET"],
  "/deep/a/b": ["GET"],
};

const resources = Object.keys(PATHS).map((path) => ({ id: path, path }));
const methods = Object.entries(PATHS).flatMap(([resourceId, names]) =>
  names.map((httpMethod) => ({ resourceId, httpMethod })),
);
const root = routesOf(resources, methods);

describe("a request finds", () => {
  test.each([
    ["GET", "/", "/", "GET", {}],
    ["GET", "/pets", "/pets", "GET", {}],
    ["GET", "/pets/", "/pets", "GET", {}],
    ["PATCH", "/pets", "/pets", "ANY", {}],
    ["GET", "/pets/7", "/pets/{id}", "GET", { id: "7" }],
    ["POST", "/pets/new", "/pets/new", "POST", {}],
    ["GET", "/pets/7/toys/ball", "/pets/{id}/toys/{toy}", "GET", { id: "7", toy: "ball" }],
    ["GET", "/pets/new/toys/ball", "/pets/{id}/toys/{toy}", "GET", { id: "new", toy: "ball" }],
    ["PUT", "/pets/7/else/where", "/{proxy+}", "ANY", { proxy: "pets/7/else/where" }],
    ["GET", "/pets/new", "/pets/{id}", "GET", { id: "new" }],
    ["DELETE", "/pets/new", "/{proxy+}", "ANY", { proxy: "pets/new" }],
    ["POST", "/files/a", "/{proxy+}", "ANY", { proxy: "files/a" }],
    ["PUT", "/a", "/{proxy+}", "ANY", { proxy: "a" }],
    ["GET", "/files", "/{proxy+}", "ANY", { proxy: "files" }],
    ["GET", "/files/a%2Fb/c", "/files/{rest+}", "GET", { rest: "a%2Fb/c" }],
    ["GET", "/deep/a", "/{proxy+}", "ANY", { proxy: "deep/a" }],
  ])("%s %s: %s %s", (httpMethod, path, ...found) => {
    const route = routeFor(root, httpMethod, path);
    expect([route?.resource.path, route?.method.httpMethod, route?.pathParameters]).toEqual(found);
  });
});

test("a method that nothing on the way has finds nothing", () => {
  expect(routeFor(root, "POST", "/")).toBeUndefined();
});
