// Sends what happens in an environment to the extensions that have subscribed: the Telemetry API, and the Logs API before it.
// https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api.html

import { request } from "node:http";
import { connect } from "node:net";
import { logsApiEvent, type TelemetryEvent } from "../rules/telemetry-events.ts";
import { checkSubscription, type Subscription } from "../rules/telemetry-subscription.ts";
import { forbidden, type Reply } from "./extensions.ts";

type Subscriber = Subscription & {
  readonly name: string;
  waiting: string[];
  bytes: number;
  timer: NodeJS.Timeout | undefined;
  /** Batches go one after another. */
  sending: Promise<void>;
};

export class Telemetry {
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #now: () => number;
  /** What has happened since the start of initialisation, for those who subscribe during it. */
  #past: TelemetryEvent[] | undefined = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Initialisation is over: nobody may subscribe any more. */
  close(): void {
    this.#past = undefined;
  }

  /** `types` of a subscription that was made, as the log calls them. */
  subscribe(name: string, body: Buffer, logsApi: boolean): { reply: Reply; types?: readonly string[] } {
    const api = logsApi ? "Logs" : "Telemetry";
    if (this.#past === undefined)
      return { reply: forbidden(`${api}.NotSupported`, `${api} API is not supported after initialization`) };
    const subscription = checkSubscription(body.toString("utf8"), logsApi);
    if (typeof subscription === "string")
      return { reply: { status: 400, body: { errorType: "ValidationError", errorMessage: subscription } } };
    const subscriber: Subscriber = {
      ...subscription,
      name,
      waiting: [],
      bytes: 0,
      timer: undefined,
      sending: Promise.resolve(),
    };
    this.#subscribers.set(name, subscriber);
    for (const event of this.#past) this.#give(subscriber, event);
    const types = subscription.types.map((type) => type.replace(/^./, (first) => first.toUpperCase()));
    this.emit("platform", "platform.telemetrySubscription", { name, state: "Subscribed", types });
    return { reply: { status: 200, body: { status: "OK" } }, types };
  }

  emit(stream: TelemetryEvent["stream"], type: string, record: unknown, at: number = this.#now()): void {
    const event: TelemetryEvent = { stream, type, time: new Date(at).toISOString(), record };
    this.#past?.push(event);
    for (const subscriber of this.#subscribers.values()) this.#give(subscriber, event);
  }

  /** Sends what is there; resolves when it has arrived, or cannot. */
  async flush(): Promise<void> {
    await Promise.all(Array.from(this.#subscribers.values(), (subscriber) => this.#send(subscriber)));
  }

  end(): void {
    for (const subscriber of this.#subscribers.values()) clearTimeout(subscriber.timer);
    this.#subscribers.clear();
  }

  #give(subscriber: Subscriber, { stream, ...event }: TelemetryEvent): void {
    if (!subscriber.types.includes(stream)) return;
    const told = subscriber.logsApi ? logsApiEvent(event) : event;
    if (told === undefined) return;
    const text = JSON.stringify(told);
    subscriber.waiting.push(text);
    subscriber.bytes += Buffer.byteLength(text);
    if (subscriber.waiting.length >= subscriber.maxItems || subscriber.bytes >= subscriber.maxBytes)
      void this.#send(subscriber);
    else subscriber.timer ??= setTimeout(() => void this.#send(subscriber), subscriber.timeoutMs).unref();
  }

  #send(subscriber: Subscriber): Promise<void> {
    clearTimeout(subscriber.timer);
    subscriber.timer = undefined;
    const batch = subscriber.waiting;
    subscriber.waiting = [];
    subscriber.bytes = 0;
    if (batch.length === 0) return subscriber.sending;
    subscriber.sending = subscriber.sending.then(async () => {
      try {
        await deliver(subscriber, batch);
      } catch (error) {
        const droppedBytes = batch.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
        const reason = `Failed to deliver to ${subscriber.name}: ${(error as Error).message}`;
        this.emit("platform", "platform.logsDropped", { reason, droppedRecords: batch.length, droppedBytes });
      }
    });
    return subscriber.sending;
  }
}

/** sandbox.localdomain is the environment: this machine. */
function deliver({ destination }: Subscriber, batch: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    if (destination.protocol === "TCP") {
      const socket = connect(destination.port, "127.0.0.1", () =>
        socket.end(batch.map((text) => `${text}\n`).join("")),
      );
      socket
        .once("close", () => resolve())
        .once("error", reject)
        .unref();
      return;
    }
    const body = Buffer.from(`[${batch.join(",")}]`);
    const { host, port, pathname, search } = new URL(destination.uri);
    const headers = { "Content-Type": "application/json", "Content-Length": body.length, Host: host };
    const sent = request({ host: "127.0.0.1", port, path: pathname + search, method: "POST", headers }, (response) => {
      response.resume().once("end", () => resolve());
    });
    sent.on("socket", (socket) => socket.unref());
    sent.once("error", reject);
    sent.end(body);
  });
}
