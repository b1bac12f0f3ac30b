// The extensions of one environment: who has registered, for what, and whether they are done. The Extensions API's side of it.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html

import { randomUUID } from "node:crypto";
import type { Deployment } from "./deployment.ts";

type State = "Started" | "Registered" | "Ready" | "Running" | "Failed";

type Extension = {
  readonly id: string;
  readonly name: string;
  /** A process of its own, from /opt/extensions; others live in the runtime's. */
  readonly external: boolean;
  events: readonly string[];
  state: State;
  /** Waits for its next event. */
  next: Answer | undefined;
};

export type Reply = {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Answer = (reply: Reply) => void;

/** What a request to the Extensions API says. */
export type ExtensionRequest = {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

export type ShutdownReason = "spindown" | "timeout" | "failure";

const MOST = 10;
const EVENTS = ["INVOKE", "SHUTDOWN"];

export class Extensions {
  readonly #deployment: Deployment;
  readonly #all = new Map<string, Extension>();
  #closed = false;
  /** Somebody has registered, or is done with the last event. */
  onChange: () => void = () => undefined;
  /** Somebody cannot go on. */
  onFailure: (errorType: string, reason: string) => void = () => undefined;

  constructor(deployment: Deployment, externalNames: readonly string[]) {
    this.#deployment = deployment;
    for (const name of externalNames) this.#add(name, true);
  }

  get any(): boolean {
    return this.#all.size > 0;
  }

  /** Every process has registered: the runtime may start. */
  get registered(): boolean {
    return this.every((extension) => extension.state !== "Started");
  }

  /** All wait for their next event. */
  get idle(): boolean {
    return this.#all.size === 0 || this.every((extension) => extension.state === "Ready");
  }

  get hasExternal(): boolean {
    return !this.every((extension) => !extension.external);
  }

  /** For the log and for telemetry, once initialisation is over. */
  get facts(): readonly { readonly name: string; readonly state: string; readonly events: readonly string[] }[] {
    return [...this.#all.values()].map(({ name, state, events }) => ({ name, state, events }));
  }

  /** The runtime has asked for its first invocation: nobody may join any more. */
  close(): void {
    this.#closed = true;
  }

  nameOf(id: string): string | undefined {
    return this.#all.get(id)?.name;
  }

  /** Answers `register`, `event/next`, `init/error` and `exit/error`. */
  answer(call: string, request: ExtensionRequest, answer: Answer): void {
    if (call === "register") return answer(this.#register(request));
    const found = this.identified(request);
    if ("status" in found) return answer(found);
    if (call === "event/next") return this.#next(found, answer);
    answer(this.#fail(found, call, request));
  }

  /** Whose request it is, by the identifier that registration gave. */
  identified(request: ExtensionRequest): Extension | Reply {
    const id = header(request, "lambda-extension-identifier");
    if (id === undefined)
      return forbidden("Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header");
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
      return forbidden("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier");
    return this.#all.get(id) ?? forbidden("Extension.UnknownExtensionIdentifier", `Unknown extension ${id}`);
  }

  invoke(event: object): void {
    this.#send("INVOKE", event, (extension) => extension.events.includes("INVOKE"));
  }

  shutdown(event: object): void {
    this.#send("SHUTDOWN", event, (extension) => extension.external && extension.events.includes("SHUTDOWN"));
  }

  /** Processes that have not asked to be told of the end. */
  get untold(): readonly string[] {
    const processes = [...this.#all.values()].filter((extension) => extension.external);
    return processes.filter(({ events }) => !events.includes("SHUTDOWN")).map(({ name }) => name);
  }

  every(test: (extension: Extension) => boolean): boolean {
    for (const extension of this.#all.values()) if (!test(extension)) return false;
    return true;
  }

  #add(name: string, external: boolean): Extension {
    const made: Extension = { id: randomUUID(), name, external, events: [], state: "Started", next: undefined };
    this.#all.set(made.id, made);
    return made;
  }

  #register(request: ExtensionRequest): Reply {
    const name = header(request, "lambda-extension-name");
    if (name === undefined || name === "") return forbidden("Extension.InvalidExtensionName", "Empty extension name");
    const events = eventsOf(request.body);
    if (typeof events === "string") return forbidden("InvalidRequestFormat", events);
    const known = [...this.#all.values()].find((extension) => extension.name === name);
    const wrong = events.find((event) => !EVENTS.includes(event));
    if (wrong !== undefined) return forbidden("Extension.InvalidEventType", `${wrong}: ErrorInvalidEventType`);
    if (known?.external !== true && events.includes("SHUTDOWN"))
      return forbidden("Extension.InvalidEventType", "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension");
    const extension = known ?? this.#join(name);
    if ("status" in extension) return extension;
    if (extension.state !== "Started")
      return extension.external
        ? stateFault(extension, "Registered")
        : forbidden("Extension.InvalidExtensionState", "Extension with this name already registered");
    extension.events = events;
    extension.state = "Registered";
    this.onChange();
    return this.#welcome(extension, request);
  }

  #join(name: string): Extension | Reply {
    if (this.#closed) return forbidden("Extension.RegistrationClosed", "Extension registration closed already");
    if (this.#all.size >= MOST) return forbidden("Extension.TooManyExtensions", `Extension limit (${MOST}) reached`);
    return this.#add(name, false);
  }

  #welcome(extension: Extension, request: ExtensionRequest): Reply {
    const { functionName, version, handler, account } = this.#deployment;
    const features = (header(request, "lambda-extension-accept-feature") ?? "").split(",").map((each) => each.trim());
    return {
      status: 200,
      body: {
        functionName,
        functionVersion: version,
        handler,
        ...(features.includes("accountId") ? { accountId: account } : {}),
      },
      headers: { "Lambda-Extension-Identifier": extension.id },
    };
  }

  #next(extension: Extension, answer: Answer): void {
    if (extension.state !== "Registered" && extension.state !== "Running")
      return answer(stateFault(extension, "Ready"));
    extension.state = "Ready";
    extension.next = answer;
    this.onChange();
  }

  #fail(extension: Extension, call: string, request: ExtensionRequest): Reply {
    const type = header(request, "lambda-extension-function-error-type");
    if (type === undefined)
      return forbidden("Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found");
    if (call === "init/error" && extension.state !== "Registered") return stateFault(extension, "InitError");
    extension.state = "Failed";
    this.onFailure(call === "init/error" ? "Extension.InitError" : "Extension.ExitError", type);
    return { status: 202, body: { status: "OK" } };
  }

  #send(eventType: string, facts: object, wanted: (extension: Extension) => boolean): void {
    for (const extension of this.#all.values()) {
      const { next } = extension;
      if (next === undefined || !wanted(extension)) continue;
      extension.next = undefined;
      extension.state = "Running";
      const headers = { "Lambda-Extension-Event-Identifier": randomUUID() };
      next({ status: 200, body: { eventType, ...facts }, headers });
    }
  }
}

export function forbidden(errorType: string, errorMessage: string): Reply {
  return { status: 403, body: { errorType, errorMessage } };
}

function stateFault({ id, state }: Extension, wanted: string): Reply {
  return forbidden(
    "Extension.InvalidExtensionState",
    `State transition from ${state} to ${wanted} failed for extension ${id}. Error: State transition is not allowed`,
  );
}

/** Text says what is wrong with them. */
function eventsOf(body: Buffer): readonly string[] | string {
  try {
    const { events = [] } = JSON.parse(body.toString("utf8")) as { events?: unknown };
    return Array.isArray(events) ? events.map(String) : "events is no list";
  } catch (error) {
    return (error as Error).message;
  }
}

function header({ headers }: ExtensionRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}
