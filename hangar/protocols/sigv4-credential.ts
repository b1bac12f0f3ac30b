// SigV4 credentials as requests carry them: in the Authorization header or in the query string.
import { notEmulated } from "../kernel/aws-error.ts";
import { parsePairs } from "./form.ts";
import { scopeOf } from "./sigv4-key.ts";
import { incomplete, malformedQueryCredential, queryError, type SignatureDialect } from "./sigv4-errors.ts";
import type { Credential } from "./sigv4.ts";

/** s3, s3express, s3-object-lambda, s3-outposts: one way of signing. */
export const isS3Service = (service: string): boolean => service.startsWith("s3");

export type Unparsed = { readonly headers: Readonly<Record<string, string>>; readonly query: string };

const guessDialect = ({ headers }: Unparsed, service: string | undefined): SignatureDialect => {
  if (headers["x-amz-target"] !== undefined) return "json";
  if ((headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")) return "query";
  // What names no service is taken for S3, whose addresses are anything at all.
  return isS3Service(service ?? "s3") ? "s3" : "rest";
};

const scopePattern = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;

/** HTTP's own Date header may stand in for X-Amz-Date. */
const headerDate = (headers: Readonly<Record<string, string>>): string | undefined => {
  const amz = headers["x-amz-date"];
  if (amz !== undefined) return amz;
  const time = Date.parse(headers["date"] ?? "");
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
};

const partsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(",").map((part) => {
      const equals = part.indexOf("=");
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()] as const;
    }),
  );

type Signer = Pick<Credential, "accessKeyId" | "date" | "region" | "service" | "signedHeaders" | "scope">;

/** A client's requests differ in little but the signature: the rest of the header is taken apart once. */
const signers = new Map<string, Signer>();
const signersKept = 1000;

const signerOf = (request: Unparsed, authorization: string): Signer => {
  const end = authorization.lastIndexOf("Signature=");
  const name = authorization.slice(0, end);
  const known = signers.get(name);
  if (known !== undefined && end > 0) return known;
  const parts = partsOf(authorization.slice(authorization.indexOf(" ") + 1));
  const scope = scopePattern.exec(parts.get("Credential") ?? "");
  const [, accessKeyId, date, region, service] = scope ?? [];
  const lacking = ["Credential", "Signature", "SignedHeaders"].flatMap((part) =>
    parts.has(part) ? [] : [`Authorization header requires '${part}' parameter.`],
  );
  if (headerDate(request.headers) === undefined)
    lacking.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  if (parts.has("Credential") && scope === null)
    lacking.push(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${parts.get("Credential")}'`,
    );
  if (
    lacking.length > 0 ||
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined
  ) {
    throw incomplete(guessDialect(request, service), authorization, lacking);
  }
  const signedHeaders = (parts.get("SignedHeaders") ?? "").split(";");
  const signer = { accessKeyId, ...scopeOf(date, region, service), signedHeaders };
  if (signers.size >= signersKept) signers.clear();
  signers.set(name, signer);
  return signer;
};

export const fromHeader = (request: Unparsed, authorization: string): Credential => {
  const signer = signerOf(request, authorization);
  const amzDate = headerDate(request.headers);
  if (amzDate === undefined)
    throw incomplete(guessDialect(request, signer.service), authorization, [
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ]);
  const { accessKeyId, date, region, service, signedHeaders, scope } = signer;
  const signature =
    /^[0-9a-f]*/.exec(authorization.slice(authorization.lastIndexOf("Signature=") + "Signature=".length))?.[0] ?? "";
  const token = request.headers["x-amz-security-token"];
  return {
    kind: "header",
    accessKeyId,
    date,
    region,
    service,
    scope,
    signedHeaders,
    signature,
    amzDate,
    sessionToken: token,
  };
};

const week = 604_800;

const expiresOf = (text: string): number => {
  if (!/^-?\d+$/.test(text)) throw queryError("X-Amz-Expires should be a number");
  const expires = Number(text);
  if (expires < 0) throw queryError("X-Amz-Expires must be non-negative");
  if (expires > week)
    throw queryError(
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    );
  return expires;
};

export const fromQuery = (query: string): Credential => {
  const params = new Map(parsePairs(query));
  const algorithm = params.get("X-Amz-Algorithm");
  if (algorithm === "AWS4-ECDSA-P256-SHA256") throw notEmulated("SigV4A signatures");
  if (algorithm !== undefined && algorithm !== "AWS4-HMAC-SHA256")
    throw queryError('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"');
  const names = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
  ] as const;
  const [, scopeValue, signature, amzDate, signedHeaders, expires] = names.map((name) => params.get(name));
  const scope = scopePattern.exec(scopeValue ?? "");
  // Only S3 insists on an expiry; a presigned STS call without one holds 15 minutes.
  const isS3 = scope === null || isS3Service(scope[4] ?? "");
  if (
    algorithm === undefined ||
    scopeValue === undefined ||
    signature === undefined ||
    amzDate === undefined ||
    signedHeaders === undefined ||
    (expires === undefined && isS3)
  ) {
    throw queryError(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  }
  const [, accessKeyId, date, region, service] = scope ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined)
    throw malformedQueryCredential();
  const token = params.get("X-Amz-Security-Token");
  return {
    kind: "query",
    accessKeyId,
    ...scopeOf(date, region, service),
    signedHeaders: signedHeaders.split(";"),
    signature,
    amzDate,
    expires: expires === undefined ? 900 : expiresOf(expires),
    ...(token === undefined ? {} : { sessionToken: token }),
  };
};
