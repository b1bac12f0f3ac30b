// The front door of static websites: hosts like `bucket.s3-website-us-east-1.…`, and `/_aws/s3-website/bucket/…`.

import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { s3Headers } from "../../../protocols/s3-error.ts";
import { demand } from "../access.ts";
import { readBody } from "../engine/body.ts";
import { secretOf } from "../engine/secrets.ts";
import { objectAt } from "../engine/versions.ts";
import { noConfiguration, noSuchBucket, s3Error } from "../errors.ts";
import { checkRead } from "../rules/conditions.ts";
import { crossOriginHeaders } from "../rules/cors.ts";
import { lookUp, type Found } from "../rules/find-bucket.ts";
import { checkReadable, readSpan } from "../rules/reads.ts";
import { encodePath, redirectionOf, routeFor } from "../rules/websites.ts";
import type { Context, StoredObject, Tables } from "../store.ts";

type Site = { readonly bucket: string; readonly base: string; readonly path: string };
type Visit = {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly found: Found;
  readonly site: Site;
  readonly key: string;
};

const HOST = /^(.+)\.s3-website(?:[-.][a-z0-9-]+)?\./;
const PATH = /^\/_aws\/s3-website\/([^/]+)(\/.*)?$/;

export const websiteDoor: HttpDoor<Tables> = {
  name: "s3-website",
  match(request) {
    const bucket = HOST.exec(request.host)?.[1];
    if (bucket !== undefined) return { data: { bucket, base: "", path: request.path } satisfies Site };
    const [, named, path = "/"] = PATH.exec(request.path) ?? [];
    return named === undefined
      ? undefined
      : { data: { bucket: named, base: `/_aws/s3-website/${named}`, path } satisfies Site };
  },
  async handle(request, site: Site, context) {
    try {
      const found = lookUp(context, site.bucket);
      if (found === undefined) throw noSuchBucket(site.bucket);
      context.span.attributes["serves"] = `arn:aws:s3:::${site.bucket}`;
      const answered = await answer({ request, context, found, site, key: keyOf(site.path) });
      const cors = crossOriginHeaders(found.bucket.cors, request);
      return { ...answered, headers: { ...s3Headers(context.request.id), ...answered.headers, ...cors } };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorPage(error, request, context);
    }
  },
};

function keyOf(path: string): string {
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return path.slice(1);
  }
}

async function answer(visit: Visit): Promise<HttpResponse> {
  const { request, found, site, key } = visit;
  const { website } = found.bucket;
  if (website === undefined) {
    throw noConfiguration(
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration",
      site.bucket,
    );
  }
  const base = { protocol: request.secure ? "https" : "http", host: request.headers["host"] ?? request.host };
  if (website.RedirectAllRequestsTo !== undefined) {
    const { HostName: host, Protocol: protocol = base.protocol } = website.RedirectAllRequestsTo;
    return redirect(301, `${protocol}://${host}/${encodePath(key)}`);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw s3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, {
      Method: request.method,
      ResourceType: "OBJECT",
    });
  }
  const rules = website.RoutingRules ?? [];
  const route = routeFor(rules, key, undefined);
  if (route !== undefined) return redirected(redirectionOf(route, key, base));
  const suffix = website.IndexDocument?.Suffix ?? "index.html";
  try {
    return await serve(visit, key === "" || key.endsWith("/") ? key + suffix : key, 200);
  } catch (error) {
    if (!(error instanceof AwsError) || error.status < 400) throw error;
    if (key !== "" && !key.endsWith("/") && isThere(visit, `${key}/${suffix}`))
      return redirect(302, `${site.base}/${encodePath(key)}/`);
    const failed = routeFor(rules, key, error.status);
    if (failed !== undefined) return redirected(redirectionOf(failed, key, base));
    if (website.ErrorDocument === undefined || error.status === 416) throw error;
    return await errorDocument(visit, website.ErrorDocument.Key, error);
  }
}

/** One that cannot be had is told of beside the first error. */
async function errorDocument(visit: Visit, key: string, first: AwsError): Promise<HttpResponse> {
  try {
    return await serve({ ...visit, request: { ...visit.request, headers: {} } }, key, first.status);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return errorPage(first, visit.request, visit.context, error);
  }
}

function redirected({ status, location }: { readonly status: number; readonly location: string }): HttpResponse {
  return redirect(status, location);
}

function redirect(status: number, location: string): HttpResponse {
  return { status, headers: { location, "content-length": "0" }, body: "" };
}

function isThere({ context, found }: Visit, key: string): boolean {
  try {
    readable(context, found, key);
    return true;
  } catch {
    return false;
  }
}

/** The visitor is anonymous; who may not list learns nothing of what is missing. */
function readable(context: Context, found: Found, key: string): StoredObject {
  demand(context, found, { action: "GetObject", key });
  try {
    return objectAt(found, { Key: key });
  } catch (error) {
    demand(context, found, { action: "ListBucket" });
    throw error;
  }
}

async function serve({ request, context, found }: Visit, key: string, status: number): Promise<HttpResponse> {
  const object = readable(context, found, key);
  const target = object.system.WebsiteRedirectLocation;
  if (target !== undefined) return redirect(301, target);
  const { headers } = request;
  const since = headers["if-modified-since"];
  const unmodified = headers["if-unmodified-since"];
  const now = context.clock.now();
  checkRead(
    object,
    {
      IfMatch: headers["if-match"],
      IfNoneMatch: headers["if-none-match"],
      IfModifiedSince: since === undefined ? undefined : new Date(since),
      IfUnmodifiedSince: unmodified === undefined ? undefined : new Date(unmodified),
    },
    now,
  );
  checkReadable(object, now);
  const secret = await secretOf(context, object.encryption, {});
  const span = readSpan(object, { Range: status === 200 ? headers["range"] : undefined });
  const isPart = span.members.ContentRange !== undefined;
  return {
    status: isPart ? 206 : status,
    headers: {
      ...describe(object),
      ...(isPart ? { "content-range": span.members.ContentRange ?? "" } : {}),
      "content-length": String(span.end - span.start),
    },
    body: request.method === "HEAD" ? "" : readBody(context.blobs, object.segments, secret, span),
  };
}

function describe(object: StoredObject): Record<string, string> {
  const { system } = object;
  const optional: readonly (readonly [string, string | undefined])[] = [
    ["cache-control", system.CacheControl],
    ["content-disposition", system.ContentDisposition],
    ["content-encoding", system.ContentEncoding],
    ["content-language", system.ContentLanguage],
    ["expires", system.Expires],
    ...Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const),
  ];
  return {
    "content-type": system.ContentType ?? "binary/octet-stream",
    etag: `"${object.etag}"`,
    "last-modified": new Date(object.modified).toUTCString(),
    "accept-ranges": "bytes",
    ...Object.fromEntries(optional.filter((pair): pair is readonly [string, string] => pair[1] !== undefined)),
  };
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  412: "Precondition Failed",
  416: "Requested Range Not Satisfiable",
};

function errorPage(error: AwsError, request: HttpRequest, context: Context, ofDocument?: AwsError): HttpResponse {
  const ids = s3Headers(context.request.id);
  if (error.status < 400) return { status: error.status, headers: { ...ids, ...error.headers } };
  const title = `${error.status} ${TITLES[error.status] ?? "Error"}`;
  const first = listed({ ...factsOf(error), RequestId: context.request.id, HostId: ids["x-amz-id-2"] });
  const second =
    ofDocument === undefined
      ? ""
      : `<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n${listed(factsOf(ofDocument))}`;
  const html = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n${first}${second}<hr/>\n</body>\n</html>\n`;
  const headers = {
    ...ids,
    "content-type": "text/html; charset=utf-8",
    "x-amz-error-code": error.code,
    "x-amz-error-message": error.message,
  };
  return { status: error.status, headers, body: request.method === "HEAD" ? "" : html };
}

function factsOf({ code, message, members }: AwsError): Readonly<Record<string, unknown>> {
  return { Code: code, Message: message, ...members };
}

function listed(facts: Readonly<Record<string, unknown>>): string {
  const items = Object.entries(facts).map(([name, value]) => `<li>${name}: ${escape(String(value))}</li>\n`);
  return `<ul>\n${items.join("")}</ul>\n`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
