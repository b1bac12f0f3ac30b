// The recorded client of Lambda, and functions as those tests made them.

import * as sdk from "@aws-sdk/client-lambda";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { strToU8, zipSync } from "fflate";
import { recorder } from "../recorded.ts";
import type { Answer, Input, RecordedClient, Session } from "../session.ts";

/** Sizes of archives, their signed URLs and functions' were not recorded. */
function withoutSizes(value: unknown, location: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutSizes(each, location));
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  const unrecorded: Readonly<Record<string, string>> = {
    CodeSize: "<code-size>",
    Location: location,
    FunctionUrl: "lambda-url",
  };
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    unrecorded[name] ?? withoutSizes(member, location),
  ]);
  return Object.fromEntries(members);
}

/** Payloads as text. */
function withText(members: Answer): Answer {
  const { Payload } = members;
  return "Payload" in members
    ? { ...members, Payload: Buffer.from((Payload ?? "") as Uint8Array).toString() }
    : members;
}

const LAMBDA: RecordedClient = {
  service: "lambda",
  sdk,
  asShown: (operation, members) =>
    withoutSizes(withText(members), operation.includes("Layer") ? "<layer-location>" : "<location>") as Answer,
};

const ACCOUNT = "000000000000";
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

export const recorded = recorder(import.meta.url, LAMBDA, {
  async prepare(cloud) {
    const AssumeRolePolicyDocument = JSON.stringify(trust);
    const RoleName = "functions";
    await new IAMClient(cloud.clientConfig()).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  },
});

const Role = `arn:aws:iam::${ACCOUNT}:role/functions`;
export const FunctionName = "recorded";
export const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${FunctionName}`;

export const echo = zipSync({ "handler.py": strToU8("def handler(event, context): return event") });
export const version = zipSync({ "handler.py": strToU8("import platform\ndef handler(event, context): return 3") });

/** What the tests gave CreateFunction themselves. */
export const given = {
  FunctionName,
  Handler: "index.handler",
  Code: { ZipFile: echo },
  PackageType: "Zip",
  Role,
  Runtime: "python3.12",
};

/** What their framework gave it. */
export const usual = {
  ...given,
  Handler: "handler.handler",
  PackageType: undefined,
  Timeout: 30,
  Environment: { Variables: {} },
};

/** As the framework answers. */
export const framed = (CreateFunctionResponse: Answer): object => ({
  CreateEventSourceMappingResponse: null,
  CreateFunctionResponse,
});

export function make(s: Session, more: Input = {}): Promise<Answer> {
  return s.do("CreateFunction", { ...usual, ...more });
}

/** What patterns allow is the model's of the day, and changes. */
export function withoutPattern(value: unknown): unknown {
  const text = JSON.stringify(value).replaceAll(/(expression pattern: )(?:[^"\\]|\\.)*/g, "$1<pattern>");
  return JSON.parse(text) as unknown;
}
