// Functions behind integrations: Lambda's client, and functions that answer API Gateway's role.

import * as lambda from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import type { Input, Session } from "../session.ts";

const LAMBDA = { service: "lambda", sdk: lambda };
const FunctionName = "recorded-function";
const arn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
export const invocations = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** A function with a role that it and API Gateway may take; from a handler's body in JavaScript, or from files. Answers its ARN. */
export async function functionOf(s: Session, handler: string, more: Input = {}): Promise<string> {
  const index = `export const handler = async (event, context) => {${handler}\n};`;
  await s.with(LAMBDA).do("CreateFunction", {
    FunctionName,
    Role: "arn:aws:iam::000000000000:role/integration",
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Code: { ZipFile: zipSync({ "index.mjs": strToU8(index) }) },
    ...more,
  });
  return arn;
}
