// Which runtimes may be created, and which are deprecated.

import { invalidParameter, RUNTIMES, unknownRuntime } from "../errors.ts";

const ENDED = new Set([
  "nodejs",
  "nodejs4.3",
  "nodejs6.10",
  "nodejs8.10",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs14.x",
  "java8",
  "python2.7",
  "python3.6",
  "python3.7",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "dotnet5.0",
  "go1.x",
  "ruby2.5",
  "ruby2.7",
  "provided",
]);

export function checkRuntime(runtime: string): void {
  if (ENDED.has(runtime)) {
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  if (!RUNTIMES.includes(runtime)) throw unknownRuntime(runtime);
}

/** By LocalStack's filters: `supported` when there is none, `deprecated`, `all`. */
export function creatable(filters: readonly string[]): readonly string[] {
  const deprecated = filters.some((each) => each === "deprecated" || each === "all");
  const supported = filters.length === 0 || filters.some((each) => each === "supported" || each === "all");
  return RUNTIMES.filter((runtime) => (ENDED.has(runtime) ? deprecated : supported));
}

/** AWS's is a hash of the runtime's build; ours of its name. */
export function runtimeVersionArn(region: string, runtime: string): string {
  const text = Buffer.from(runtime).toString("hex").repeat(8).slice(0, 64);
  return `arn:aws:lambda:${region}::runtime:${text}`;
}

/** As INIT_START calls it: `nodejs:24.v1`, `python:3.14.v1`. */
export function runtimeVersionName(runtime: string): string {
  return `${runtime.replace(/^([a-z]+)\.?(.*?)(?:\.x)?$/, "$1:$2")}.v1`;
}
