// Drives a service as a recorded test did, in a fork of its own, and compares each answer with what AWS gave.

import type { ForkedCloud } from "../index.ts";
import { loadModel } from "../models/load.ts";
import { differences, type Bindings } from "../comparison/differences.ts";
import { errorOf, noted, type Wire } from "./wire.ts";

export type Input = object;

/** An answer in the form it was recorded in: members, `Error` when it is one, and the status. */
export type Answer = Readonly<Record<string, unknown>>;
export type Recording = { readonly recorded: string; readonly answers: Readonly<Record<string, unknown>> };

/** Who calls, and from where. */
export type As = {
  readonly region?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
};

/** A service's client as boto3, which recorded, has it. */
export type RecordedClient<A extends As = As> = {
  /** Our name of the service. */
  readonly service: string;
  /** The module of the SDK's client, e.g. `@aws-sdk/client-sqs`. */
  readonly sdk: object;
  readonly settings?: (as: A) => object;
  readonly prepare?: (client: Client) => void;
  /** With what boto3 adds to a call of its own and the JavaScript SDK does not. */
  readonly asSent?: (operation: string, input: Input, as: A) => Input;
  /** The members of an answer as boto3 gives them. */
  readonly asShown?: (operation: string, members: Answer, input: Input) => object | Promise<object>;
  readonly errorOf?: (wire: Wire) => object;
  /** Of what was recorded, what the test's own framework had changed. */
  readonly asRecorded?: (recorded: unknown) => unknown;
};

export type Client = { send(command: object): Promise<object>; readonly middlewareStack: unknown };

/** Calls of one service. */
export class Caller<A extends As = As, R extends Answer = Answer> {
  readonly wire: Wire = { status: 0, headers: {}, body: "" };
  readonly #cloud: ForkedCloud;
  readonly #how: RecordedClient<A>;
  readonly #clients = new Map<string, Client>();

  constructor(cloud: ForkedCloud, how: RecordedClient<A>) {
    this.#cloud = cloud;
    this.#how = how;
  }

  /** Calls in the recorded client's place and gives the answer in its form, be it an error. */
  async ask(operation: string, input: Input = {}, as: A = {} as A): Promise<R> {
    const { wire } = this;
    const { sdk, service, asSent, asShown, errorOf: shown } = this.#how;
    const Command = (sdk as Record<string, new (input: object) => object>)[`${operation}Command`];
    if (Command === undefined) throw new Error(`The SDK has no ${operation}.`);
    wire.status = 0;
    try {
      const command = new Command(asSent?.(operation, input, as) ?? input);
      const { $metadata: _metadata, ...members } = (await this.client(as).send(command)) as Record<string, unknown>;
      return {
        ...((await asShown?.(operation, members, input)) ?? members),
        HTTPStatusCode: wire.status,
      } as unknown as R;
    } catch (error) {
      if (wire.status < 300) throw error;
      const answer = shown?.(wire) ?? errorOf(wire, (shape) => errorMembers(service, shape));
      return { ...answer, HTTPStatusCode: wire.status } as unknown as R;
    }
  }

  /** Calls what was not recorded; an error is thrown. */
  async do(operation: string, input: Input = {}, as: A = {} as A): Promise<R> {
    const answer = await this.ask(operation, input, as);
    if ("Error" in answer) throw new Error(`${operation}: ${JSON.stringify(answer["Error"])}`);
    return answer;
  }

  client(as: A = {} as A): Client {
    const name = JSON.stringify(as);
    const known = this.#clients.get(name) ?? this.#newClient(as);
    this.#clients.set(name, known);
    return known;
  }

  #newClient(as: A): Client {
    const base = this.#cloud.clientConfig();
    const { sdk, settings, prepare } = this.#how;
    const [name = ""] = Object.keys(sdk).filter((each) => each.endsWith("Client") && !each.startsWith("_"));
    const Made = (sdk as Record<string, new (config: object) => Client>)[name];
    if (Made === undefined) throw new Error("The SDK has no client.");
    const { region = base.region, credentials = base.credentials } = as;
    const requestHandler = noted(base.requestHandler, this.wire);
    const client = new Made({ ...base, region, credentials, requestHandler, maxAttempts: 1, ...settings?.(as) });
    prepare?.(client);
    return client;
  }
}

/** The members that the model gives an error, by its shape or its code. */
function errorMembers(service: string, name: string): readonly string[] {
  const { shapes } = loadModel(service);
  const shape = shapes[name] ?? Object.values(shapes).find((each) => "error" in each && each.error.code === name);
  return shape !== undefined && "members" in shape ? Object.keys(shape.members) : [];
}

/** Some tests recorded an answer without its status. */
function withStatusOf(recorded: unknown, ours: unknown): unknown {
  if (typeof recorded !== "object" || recorded === null || "HTTPStatusCode" in recorded) return ours;
  if (typeof ours !== "object" || ours === null || !("HTTPStatusCode" in ours)) return ours;
  const { HTTPStatusCode: _status, ...answer } = ours;
  return answer;
}

export class Session<A extends As = As, R extends Answer = Answer> {
  readonly cloud: ForkedCloud;
  readonly bindings: Bindings = new Map();
  readonly found: string[] = [];
  readonly own: Caller<A, R>;
  /** Who calls where nobody is named. */
  usual = {} as A;
  readonly #left: Map<string, unknown>;
  readonly #callers = new Map<string, Caller>();

  constructor(cloud: ForkedCloud, recording: Recording, how: RecordedClient<A>) {
    this.cloud = cloud;
    this.own = new Caller(cloud, how);
    const { asRecorded = (answer: unknown) => answer } = how;
    this.#left = new Map(Object.entries(recording.answers).map(([label, answer]) => [label, asRecorded(answer)]));
  }

  /** Compares a value with what was recorded under a label. */
  matches(label: string, ours: unknown, read = (recorded: unknown): unknown => recorded): void {
    if (!this.#left.has(label)) this.found.push(`${label}: nothing of this name was recorded`);
    else {
      const recorded = read(this.#left.get(label));
      this.found.push(
        ...differences(recorded, withStatusOf(recorded, ours), this.bindings).map((each) => `${label} ${each}`),
      );
    }
    this.#left.delete(label);
  }

  /** Calls, and compares the answer, be it an error. */
  async is(label: string, operation: string, input: Input = {}, as: A = this.usual): Promise<R> {
    const answer = await this.ask(operation, input, as);
    this.matches(label, answer);
    return answer;
  }

  /** Calls what is refused, and compares the sentence that boto3's exception says. */
  async says(label: string, operation: string, input: Input = {}): Promise<void> {
    const { Error } = (await this.ask(operation, input)) as { readonly Error?: Record<"Code" | "Message", string> };
    const how = `(${Error?.Code}) when calling the ${operation} operation`;
    this.matches(label, `An error occurred ${how}: ${Error?.Message}`);
  }

  ask(operation: string, input: Input = {}, as: A = this.usual): Promise<R> {
    return this.own.ask(operation, input, as);
  }

  do(operation: string, input: Input = {}, as: A = this.usual): Promise<R> {
    return this.own.do(operation, input, as);
  }

  /** Calls of another service. */
  with(how: RecordedClient): Caller {
    const known = this.#callers.get(how.service) ?? new Caller(this.cloud, how);
    this.#callers.set(how.service, known);
    return known;
  }

  /** What was recorded and not compared. */
  left(): readonly string[] {
    return [...this.#left.keys()];
  }
}
