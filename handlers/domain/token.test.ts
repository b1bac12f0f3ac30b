// Session tokens: made, read, and refused when anything about them was changed.
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { bearerToken, readToken, signToken } from "./token.ts";

const key = "a key of 64 characters would be longer";
const session = { user: "ada", scope: "full", expires: 2_000 } as const;
const token = signToken(session, key);
const parts = token.split(".");
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a token carries its session", () => {
  expect(readToken(token, key, 1_999)).toEqual(session);
});

test("a token is a JSON Web Token that others can check", () => {
  const proof = createHmac("sha256", key).update(`${parts[0]}.${parts[1]}`).digest("base64url");
  expect(parts[2]).toBe(proof);
  expect(JSON.parse(Buffer.from(parts[0] ?? "", "base64url").toString())).toEqual({ alg: "HS256", typ: "JWT" });
});

test.each([
  ["it has expired", token, key, 2_000],
  ["another key signed it", token, "another key", 1_000],
  [
    "its claims were changed",
    `${parts[0]}.${base64url({ sub: "eve", scope: "full", exp: 9_999 })}.${parts[2]}`,
    key,
    1_000,
  ],
  ["it asks for no algorithm", `${base64url({ alg: "none", typ: "JWT" })}.${parts[1]}.`, key, 1_000],
  ["its signature is missing", `${parts[0]}.${parts[1]}`, key, 1_000],
  ["its signature is short", `${parts[0]}.${parts[1]}.AAAA`, key, 1_000],
  ["it has a fourth part", `${token}.x`, key, 1_000],
  ["it is empty", "", key, 1_000],
])("a token is refused when %s", (_reason, given, withKey, now) => {
  expect(readToken(given, withKey, now)).toBeUndefined();
});

test("a token with an unknown scope is refused, though well signed", () => {
  const signed = `${parts[0]}.${base64url({ sub: "ada", scope: "admin", exp: 9_999 })}`;
  const forged = `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
  expect(readToken(forged, key, 1_000)).toBeUndefined();
});

test("the token is what follows Bearer", () => {
  expect(bearerToken("Bearer a.b.c")).toBe("a.b.c");
  expect(bearerToken("Basic a.b.c")).toBeUndefined();
  expect(bearerToken(undefined)).toBeUndefined();
});
