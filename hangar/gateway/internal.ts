// Hangar's own paths and LocalStack's: finds the route, checks what it was given, and answers. The routes are in control/.

import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import { AwsError, notEmulated } from "../kernel/aws-error.ts";
import { decodeRow, encodeRow } from "../kernel/row-json.ts";
import { Refused, type Asked, type Route } from "./control/route.ts";
import { routesAt } from "./control/routes.ts";
import { wrongIn } from "./control/schema.ts";
import { DEVELOPER_PATH } from "./doors.ts";
import { readAll, type Incoming, type Outgoing } from "./exchange.ts";
import { fromForeignPage } from "./hosts.ts";

const BODY_LIMIT = 16 * 1024 * 1024;

/** Undefined for paths that a service's door takes. */
export async function internalAnswer(cloud: Cloud, world: World, request: Incoming): Promise<Outgoing | undefined> {
  const { path, headers } = request;
  const found = routesAt(path);
  if (found === undefined && path.startsWith("/_aws/") && !DEVELOPER_PATH.test(path)) return undefined;
  // A web page may not steer the cloud, not even one that we serve: a bucket's website has our own origin.
  if (headers["origin"] !== undefined || fromForeignPage(headers))
    return refusal(403, "Forbidden", "Web pages may not call this.");
  if (path.startsWith("/_hangar/cloudformation-response/") || path.startsWith("/_aws/")) return undefined;
  if (found === undefined) return refusal(404, "NotFound", `There is no ${request.method} ${path}.`);
  const { methods, parameters } = found;
  const route = methods.get(request.method === "HEAD" ? "GET" : request.method);
  if (route === undefined) {
    const allow = [...methods.keys()].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
    const refused = refusal(405, "MethodNotAllowed", `There is no ${request.method} ${path}, only ${allow}.`);
    return { ...refused, headers: { ...refused.headers, allow } };
  }
  try {
    const query = queryOf(route, request);
    const body = await bodyOf(route, request);
    return json(200, (await route.run({ cloud, world, request, parameters, query, body })) ?? {});
  } catch (error) {
    return answerTo(error, (bug) => cloud.bug(`${route.method} ${route.path}`, bug, world));
  }
}

function queryOf({ query: known = {}, path }: Route, request: Incoming): Record<string, string> {
  const query = Object.fromEntries(new URLSearchParams(request.query));
  // LocalStack's own paths overlook what they do not know.
  if (!path.startsWith("/_hangar/")) return query;
  const wrong = wrongIn(query, { properties: known, additionalProperties: false });
  if (wrong !== undefined) throw new Refused(400, "InvalidRequest", wrong);
  return query;
}

async function bodyOf({ body: schema }: Route, request: Incoming): Promise<Asked["body"]> {
  if (schema === undefined) return {};
  const text = Buffer.from(await readAll(request.body, BODY_LIMIT)).toString();
  let body: unknown;
  try {
    body = text.trim() === "" ? {} : decodeRow(text);
  } catch (error) {
    throw new Refused(400, "InvalidRequest", `The body is no JSON: ${(error as Error).message}`);
  }
  const wrong = wrongIn(body, schema);
  if (wrong !== undefined) throw new Refused(400, "InvalidRequest", wrong);
  return body as Asked["body"];
}

/** What a caller may do about it is a 400 unless it says otherwise; what it cannot be at fault for is our bug. */
function answerTo(error: unknown, bugOf: (error: Error) => AwsError): Outgoing {
  if (error instanceof Refused) return refusal(error.status, error.code, error.message);
  if (error instanceof AwsError) {
    const status = error.code === "InternalFailure" ? 500 : error.status === 413 ? 413 : 400;
    return refusal(status, error.code, error.message);
  }
  if (error instanceof TypeError || error instanceof ReferenceError) {
    const bug = bugOf(error);
    return refusal(500, bug.code, bug.message);
  }
  return refusal(400, "Error", error instanceof Error ? error.message : String(error));
}

/** Below `/_aws/` no bucket and no operation lives. */
export function notBelowAws({ method, path }: Incoming): Outgoing {
  const { code, message, status } = notEmulated(`${method} ${path}`, "docs/harness/http.md");
  return refusal(status, code, message);
}

function refusal(status: number, code: string, message: string): Outgoing {
  return json(status, { code, message });
}

function json(status: number, value: unknown): Outgoing {
  return { status, headers: { "content-type": "application/json" }, body: encodeRow(value) };
}
