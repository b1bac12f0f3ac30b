// Notes the requests that tests make with `fetch` to the hosts of their own world.

import { plainBytes } from "./plain-value.ts";
import type { Recorder } from "./recorder.ts";

/** Of an answer: what is as long as the request's way, or the server's own affair. */
const UNTOLD =
  /^(date|connection|keep-alive|server|via|transfer-encoding|content-length|x-amz-id-2|x-amz-cf-|x-cache$|age$|x-localstack$)|request-?id$|trace-id$|apigw-id$/;
/** The harness's own paths. */
const OWN = "/_hangar/";

const recorders = new Set<Recorder>();
let original: typeof fetch | undefined;

/** Until what it answers is called. Where tests share one world and run at once, the one that began last has the request. */
export function recordFetch(recorder: Recorder): () => void {
  recorders.add(recorder);
  if (original === undefined) {
    original = globalThis.fetch;
    globalThis.fetch = recordingFetch(original);
  }
  return () => {
    recorders.delete(recorder);
    if (recorders.size > 0 || original === undefined) return;
    globalThis.fetch = original;
    original = undefined;
  };
}

function recordingFetch(send: typeof fetch): typeof fetch {
  return async (target, init) => {
    const request = target instanceof Request ? target : undefined;
    const url = new URL(request?.url ?? (target as string | URL));
    const recorder = [...recorders].findLast((each) => each.hasHost(url));
    if (recorder === undefined || url.pathname.startsWith(OWN)) return send(target, init);
    const headers = Object.fromEntries(new Headers(init?.headers ?? request?.headers));
    const body = request === undefined || init?.body !== undefined ? sentBody(init?.body) : { "<stream>": "" };
    const input = { url: url.href, headers, ...(body === undefined ? {} : { body }) };
    const end = recorder.begin({ service: "http", operation: init?.method ?? request?.method ?? "GET", input });
    try {
      const answer = await send(target, init);
      const told = [...answer.headers].filter(([name]) => !UNTOLD.test(name));
      end({ output: { headers: Object.fromEntries(told), body: await answeredBody(answer) }, status: answer.status });
      return answer;
    } catch (error) {
      end({ error });
      throw error;
    }
  };
}

/** The test still has it to read. */
async function answeredBody(answer: Response): Promise<unknown> {
  // Events may go on for ever.
  if (answer.headers.get("content-type")?.startsWith("text/event-stream") === true) return { "<stream>": "" };
  try {
    return bodyOf(new Uint8Array(await answer.clone().arrayBuffer()));
  } catch (error) {
    return { "<stream>": (error as Error).name };
  }
}

function sentBody(body: RequestInit["body"]): unknown {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return bodyOf(Buffer.from(body));
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer) return bodyOf(new Uint8Array(body));
  if (ArrayBuffer.isView(body)) return bodyOf(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  return { "<stream>": "" };
}

/** A text as it is. */
function bodyOf(bytes: Uint8Array): unknown {
  const plain = plainBytes(bytes) as { readonly "<bytes>"?: string };
  return plain["<bytes>"] ?? plain;
}
