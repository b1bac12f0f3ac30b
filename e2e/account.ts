// Accounts for tests: a user of one's own in Nebula's table, signed in through the API.
import { randomBytes, scryptSync } from "node:crypto";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Clients } from "./clients.ts";
import { reach } from "./reach.ts";
import type { Reply } from "./reach.ts";
import type { Target } from "./target.ts";

export type Answer<T> = { readonly status: number; readonly headers: Reply["headers"]; readonly body: T };

export type Account = {
  readonly user: string;
  readonly password: string;
  readonly token: string;
  /** Calls the API as this user. */
  call<T = { readonly message: string }>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
};

export type Message = { readonly message: string };

/** Calls the API as nobody, or with headers of one's own. */
export async function callApi<T = Message>(
  target: Target,
  route: `${string} /${string}`,
  { body, headers = {} }: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer<T>> {
  const [method = "", path = ""] = route.split(" /");
  const {
    status,
    headers: answered,
    text,
  } = await reach(new URL(path, target.outputs.ApiUrl).href, {
    method,
    headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status, headers: answered, body: (text === "" ? undefined : JSON.parse(text)) as T };
}

export function accountOf(target: Target, user: string, password: string, token: string): Account {
  return {
    user,
    password,
    token,
    call: (method, path, body) =>
      callApi(target, `${method} /${path}`, { body, headers: { Authorization: `Bearer ${token}` } }),
  };
}

export async function addUser(
  target: Target,
  aws: Clients,
): Promise<{ readonly user: string; readonly password: string }> {
  const user = `user-${randomBytes(6).toString("hex")}`;
  const password = randomBytes(9).toString("base64url");
  const salt = randomBytes(16);
  const cost = 1024;
  const hash = scryptSync(password, salt, 32, { N: cost, r: 8, p: 1 });
  const kept = {
    salt: { S: salt.toString("base64") },
    hash: { S: hash.toString("base64") },
    cost: { N: String(cost) },
    blockSize: { N: "8" },
    parallelization: { N: "1" },
  };
  await aws.dynamodb.send(
    new PutItemCommand({
      TableName: target.outputs.TableName,
      Item: { pk: { S: `USER#${user}` }, sk: { S: "PROFILE" }, password: { M: kept } },
    }),
  );
  return { user, password };
}

export async function signIn(target: Target, user: string, password: string, viewOnly = false): Promise<Account> {
  const answer = await callApi<Message & { token: string }>(target, "POST /sessions", {
    body: { user, password, viewOnly },
  });
  if (answer.status !== 201) throw new Error(`${user} could not sign in: ${answer.status} ${answer.body.message}`);
  return accountOf(target, user, password, answer.body.token);
}

export async function signUp(target: Target, aws: Clients): Promise<Account> {
  const { user, password } = await addUser(target, aws);
  return signIn(target, user, password);
}
