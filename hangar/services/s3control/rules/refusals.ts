// How S3 Control refuses what its model does not allow.

import type { Violation } from "../../../cloud/service.ts";
import { invalidRequest, invalidUri, malformedXml } from "../errors.ts";
import { invalidTags } from "./tags.ts";

export function refusal(all: readonly Violation[]): ReturnType<typeof malformedXml> | undefined {
  // The pattern of AWS's model would refuse every bucket's ARN; AWS does not.
  const violations = all.filter(({ member }) => member !== "ResourceArn");
  if (violations.length === 0) return undefined;
  if (violations.some(({ kind }) => kind === "required")) return malformedXml();
  const name = violations.find(({ member }) => member === "Name");
  if (name !== undefined) return invalidUri(`accesspoint/${String(name.value)}`);
  if (violations.some(({ path }) => /^tags\./i.test(path))) return invalidTags();
  return invalidRequest(violations.map(({ message }) => message).join("; "));
}
