// Makes the AWS SDK's clients for one world, each when it is first asked for.

import { createRequire } from "node:module";
import { join } from "node:path";
import { recordClient } from "../comparison/recorded-clients.ts";
import type { Recorder } from "../comparison/recorder.ts";
import { hostTime } from "../kernel/host-time.ts";
import type { ClientSettings } from "../targets/target.ts";
import { CLIENTS, type Aws } from "./aws.ts";

type Client = { destroy(): void; readonly middlewareStack: MiddlewareStack };
/** The part of the SDK's that is asked for here. */
type MiddlewareStack = {
  add(
    wrap: <Arguments, Answer>(next: (given: Arguments) => Answer, context: object) => (given: Arguments) => Answer,
    place: { readonly step: "initialize" | "deserialize"; readonly name: string },
  ): void;
};
type Package = Readonly<Record<string, new (settings: ClientSettings) => Client>>;

/** `root` is the folder from which the packages are looked for. */
export function clientsOf(
  settings: ClientSettings,
  root: string,
  recorder?: Recorder,
): { readonly aws: Aws; readonly presignedAt: () => number; destroy(): void } {
  const signing = new Signing();
  const require = createRequire(join(root, "package.json"));
  const made = new Map<string, Client>();
  const aws = {};
  for (const [service, [packageName, className]] of Object.entries(CLIENTS)) {
    const get = (): Client => {
      let client = made.get(service);
      if (client === undefined) {
        const Made = installed(require, `@aws-sdk/client-${packageName}`, service)[className];
        if (Made === undefined) throw new Error(`@aws-sdk/client-${packageName} has no ${className}.`);
        client = new Made(settingsOf(service, settings));
        signing.watch(client);
        if (recorder !== undefined) recordClient(client.middlewareStack, service, recorder);
        made.set(service, client);
      }
      return client;
    };
    // Not enumerable: whoever prints or compares `aws` must not make 50 clients.
    Object.defineProperty(aws, service, { get });
  }
  const destroy = (): void => {
    for (const client of made.values()) client.destroy();
  };
  return { aws: aws as Aws, presignedAt: () => signing.presignedAt, destroy };
}

/** S3 Control's clients put the account before the endpoint's host, which has to be a name for that. */
function settingsOf(service: string, settings: ClientSettings): ClientSettings {
  const { endpoint } = settings;
  if (service !== "s3control" || endpoint === undefined) return settings;
  return { ...settings, endpoint: endpoint.replace("//127.0.0.1", "//localhost") };
}

/** Knows what clients begin and what they send: a command that is presigned is begun and never sent. */
class Signing {
  /** When each command that was not sent (yet) was begun, by the host's clock; the newest comes last. */
  readonly #unsent = new Map<object, number>();

  watch({ middlewareStack }: Client): void {
    const { now } = hostTime;
    middlewareStack.add(
      (next, context) => (given) => {
        this.#unsent.set(context, now());
        return next(given);
      },
      { step: "initialize", name: "hangarBegun" },
    );
    middlewareStack.add(
      (next, context) => (given) => {
        this.#unsent.delete(context);
        return next(given);
      },
      { step: "deserialize", name: "hangarSent" },
    );
  }

  get presignedAt(): number {
    return [...this.#unsent.values()].at(-1) ?? Number.NEGATIVE_INFINITY;
  }
}

function installed(require: NodeJS.Require, name: string, service: string): Package {
  try {
    return require(name) as Package;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(`aws.${service} is ${name}, which is not installed here: npm install --save-dev ${name}`, {
      cause: error,
    });
  }
}
