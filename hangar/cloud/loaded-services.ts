// The services of one cloud that are loaded, by name; each as the cloud alters it.

import { notEmulated } from "../kernel/aws-error.ts";
import type { Operation } from "./operation.ts";
import type { ServiceDefinition } from "./service.ts";
import { services } from "./services.ts";

/** What a service becomes as it is loaded. */
export type Alter = (definition: ServiceDefinition) => ServiceDefinition;

export class LoadedServices extends Map<string, ServiceDefinition> {
  readonly #loading = new Map<string, Promise<ServiceDefinition>>();
  /** Operations call each other by what they are before they are altered. */
  readonly #names = new Map<string, Map<unknown, string>>();
  readonly #written = new Map<string, ServiceDefinition>();
  readonly #alter: Alter | undefined;

  constructor(alter: Alter | undefined) {
    super();
    this.#alter = alter;
  }

  async load(service: string): Promise<ServiceDefinition> {
    const known = this.get(service);
    if (known !== undefined) return known;
    const loader = services[service];
    if (loader === undefined) throw notEmulated(`the service ${service}`);
    let loading = this.#loading.get(service);
    if (loading === undefined) {
      loading = loader().then(({ service: written }) => {
        this.#written.set(service, written);
        return this.#alter?.(written) ?? written;
      });
      this.#loading.set(service, loading);
    }
    const definition = await loading;
    this.set(service, definition);
    return definition;
  }

  /** The API name under which a service lists an operation. */
  operationName({ name: service }: ServiceDefinition, operation: Operation<never, unknown>): string {
    let names = this.#names.get(service);
    if (names === undefined) {
      const operations = Object.entries(this.#written.get(service)?.operations ?? {});
      names = new Map(operations.map(([name, run]) => [run as unknown, name]));
      this.#names.set(service, names);
    }
    const name = names.get(operation);
    if (name === undefined) throw new Error(`${service} does not list the operation that was called.`);
    return name;
  }
}
