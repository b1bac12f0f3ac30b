// Payload compression: APIs with a minimum size answer compressed what is at least that long, and read compressed bodies.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html

import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { header, type Invocation } from "../rules/invocation.ts";
import type { Answer } from "./answer.ts";

const LARGEST = 10 * 1024 * 1024;

export function decompressed(invocation: Invocation, body: Buffer): Buffer {
  if (invocation.compiled.snapshot.minimumCompressionSize === undefined) return body;
  try {
    switch (header(invocation, "content-encoding")) {
      case "gzip":
        return gunzipSync(body, { maxOutputLength: LARGEST });
      case "deflate":
        return inflateSync(body, { maxOutputLength: LARGEST });
      default:
        return body;
    }
  } catch {
    return body;
  }
}

export function compressed(invocation: Invocation, answer: Answer): Answer {
  const least = invocation.compiled.snapshot.minimumCompressionSize;
  const size = Buffer.byteLength(answer.body);
  if (least === undefined || size === 0 || size < least) return answer;
  if (answer.headers.some(([name]) => name.toLowerCase() === "content-encoding")) return answer;
  const accepted = (header(invocation, "accept-encoding") ?? "").toLowerCase();
  const coding = ["gzip", "deflate"].find((each) => new RegExp(`(?:^|,)\\s*${each}\\s*(?:;|,|$)`).test(accepted));
  if (coding === undefined) return answer;
  const bytes = Buffer.from(answer.body);
  const body = coding === "gzip" ? gzipSync(bytes) : deflateSync(bytes);
  return { ...answer, headers: [...answer.headers, ["Content-Encoding", coding]], body };
}
