// Accounts for tests: a user of one's own in Nebula's table, signed in through the API.
import { randomBytes, scryptSync } from "node:crypto";
import type { Aws, Stack } from "hangar/vitest";

export type Answer<T> = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: T;
};

export type Account = {
  readonly user: string;
  readonly password: string;
  readonly token: string;
  /** Calls the API as this user. */
  call<T = Message>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
};

export type Message = { readonly message: string };

/** Calls the API as nobody, or with headers of one's own. */
export async function callApi<T = Message>(
  { outputs }: Stack,
  route: `${string} /${string}`,
  { body, headers = {} }: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer<T>> {
  const [method = "", path = ""] = route.split(" /");
  const content = body === undefined ? {} : { "Content-Type": "application/json" };
  const answer = await fetch(new URL(path, outputs.ApiUrl), {
    method,
    headers: { ...content, ...headers },
    body: body === undefined || typeof body === "string" ? (body ?? null) : JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: (text === "" ? undefined : JSON.parse(text)) as T,
  };
}

export function accountOf(stack: Stack, user: string, password: string, token: string): Account {
  return {
    user,
    password,
    token,
    call: (method, path, body) =>
      callApi(stack, `${method} /${path}`, { body, headers: { Authorization: `Bearer ${token}` } }),
  };
}

export async function addUser(
  { outputs }: Stack,
  aws: Aws,
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
  await aws.dynamodb.putItem({
    TableName: outputs.TableName,
    Item: { pk: { S: `USER#${user}` }, sk: { S: "PROFILE" }, password: { M: kept } },
  });
  return { user, password };
}

export async function signIn(stack: Stack, user: string, password: string, viewOnly = false): Promise<Account> {
  const answer = await callApi<Message & { token: string }>(stack, "POST /sessions", {
    body: { user, password, viewOnly },
  });
  if (answer.status !== 201) throw new Error(`${user} could not sign in: ${answer.status} ${answer.body.message}`);
  return accountOf(stack, user, password, answer.body.token);
}

export async function signUp(stack: Stack, aws: Aws): Promise<Account> {
  const { user, password } = await addUser(stack, aws);
  return signIn(stack, user, password);
}
