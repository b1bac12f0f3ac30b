// multipart/form-data, read as it flows: the fields before the file, then the file as a stream.

import { s3Error } from "../errors.ts";

export type Form = {
  /** Lower-case names, as sent otherwise. */
  readonly fields: ReadonlyMap<string, string>;
  /** Undefined where the file came as a field's text. */
  readonly fileName: string | undefined;
  readonly file: AsyncIterable<Uint8Array>;
};

const FIELDS_LIMIT = 20 * 1024;

export function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /^multipart\/form-data\s*;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? "");
  return match?.[1] ?? match?.[2];
}

/** Looks ahead by the boundary's length only, so a large file is never held. */
class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);
  #done = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    if (this.#done) return false;
    const step = await this.#source.next();
    this.#done = step.done === true;
    if (step.done !== true) this.#held = Buffer.concat([this.#held, step.value]);
    return step.done !== true;
  }

  /** After a boundary: whether it was the last. */
  async atEnd(): Promise<boolean> {
    while (this.#held.length < 2 && (await this.#more()));
    return this.#held.subarray(0, 2).toString() === "--";
  }

  /** What stands before `mark`, which is dropped. */
  async until(mark: Buffer, limit: number): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        const found = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        return found;
      }
      if (this.#held.length > limit) throw tooLong();
      if (!(await this.#more())) throw malformed();
    }
  }

  async *stream(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at !== -1) {
        if (at > 0) yield this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        return;
      }
      const safe = this.#held.length - mark.length;
      if (safe > 0) {
        yield this.#held.subarray(0, safe);
        this.#held = this.#held.subarray(safe);
      }
      if (!(await this.#more())) throw malformed();
    }
  }
}

export async function readForm(body: AsyncIterable<Uint8Array>, boundary: string): Promise<Form> {
  const reader = new Reader(body);
  const mark = Buffer.from(`\r\n--${boundary}`);
  await reader.until(Buffer.from(`--${boundary}`), FIELDS_LIMIT);
  const fields = new Map<string, string>();
  for (;;) {
    if (await reader.atEnd()) break;
    const head = (await reader.until(Buffer.from("\r\n\r\n"), FIELDS_LIMIT)).toString("utf8");
    const name = parameter(head, "name");
    if (name === undefined) throw malformed();
    // The content type of the file's own part does not count: only a field sets it.
    if (name.toLowerCase() === "file")
      return { fields, fileName: parameter(head, "filename"), file: reader.stream(mark) };
    fields.set(name.toLowerCase(), (await reader.until(mark, FIELDS_LIMIT)).toString("utf8"));
  }
  throw s3Error("InvalidArgument", "POST requires exactly one file upload per request.", 400, {
    ArgumentName: "file",
    ArgumentValue: "0",
  });
}

function parameter(head: string, name: string): string | undefined {
  const match = new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"|[;\\s]${name}=([^;\\r\\n]+)`, "i").exec(head);
  return match?.[1]?.replaceAll('\\"', '"') ?? match?.[2];
}

function malformed(): Error {
  return s3Error("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");
}

function tooLong(): Error {
  return s3Error(
    "MaxPostPreDataLengthExceededError",
    "Your POST request fields preceding the upload file were too large.",
  );
}
