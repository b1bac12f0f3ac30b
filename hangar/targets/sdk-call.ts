// API calls to an endpoint elsewhere, through the AWS SDK clients that the project has installed.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ClientSettings } from "./target.ts";

export type ApiCall = (
  service: string,
  operation: string,
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

type Client = { send(command: unknown): Promise<Record<string, unknown>> };
type Module = Readonly<Record<string, new (input: object) => Client>>;

/** Our names for services -> the SDK's packages. */
const PACKAGES: Readonly<Record<string, string>> = {
  apigateway: "api-gateway",
  logs: "cloudwatch-logs",
  events: "eventbridge",
  secretsmanager: "secrets-manager",
  states: "sfn",
  dynamodbstreams: "dynamodb-streams",
};

/** Throws an Error that names the package to install when a client is missing. */
export function sdkCaller(project: string, settings: ClientSettings): ApiCall {
  const require = createRequire(join(project, "package.json"));
  const clients = new Map<string, Promise<{ client: Client; module: Module }>>();
  const open = async (service: string): Promise<{ client: Client; module: Module }> => {
    const name = `@aws-sdk/client-${PACKAGES[service] ?? service}`;
    const module = (await import(pathToFileURL(resolved(require, name)).href)) as Module;
    const Constructor = Object.entries(module).find(([each]) => each.endsWith("Client") && each !== "__Client")?.[1];
    if (Constructor === undefined) throw new Error(`${name} has no client.`);
    return { client: new Constructor(settings), module };
  };
  return async (service, operation, input) => {
    const known = clients.get(service) ?? open(service);
    clients.set(service, known);
    const { client, module } = await known;
    const Command = module[`${operation}Command`];
    if (Command === undefined) throw new Error(`The SDK's ${service} client has no ${operation}.`);
    return client.send(new Command(input));
  };
}

function resolved(require: NodeJS.Require, name: string): string {
  try {
    return require.resolve(name);
  } catch {
    throw new Error(`This target needs the SDK client ${name}: npm install --save-dev ${name}`);
  }
}
