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

/** `GET /dev/pets?of=1` of an API. */
export async function invoke(
  s: Session,
  id: string,
  route: string,
  call: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array } = {},
): Promise<Reply> {
  const [method = "GET", address = "/"] = route.split(" ");
  const [path = "/", query = ""] = address.split("?");
  const hostname = `${id}.execute-api.us-east-1.amazonaws.com`;
  const { requestHandler } = s.cloud.clientConfig();
  const { response } = await requestHandler.handle({
    method,
    protocol: "https:",
    hostname,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { host: hostname, ...call.headers },
    body: call.body,
  });
  const bytes = await bytesOf(response.body);
  return { status: response.statusCode, headers: response.headers, bytes, body: bytes.toString() };
}
