// What counts as gone, and what is thrown on.

import { expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { unlessGone } from "./unless-gone.ts";

const refused = (code: string): Promise<string> => Promise.reject(new AwsError(code, "No."));

test("an answer is handed on", async () => {
  expect(await unlessGone(Promise.resolve("there"))).toBe("there");
});

test.each<[code: string, codes: string | readonly string[] | undefined]>([
  ["ResourceNotFoundException", undefined],
  ["NoSuchEntity", "NoSuchEntity"],
  ["NoSuchBucketPolicy", ["NoSuchBucket", "NoSuchBucketPolicy"]],
])("%s is undefined where %j tells of what is gone", async (code, codes) => {
  expect(await unlessGone(refused(code), codes)).toBeUndefined();
});

test.each<[code: string, codes: string | readonly string[] | undefined]>([
  ["AccessDeniedException", undefined],
  ["NoSuchBucket", "NoSuchBucketPolicy"],
  ["ResourceNotFoundException", ["NoSuchBucket"]],
])("%s is thrown where %j tells of what is gone", async (code, codes) => {
  await expect(unlessGone(refused(code), codes)).rejects.toMatchObject({ code });
});

test("what is no answer of AWS's is thrown, whatever its name", async () => {
  const error = Object.assign(new Error("No."), { code: "ResourceNotFoundException" });
  await expect(unlessGone(Promise.reject(error))).rejects.toBe(error);
});
