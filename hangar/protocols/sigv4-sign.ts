// SigV4 on the sending side: signed headers and presigned URLs of our own.
import { hash } from "node:crypto";
import { canonicalRequest, stringToSign, uriEncode, type SignedFacts } from "./sigv4-canonical.ts";
import { amzDateOf, hmacHex, scopeOf, signingKey } from "./sigv4-key.ts";

export type Signer = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

/** `headers` must hold `host`. */
export type Unsigned = SignedFacts & { readonly body?: Uint8Array | string | undefined };

const signatureOf = (
  request: Unsigned,
  signer: Signer,
  signedHeaders: readonly string[],
  payloadHash: string,
): string => {
  const amzDate = amzDateOf(signer.now);
  const scope = scopeOf(amzDate.slice(0, 8), signer.region, signer.service);
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash, isS3: signer.service === "s3" });
  return hmacHex(signingKey(signer.secretAccessKey, scope), stringToSign(canonical, amzDate, scope.scope));
};

/** The request's headers and those that sign it. */
export const sign = (request: Unsigned, signer: Signer): Record<string, string> => {
  const amzDate = amzDateOf(signer.now);
  const payloadHash = hash("sha256", request.body ?? "", "hex");
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-date": amzDate,
    "x-amz-content-sha256": payloadHash,
  };
  if (signer.sessionToken !== undefined) headers["x-amz-security-token"] = signer.sessionToken;
  const names = Object.keys(headers).sort();
  const signature = signatureOf({ ...request, headers }, signer, names, payloadHash);
  const { scope } = scopeOf(amzDate.slice(0, 8), signer.region, signer.service);
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${signer.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return headers;
};

/** The query string of a presigned URL, without `?`; `expires` in seconds. */
export const presign = (request: Unsigned, signer: Signer, expires: number): string => {
  const amzDate = amzDateOf(signer.now);
  const { scope } = scopeOf(amzDate.slice(0, 8), signer.region, signer.service);
  const names = Object.keys(request.headers).sort();
  const params: readonly (readonly [string, string])[] = [
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${signer.accessKeyId}/${scope}`],
    ["X-Amz-Date", amzDate],
    ["X-Amz-Expires", String(expires)],
    ...(signer.sessionToken === undefined ? [] : [["X-Amz-Security-Token", signer.sessionToken] as const]),
    ["X-Amz-SignedHeaders", names.join(";")],
  ];
  const added = params.map(([name, value]) => `${name}=${uriEncode(value)}`).join("&");
  const query = request.query === "" ? added : `${request.query}&${added}`;
  const payloadHash = signer.service === "s3" ? "UNSIGNED-PAYLOAD" : hash("sha256", request.body ?? "", "hex");
  return `${query}&X-Amz-Signature=${signatureOf({ ...request, query }, signer, names, payloadHash)}`;
};
