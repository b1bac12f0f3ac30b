// The front door for answers of custom resources and signals to wait conditions: the URL that AWS presigns in S3.

import type { HttpDoor } from "../../../cloud/service.ts";
import { RESPONSE_PATH } from "../resources/custom-resource.ts";
import { isObject } from "../rules/template.ts";
import type { Tables } from "../store.ts";

const LIMIT = 4096;

export const receiveResponse: HttpDoor<Tables> = {
  name: "cloudformation-response",
  match: (request) => {
    if (!request.path.startsWith(RESPONSE_PATH)) return undefined;
    const [account, region, token] = request.path.slice(RESPONSE_PATH.length).split("/");
    return account === undefined || region === undefined || token === undefined
      ? undefined
      : { account, region, data: token };
  },
  handle: async (request, token: string, context) => {
    const answer = context.store.answers.get(token);
    if (request.method !== "PUT" || answer === undefined)
      return {
        status: 403,
        headers: { "content-type": "application/xml" },
        body: "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
      };
    const chunks: Uint8Array[] = [];
    for await (const chunk of request.body) chunks.push(chunk);
    const received = read(Buffer.concat(chunks));
    context.store.answers.put(token, { ...answer, received: [...answer.received, received] });
    context.scheduler.later("cloudformation.execute", { deployment: answer.deploymentId });
    return { status: 200, headers: { etag: '"00000000000000000000000000000000"' }, body: "" };
  },
};

function read(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length > LIMIT) return { Status: "FAILED", Reason: "Response object is too long." };
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // Falls through to AWS's words for it.
  }
  return { Status: "FAILED", Reason: "Invalid response object: Bad JSON" };
}
