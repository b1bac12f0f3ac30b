// The recorded client of IAM, with documents read as boto3 does.

import * as sdk from "@aws-sdk/client-iam";
import { recorder } from "../recorded.ts";
import type { Session } from "../session.ts";

const DOCUMENTS = new Set(["AssumeRolePolicyDocument", "PolicyDocument"]);

/** boto3 undoes the percents of a document, and reads its JSON. */
function withDocuments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDocuments);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      DOCUMENTS.has(name) && typeof member === "string"
        ? (JSON.parse(decodeURIComponent(member)) as unknown)
        : withDocuments(member),
    ]),
  );
}

/** Of tokens that stand side by side nobody can tell where one ends: this one is told. */
export const PATH = "/recorded/path/";

export const recorded = recorder(import.meta.url, {
  service: "iam",
  sdk,
  asRecorded: (answer) => JSON.parse(JSON.stringify(answer).replaceAll(/<path(:1)?>/g, PATH)),
  asShown: (_operation, members) => withDocuments(members) as object,
});

export const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

export const trust = (Service: string | string[], Action: string | string[] = "sts:AssumeRole", more = {}): string =>
  document({ Effect: "Allow", Principal: { Service }, Action, ...more });

export const RoleName = "recorded-role";
export const UserName = "recorded-user";

export async function newRole(s: Session, AssumeRolePolicyDocument = trust("ec2.amazonaws.com")): Promise<void> {
  await s.do("CreateRole", { RoleName, AssumeRolePolicyDocument });
}
