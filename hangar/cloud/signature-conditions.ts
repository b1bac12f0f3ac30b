// How a request came and was signed, as S3's condition keys have it: the same for S3 and for S3 Control.

import { amzDateMs } from "../protocols/sigv4-key.ts";
import type { ConditionKeys } from "../ports/access.ts";
import type { Caller, Context } from "./operation.ts";
import { countsAsTls } from "./transport.ts";

type Asked = {
  readonly caller: Caller;
  /** Over TLS, where the endpoint itself does not tell. */
  readonly secure?: boolean | undefined;
  /** Fields of a form, which is signed in them. */
  readonly form?: ReadonlyMap<string, string> | undefined;
};

/** What the house calls itself came no way. https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html */
export function signatureConditions(
  { request, clock }: Pick<Context, "request" | "clock">,
  asked: Asked,
): ConditionKeys {
  const { caller, form, secure = countsAsTls(request, caller) } = asked;
  const { referer, "x-amz-content-sha256": digest } = request.headers;
  const values: ConditionKeys = digest === undefined ? {} : { "s3:x-amz-content-sha256": digest };
  if (caller.kind === "service") return values;
  const transport = {
    ...values,
    ...(referer === undefined ? {} : { "aws:Referer": referer }),
    ...(secure ? { "s3:TlsVersion": "1.3" } : {}),
  };
  if (caller.kind === "anonymous") return transport;
  // Only what is handed on grows old: a signature in a header has no age, and the older kind is always new.
  const age = (date: string | null | undefined): string => {
    const signed = amzDateMs(date ?? "");
    return signed === undefined ? "0" : String(Math.max(clock.since(signed), 0));
  };
  return { ...transport, ...signed(request, form, age) };
}

function signed(
  { headers, query: text = "" }: Context["request"],
  form: ReadonlyMap<string, string> | undefined,
  age: (date: string | null | undefined) => string,
): ConditionKeys {
  const query = new URLSearchParams(text);
  if (form !== undefined) return by("POST", form.get("x-amz-algorithm") ?? "AWS", age(form.get("x-amz-date")));
  const algorithm = query.get("X-Amz-Algorithm");
  if (algorithm !== null) return by("REST-QUERY-STRING", algorithm, age(query.get("X-Amz-Date")));
  if (query.has("AWSAccessKeyId")) return by("REST-QUERY-STRING", "AWS", age(undefined));
  const [version] = (headers["authorization"] ?? "").split(" ");
  return version === undefined || version === "" ? {} : by("REST-HEADER", version);
}

function by(type: string, version: string, age?: string): ConditionKeys {
  return {
    "s3:authType": type,
    "s3:signatureversion": version,
    ...(age === undefined ? {} : { "s3:signatureAge": age }),
  };
}
