// Where S3 requests name their bucket or access point: in the host, or in the first segment of the path.
import { formatArn } from "../kernel/arn.ts";
import type { Route } from "./protocol.ts";
import { decodePercent } from "./form.ts";

export type S3Address = {
  /** A bucket's name, or the ARN of an access point. */
  readonly bucket?: string;
  /** What is left for the key: starts with `/`, still percent-encoded. */
  readonly path: string;
};

/** `bucket.s3.region.…`, `bucket.s3-region.…`, `bucket.s3.localhost`, `bucket.s3express-zone.…`; a bucket may have dots. */
const virtualHost = /^(.+)\.(s3|s3-[a-z0-9-]+|s3express-[a-z0-9-]+)\.[a-z0-9]/;
/** Object Lambda's host starts with a route token, a website's is no API endpoint. */
const otherHosts: ReadonlySet<string> = new Set(["s3-object-lambda", "s3-website", "s3-control"]);
/** `name-account.s3-accesspoint.region.…`, dual-stack and FIPS too. */
const accessPointHost =
  /^([a-z0-9][a-z0-9-]*)-(\d{12})\.s3-accesspoint(?:-fips)?\.(?:dualstack\.)?([a-z]{2}-[a-z-]+-\d)\./;
/** What SDKs make of an access point's ARN or alias, and of an endpoint `localhost`. */
const atLocalhost = /^([a-z0-9-]+-(?:\d{12}|s3alias))\.localhost$/;
const numericHost = /^(?:\d{1,3}\.){3}\d{1,3}$|^\[/;

const accessPointArn = (host: string): string | undefined => {
  const [, name, account = "", region = ""] = accessPointHost.exec(host) ?? [];
  return name === undefined
    ? undefined
    : formatArn({ service: "s3", region, account, resource: `accesspoint/${name}` });
};

/** Buckets that are no directories have no sessions: to them `?session` says nothing. */
export const s3Route = (route: Route): Route =>
  route.operation === "CreateSession" && !String(route.labels["Bucket"]).endsWith("--x-s3")
    ? { ...route, operation: "ListObjects" }
    : route;

export const s3Address = (host: string, path: string): S3Address => {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const match = numericHost.test(name) ? null : virtualHost.exec(name);
  const [, bucket, kind] = match ?? [];
  if (kind !== undefined && otherHosts.has(kind)) return { path };
  if (kind?.startsWith("s3-accesspoint") === true) return { bucket: accessPointArn(name) ?? bucket ?? "", path };
  if (bucket !== undefined) return { bucket, path };
  const named = atLocalhost.exec(name)?.[1];
  if (named !== undefined) return { bucket: named, path };
  const end = path.indexOf("/", 1);
  const first = decodePercent(end === -1 ? path.slice(1) : path.slice(1, end));
  if (first === "") return { path };
  return { bucket: first, path: end === -1 ? "/" : path.slice(end) };
};
