// Notes every call of an AWS SDK client, and gives clients of the suite's own making a logger that does the same.

import { FILTERED } from "./plain-value.ts";
import type { Recorder } from "./recorder.ts";

type Filter = (value: unknown) => unknown;
/** The parts of the SDK's that are used here. */
type Context = {
  readonly commandName?: string;
  readonly inputFilterSensitiveLog?: Filter;
  readonly outputFilterSensitiveLog?: Filter;
};
type Given = { readonly input: unknown };
type Answer = { readonly output: unknown };
type Next = (given: Given) => Promise<Answer>;
type Stack = {
  add(
    wrap: (next: Next, context: Context) => Next,
    place: { readonly step: "initialize"; readonly name: string },
  ): void;
};

/** `service` is the fixture's name, e.g. `s3`. */
export function recordClient(middlewareStack: object, service: string, recorder: Recorder): void {
  const record =
    (next: Next, context: Context): Next =>
    async (given) => {
      const { inputFilterSensitiveLog: ofInput, outputFilterSensitiveLog: ofOutput } = context;
      const { input } = given;
      const operation = operationOf(context.commandName);
      const end = recorder.begin({ service, operation, input, filtered: filtered(ofInput, input) });
      try {
        const answer = await next(given);
        const { $metadata, ...output } = answer.output as { readonly $metadata?: { readonly httpStatusCode?: number } };
        end({ output, filtered: filtered(ofOutput, output), status: $metadata?.httpStatusCode });
        return answer;
      } catch (error) {
        end({ error });
        throw error;
      }
    };
  (middlewareStack as Stack).add(record, { step: "initialize", name: "hangarRecords" });
}

/** What the SDK tells its logger of a call that ended. */
type Logged = {
  readonly clientName: string;
  readonly commandName: string;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: unknown;
  readonly metadata?: { readonly httpStatusCode?: number };
};

export type CallLogger = {
  info(line: unknown): void;
  error(line: unknown): void;
  debug(): void;
  warn(): void;
  trace(): void;
};

/** Settings for clients of the suite's own making, e.g. `new S3Client(cloud.clientConfig())`. */
export function loggedBy<T extends object>(recorder: Recorder | undefined, settings: T): T & { logger?: CallLogger } {
  return recorder === undefined ? settings : { ...settings, logger: recordingLogger(recorder) };
}

function recordingLogger(recorder: Recorder): CallLogger {
  const note = (line: unknown): void => {
    const { clientName, commandName, input, output, error, metadata } = line as Partial<Logged>;
    // Clients say other things, too.
    if (clientName === undefined || commandName === undefined) return;
    const service = clientName.replace(/Client$/, "").toLowerCase();
    const end = recorder.begin({ service, operation: operationOf(commandName), input });
    end(error === undefined ? { output, status: metadata?.httpStatusCode } : { error });
  };
  return { info: note, error: note, debug: quiet, warn: quiet, trace: quiet };
}

function quiet(): void {}

function operationOf(commandName = ""): string {
  return commandName.replace(/Command$/, "");
}

/** What a filter fails at counts as marked throughout: where it would have found something sensitive nobody knows. */
function filtered(filter: Filter | undefined, value: unknown): unknown {
  try {
    return filter === undefined ? value : filter(value);
  } catch {
    return FILTERED;
  }
}
