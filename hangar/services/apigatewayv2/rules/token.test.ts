// Which claims the gateway takes, and how functions see them.

import { expect, test } from "vitest";
import { claimsProblem, claimTexts, readToken, scopesOf } from "./token.ts";

const expected = { issuer: "https://issuer", audience: ["one", "two"], now: 1000 };
const good = { iss: "https://issuer", aud: "two", exp: 1001 };

test.each<[object, string | undefined]>([
  [good, undefined],
  [{ ...good, aud: ["x", "one"] }, undefined],
  [{ iss: "https://issuer", client_id: "one", exp: 1001 }, undefined],
  [{ ...good, iss: "https://issuer/" }, "the issuer is not valid"],
  [{ ...good, aud: "x", client_id: "one" }, "the token does not have a valid audience"],
  [{ ...good, exp: 1000 }, "the token has expired"],
  [{ ...good, exp: "1001" }, "the token does not have an expiration"],
  [{ ...good, nbf: 1001 }, "the token is not valid yet"],
  [{ ...good, iat: 1001 }, "the token was issued in the future"],
])("%j: %s", (claims, problem) => expect(claimsProblem({ ...claims }, expected)).toBe(problem));

test("scopes are texts or lists", () => {
  expect(scopesOf({ scope: "a b" })).toEqual(["a", "b"]);
  expect(scopesOf({ scp: ["a", 1] })).toEqual(["a"]);
  expect(scopesOf({})).toEqual([]);
});

test("functions get claims as text", () => {
  expect(claimTexts({ sub: "x", exp: 7, ok: true, groups: ["a", "b"], more: { a: 1 } })).toEqual({
    sub: "x",
    exp: "7",
    ok: "true",
    groups: "[a b]",
    more: '{"a":1}',
  });
});

test.each(["", "a.b", "a.b.c", "e30.e30.x.y", "e30.e30.x"])("%j is no token", (text) => {
  expect(readToken(text)).toBeUndefined();
});
