// Binds a context's ports to the services that provide them; a provider is loaded when its port is first used.

import { shortText } from "../gateway/recorded-input.ts";
import { parseArn } from "../kernel/arn.ts";
import { notEmulated } from "../kernel/aws-error.ts";
import type { ApiPort, Ports, ProvidedPorts } from "../ports/ports.ts";
import type { ResourceRegistry } from "../ports/stacks.ts";
import type { TargetsPort } from "../ports/targets.ts";
import type { Cloud } from "./cloud.ts";
import type { CallContext } from "./context.ts";
import { providers, receivers } from "./services.ts";

type PortName = keyof ProvidedPorts;
type AnyFunction = (...parameters: unknown[]) => unknown;

type Maker = (cloud: Cloud, context: CallContext) => unknown;

const makers: Readonly<Record<string, Maker>> = {
  ...Object.fromEntries(
    (Object.keys(providers) as PortName[]).map((name): [string, Maker] => [
      name,
      (cloud, context) => provided(cloud, context, name),
    ]),
  ),
  api: (cloud, context) => apiPort(cloud, context),
  targets: (cloud, context) => targetsPort(cloud, context),
  resources: (cloud) => registry(cloud),
};

/** Every call has one, and most use one port of it: the getters stand on the prototype, made once. */
class BoundPorts {
  readonly #cloud: Cloud;
  readonly #context: CallContext;
  readonly #made: unknown[] = [];

  constructor(cloud: Cloud, context: CallContext) {
    this.#cloud = cloud;
    this.#context = context;
  }

  static port(ports: BoundPorts, index: number, make: Maker): unknown {
    return (ports.#made[index] ??= make(ports.#cloud, ports.#context));
  }
}

for (const [index, [name, make]] of Object.entries(makers).entries())
  Object.defineProperty(BoundPorts.prototype, name, {
    get(this: BoundPorts) {
      return BoundPorts.port(this, index, make);
    },
  });

export function portsFor(cloud: Cloud, context: CallContext): Ports {
  return new BoundPorts(cloud, context) as unknown as Ports;
}

/** A loaded provider's port itself; otherwise one whose (asynchronous) methods load it first. */
function provided(cloud: Cloud, context: CallContext, name: PortName): unknown {
  const service = providers[name];
  const make = (): Record<string, AnyFunction> => {
    const definition = cloud.loaded(service);
    const provider = definition?.provides?.[name];
    if (definition === undefined || provider === undefined)
      throw notEmulated(`the ${service} service, which this call needs`);
    return provider(cloud.contextFor(definition, context)) as unknown as Record<string, AnyFunction>;
  };
  if (cloud.loaded(service) !== undefined) return make();
  return new Proxy(
    {},
    {
      get:
        (_target, method) =>
        async (...parameters: unknown[]) => {
          await cloud.load(service);
          const port = make();
          const run = port[String(method)];
          if (run === undefined) throw new Error(`Port ${name} has no ${String(method)}.`);
          return await run.apply(port, parameters);
        },
    },
  );
}

function apiPort(cloud: Cloud, context: CallContext): ApiPort {
  return {
    call: (service, operation, input, options = {}) => cloud.callFrom(context, { service, operation }, input, options),
  };
}

function targetsPort(cloud: Cloud, context: CallContext): TargetsPort {
  return {
    accepts: (arn) => receivers[parseArn(arn)?.service ?? ""] !== undefined,
    deliver: async (arn, event, options) => {
      const parsed = parseArn(arn);
      const service = receivers[parsed?.service ?? ""];
      if (parsed === undefined || service === undefined) throw notEmulated(`deliveries to ${arn}`);
      const definition = await cloud.load(service);
      const span = context.world.trace.begin("delivery", `${options.as.service} -> ${arn}`, context.span, {
        arn,
        from: options.as.sourceArn ?? options.as.service,
        event: shortText(event),
      });
      const started = performance.now();
      try {
        await definition.accepts?.deliver(
          arn,
          event,
          options,
          cloud.contextFor(definition, context, { account: parsed.account, region: parsed.region, span }) as never,
        );
        context.world.trace.end(span, performance.now() - started);
      } catch (error) {
        const { name, message } = error as Error;
        context.world.trace.end(span, performance.now() - started, { code: name, message });
        throw error;
      }
    },
  };
}

function registry(cloud: Cloud): ResourceRegistry {
  return { resourceType: (type) => cloud.resourceTypes().get(type), types: () => [...cloud.resourceTypes().keys()] };
}
