// Passwords: the right one matches its hash, and nothing else does.
import { expect, test } from "vitest";
import { hashPassword, passwordMatches } from "./password.ts";

test("a password matches its own hash only", async () => {
  const kept = await hashPassword("correct horse");
  expect(await passwordMatches("correct horse", kept)).toBe(true);
  expect(await passwordMatches("correct horsf", kept)).toBe(false);
  expect(await passwordMatches("", kept)).toBe(false);
});

test("the hash is scrypt as RFC 7914 has it", async () => {
  // Section 12: P="SodiumChloride"... has 64 bytes; scrypt's output is a stream, so the first 32 are the same.
  const kept = {
    salt: Buffer.from("SodiumChloride").toString("base64"),
    hash: Buffer.from("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2", "hex").toString("base64"),
    cost: 16_384,
    blockSize: 8,
    parallelization: 1,
  };
  expect(await passwordMatches("pleaseletmein", kept)).toBe(true);
});

test("two hashes of one password differ by their salt", async () => {
  const [one, two] = await Promise.all([hashPassword("same"), hashPassword("same")]);
  expect(one.hash).not.toBe(two.hash);
});
