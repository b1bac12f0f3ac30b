// An API whose root answers of itself, and plain requests to APIs.

import type { Input, Session } from "../session.ts";
import { bytesOf } from "../wire.ts";
import { apiOf, type Api, type Patch } from "./session.ts";

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly body: string;
};

export type MockApi = Api & {
  /** Patches what the root answers. */
  answers(patchOperations: readonly Patch[]): Promise<unknown>;
};

export async function mockOf(s: Session, template: string | undefined): Promise<MockApi> {
  const api = await apiOf(s);
  await mockAt(api, { resourceId: api.root }, template);
  const own = { resourceId: api.root, httpMethod: "GET", statusCode: "200" };
  const answers = (patchOperations: readonly Patch[]) =>
    api.do("UpdateIntegrationResponse", { ...own, patchOperations });
  return { ...api, answers };
}

/** A mock integration of a method, by default GET, that answers 200 with a template. */
export async function mockAt(api: Api, place: Input, template: string | undefined, more: Input = {}): Promise<void> {
  const method = { httpMethod: "GET", ...place };
  const requestTemplates = { "application/json": '{"statusCode": 200}' };
  await api.do("PutMethod", { authorizationType: "NONE", ...method });
  await api.do("PutMethodResponse", { ...method, statusCode: "200" });
  await api.do("PutIntegration", { ...method, type: "MOCK", requestTemplates, ...more });
  const responseTemplates = template === undefined ? undefined : { "application/json": template };
  await api.do("PutIntegrationResponse", { ...method, statusCode: "200", selectionPattern: "", responseTemplates });
}

/** `GET /pets` of an API to an integration, which answers 200. */
export async function integrationOf(api: Api, route: string, integration: Input, response: Input = {}): Promise<Input> {
  const [httpMethod = "", path = "/"] = route.split(" ");
  const parts = path.split("/").filter((part) => part !== "");
  let resourceId: unknown = api.root;
  for (const pathPart of parts) resourceId = (await api.do("CreateResource", { parentId: resourceId, pathPart })).id;
  const method = { resourceId, httpMethod };
  const sources = Object.values(
    (integration as { readonly requestParameters?: Record<string, string> }).requestParameters ?? {},
  );
  const names = sources.filter((source) => source.startsWith("method.request."));
  const requestParameters = Object.fromEntries(names.map((name) => [name, false]));
  await api.do("PutMethod", { ...method, authorizationType: "NONE", requestParameters });
  await api.do("PutIntegration", { ...method, ...integration });
  await api.do("PutMethodResponse", { ...method, statusCode: "200" });
  await api.do("PutIntegrationResponse", { ...method, statusCode: "200", ...response });
  return method;
}

const SHOWN: Readonly<Record<string, string>> = {
  "content-length": "content-length",
  "x-amz-apigw-id": "x-amz-apigw-id",
};

/** As recorded: names in small letters, lengths not, and those of the connection, which the in-process door has none of. */
export function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const named = Object.fromEntries(own.map(([name, value]) => [name, SHOWN[name] ?? value]));
  return { connection: "keep-alive", date: "date", ...named };
}

/** `GET /dev/pets?of=1` of an API. */
export async function invoke(
  s: Session,
  id: string,
  route: string,
  call: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array } = {},
): Promise<Reply> {
  const [method = "GET", address = "/"] = route.split(" ");
  const [path = "/", query = ""] = address.split("?");
  const hostname = call.headers?.["Host"] ?? `${id}.execute-api.us-east-1.amazonaws.com`;
  const { requestHandler } = s.cloud.clientConfig();
  const { response } = await requestHandler.handle({
    method,
    protocol: "https:",
    hostname,
    path,
    query: queryOf(new URLSearchParams(query)),
    headers: { Host: hostname, ...call.headers },
    body: call.body,
  });
  const bytes = await bytesOf(response.body);
  return { status: response.statusCode, headers: response.headers, bytes, body: bytes.toString() };
}

function queryOf(parameters: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
}
