// The one error that services throw: AWS's code, message and status, whatever the wire.

export type Fault = "client" | "server";

const NONE: Readonly<Record<string, string>> = {};

/** An answer AWS would give instead of an output. `members` are extra modelled members (e.g. `CancellationReasons`, `BucketName`). */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fault: Fault;
  readonly members: Readonly<Record<string, unknown>>;
  /** Headers that go with S3's errors: `x-amz-bucket-region`, `Content-Range`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    facts: {
      status?: number;
      fault?: Fault;
      members?: Readonly<Record<string, unknown>>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = facts.status ?? 400;
    this.fault = facts.fault ?? (this.status >= 500 ? "server" : "client");
    this.members = facts.members ?? {};
    this.headers = facts.headers ?? NONE;
  }
}

/** What AWS has and Hangar does not yet: never answered as a success. */
export function notEmulated(what: string, page?: string): AwsError {
  return new AwsError(
    "NotEmulated",
    `Hangar does not emulate ${what} yet.${page === undefined ? "" : ` See ${page}`}`,
    { status: 501 },
  );
}

/** AWS's ValidationException/ValidationError of the JSON services. */
export function validationError(message: string, code = "ValidationException"): AwsError {
  return new AwsError(code, message);
}
