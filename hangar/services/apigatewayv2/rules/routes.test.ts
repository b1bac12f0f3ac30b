// Which route a request takes, and what its path variables are.

import { describe, expect, test } from "vitest";
import type { RouteRow } from "../store.ts";
import { checkRouteKey } from "./route-key.ts";
import { httpRoutes, matchRoute } from "./routes.ts";

const routesOf = (keys: readonly string[]) =>
  httpRoutes(keys.map((RouteKey, at) => ({ RouteKey, RouteId: String(at) }) satisfies RouteRow));

describe("the most specific route answers", () => {
  const routes = routesOf([
    "ANY /{proxy+}",
    "GET /pets/{proxy+}",
    "GET /pets/dog/{id}",
    "GET /pets/dog/1",
    "ANY /pets/dog/{id}",
    "GET /",
    "GET /{kind}/dog/7/{rest+}",
    "$default",
  ]);

  test.each([
    ["GET", "/pets/dog/1", "GET /pets/dog/1", undefined],
    ["GET", "/pets/dog/2", "GET /pets/dog/{id}", { id: "2" }],
    ["PUT", "/pets/dog/2", "ANY /pets/dog/{id}", { id: "2" }],
    ["PUT", "/pets/dog/1", "ANY /pets/dog/{id}", { id: "1" }],
    ["GET", "/pets/cat/1", "GET /pets/{proxy+}", { proxy: "cat/1" }],
    ["GET", "/birds/dog/7/a/b", "GET /{kind}/dog/7/{rest+}", { kind: "birds", rest: "a/b" }],
    ["POST", "/pets/cat/1", "ANY /{proxy+}", { proxy: "pets/cat/1" }],
    ["GET", "/", "GET /", undefined],
    ["POST", "/", "$default", undefined],
  ])("%s %s by %s", (method, path, key, parameters) => {
    const found = matchRoute(routes, method, path);
    expect([found?.route.RouteKey, found?.pathParameters]).toEqual([key, parameters]);
  });

  test("nothing answers where nothing matches", () => {
    expect(matchRoute(routesOf(["GET /pets"]), "GET", "/cats")).toBeUndefined();
    expect(matchRoute(routesOf(["GET /pets"]), "GET", "/pets/")).toBeUndefined();
    expect(matchRoute(routesOf(["GET /pets/{id}"]), "GET", "/pets/")).toBeUndefined();
  });
});

describe("route keys of HTTP APIs", () => {
  test.each(["$default", "ANY /", "GET /pets/{id}", "GET /{proxy+}", "PATCH /a.b/c-d"])("%s is one", (key) => {
    expect(() => checkRouteKey("HTTP", key)).not.toThrow();
  });

  test.each(["pets", "GET pets", "get /pets", "GET /{a+}/b", "GET /{a}/{a}", "GET /x{a}", "$connect"])(
    "%s is none",
    (key) => expect(() => checkRouteKey("HTTP", key)).toThrow(expect.objectContaining({ code: "BadRequestException" })),
  );

  test("those of WebSocket APIs are free", () => {
    expect(() => checkRouteKey("WEBSOCKET", "sendMessage")).not.toThrow();
  });
});
