// One record of a server access log: its fields in AWS's order, quoted and encoded as AWS's are.

import type { Caller } from "../../../cloud/operation.ts";
import { canonicalId } from "./owners.ts";

export type LoggedAccess = {
  readonly owner: string;
  readonly bucket: string;
  readonly time: number;
  readonly remoteIp: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly operation: string;
  readonly key?: string | undefined;
  /** Method, path and query as they came. */
  readonly uri?: { readonly method: string; readonly path: string; readonly query: string } | undefined;
  readonly status: number;
  readonly errorCode?: string | undefined;
  readonly bytesSent: number;
  readonly objectSize?: number | undefined;
  readonly totalTime: number;
  readonly turnAroundTime?: number | undefined;
  readonly versionId?: string | undefined;
  readonly hostId?: string | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string;
  readonly accessPointArn?: string | undefined;
  readonly aclRequired?: boolean | undefined;
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html */
export function accessLogLine(access: LoggedAccess): string {
  const { uri, headers } = access;
  const query = uri === undefined || uri.query === "" ? "" : `?${uri.query}`;
  return [
    canonicalId(access.owner),
    access.bucket,
    `[${logTime(access.time)}]`,
    access.remoteIp === "" ? "-" : access.remoteIp,
    requester(access.caller),
    access.requestId,
    access.operation,
    access.key === undefined ? "-" : encodedKey(access.key),
    uri === undefined ? "-" : quoted(`${uri.method} ${uri.path}${query} HTTP/1.1`),
    String(access.status),
    access.errorCode ?? "-",
    access.bytesSent === 0 ? "-" : String(access.bytesSent),
    String(access.objectSize ?? "-"),
    String(access.totalTime),
    String(access.turnAroundTime ?? "-"),
    quoted(headers["referer"] ?? "-"),
    quoted(headers["user-agent"] ?? "-"),
    access.versionId ?? "-",
    access.hostId ?? "-",
    ...proof(headers, uri?.query ?? ""),
    access.host === "" ? "-" : access.host,
    "-",
    access.accessPointArn ?? "-",
    access.aclRequired === true ? "Yes" : "-",
    "-",
  ].join(" ");
}

/** `06/Feb/2019:00:00:38 +0000`. */
function logTime(time: number): string {
  const [date = "", clock = ""] = new Date(time).toISOString().split(/[T.]/);
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
}

/** Root users by canonical id, IAM's users and roles by ARN, services by name. */
function requester({ kind, account, arn }: Caller): string {
  if (kind === "anonymous") return "-";
  if (kind === "service") return `svc:${arn}`;
  return kind === "root" ? canonicalId(account) : arn;
}

export function encodedKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll("%2F", "/")
    .replaceAll(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What a client sends ends neither the field nor the line. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\u0000-\u001f\u007f]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}"`;
}

/** Signature version, cipher suite and authentication type; the cipher is not known here. */
function proof(headers: Readonly<Record<string, string>>, query: string): readonly string[] {
  const header = headers["authorization"];
  if (header !== undefined) return [header.startsWith("AWS ") ? "SigV2" : "SigV4", "-", "AuthHeader"];
  if (/(?:^|&)X-Amz-Signature=/i.test(query)) return ["SigV4", "-", "QueryString"];
  if (/(?:^|&)Signature=/.test(query)) return ["SigV2", "-", "QueryString"];
  return ["-", "-", "-"];
}
