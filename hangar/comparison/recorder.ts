// The calls of one test as they come: kept in memory as they are, scrubbed and written when the test ends.

import { plainValue } from "./plain-value.ts";
import { writeRecordedTest, type RecordedTest } from "./recording.ts";
import { Scrubber, type Known } from "./scrub.ts";

/** What a call came to; `filtered` is as the SDK would log it. */
export type Ended = {
  readonly output?: unknown;
  readonly filtered?: unknown;
  readonly error?: unknown;
  readonly status?: number | undefined;
};

type Call = {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  ended?: { readonly output?: unknown; readonly error?: unknown; readonly status?: number };
  waiting?: true;
};

type Begun = {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly filtered?: unknown;
};

export class Recorder {
  readonly #known: Known;
  readonly #calls: Call[] = [];
  readonly #hosts: Set<string>;

  constructor(known: Known) {
    this.#known = known;
    this.#hosts = new Set(known.endpoints.map((each) => new URL(each).host));
  }

  /** Notes a call that begins; the answer is to be called when it ends. */
  begin({ service, operation, input, filtered = input }: Begun): (ended: Ended) => void {
    const call: Call = { service, operation, input: plainValue(input, filtered) };
    this.#calls.push(call);
    return ({ output, filtered: shown = output, error, status = statusOf(error) }) => {
      call.ended = {
        ...(error === undefined ? { output: plainValue(output, shown) } : { error: plainError(error) }),
        ...(status === undefined ? {} : { status }),
      };
    };
  }

  /** Of a world that the test made itself. */
  addHost(endpoint: string): void {
    this.#hosts.add(new URL(endpoint).host);
  }

  /** Whether a request to this host is one of the suite's own: AWS's, the endpoint's, or a name below localhost on its port. */
  hasHost({ host, hostname, port }: URL): boolean {
    if (/(^|\.)amazonaws\.com(\.cn)?$|(^|\.)(on\.aws|cloudfront\.net)$/.test(hostname) || this.#hosts.has(host))
      return true;
    const isLocal = /(^|\.)localhost(\.localstack\.cloud)?$|^127\./.test(hostname);
    // LocalStack's functions know it by its address among their containers.
    if (this.#known.isLocalStack === true && /^\d+(\.\d+){3}:4566$/.test(host)) return true;
    return isLocal && [...this.#hosts].some((each) => each.endsWith(`:${port}`));
  }

  /** An `until` as it is asked: when it throws it is asked again, and its calls were a wait. */
  attempts<T>(until: () => T | Promise<T>): () => Promise<T> {
    return async () => {
      const from = this.#calls.length;
      try {
        return await until();
      } catch (error) {
        for (const call of this.#calls.slice(from)) call.waiting = true;
        throw error;
      }
    };
  }

  write(folder: string, { test, outcome }: Omit<RecordedTest, "calls">): void {
    const raw = this.#calls.map(({ ended = {}, ...call }, at) => ({ call: at + 1, ...call, ...ended }));
    const calls = new Scrubber(this.#known).scrub(raw) as RecordedTest["calls"];
    writeRecordedTest(folder, { test, outcome, calls });
  }
}

type SdkError = Error & { readonly $metadata?: { readonly httpStatusCode?: number } };

function statusOf(error: unknown): number | undefined {
  return (error as Partial<SdkError> | undefined)?.$metadata?.httpStatusCode;
}

/** Of the SDK and of Node, not of the answer. */
const UNTOLD = /^(\$.*|name|message|stack|cause|Message|RequestId|HostId|requestId|extendedRequestId)$/;

function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const { name, message } = error;
  const more = Object.entries(error).filter(([key]) => !UNTOLD.test(key));
  const plain = plainValue(Object.fromEntries(more)) as object;
  return { code: name, message, ...(Object.keys(plain).length === 0 ? {} : { more: plain }) };
}
