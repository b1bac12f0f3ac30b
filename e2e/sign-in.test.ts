// Signing in, and what a session token opens.
import { createHmac } from "node:crypto";
import { accountOf, addUser, callApi, signIn } from "./account.ts";
import { expect, test } from "./test.ts";

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signed(claims: object, key: string): string {
  const text = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(claims)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

test("the demo user signs in with the seeded password", async ({ stack, cloud }) => {
  cloud.needs("init scripts");
  const demo = await signIn(stack, "demo", "nebula-demo");
  expect((await demo.call("GET", "albums")).status).toBe(200);
});

test("the seeded greeting is shown", async ({ stack, cloud }) => {
  cloud.needs("init scripts");
  const { status, body } = await callApi(stack, "GET /welcome");
  expect([status, body.message]).toEqual([200, "Welcome to Nebula. Look around as demo, password nebula-demo."]);
});

test("a user signs in, and the session says until when", async ({ stack, aws }) => {
  const { user, password } = await addUser(stack, aws);
  const { status, body } = await callApi<Record<string, string>>(stack, "POST /sessions", { body: { user, password } });
  expect(status).toBe(201);
  expect(body).toEqual({ user, scope: "full", token: expect.any(String), expiresAt: expect.any(String) });
  expect(Object.keys(JSON.parse(Buffer.from(body["token"]?.split(".")[1] ?? "", "base64url").toString()))).toEqual([
    "sub",
    "scope",
    "exp",
  ]);
});

test("a wrong password and an unknown user get the same answer", async ({ stack, ada }) => {
  const wrong = await callApi(stack, "POST /sessions", { body: { user: ada.user, password: "not it" } });
  const unknown = await callApi(stack, "POST /sessions", { body: { user: "nobody", password: ada.password } });
  expect([wrong.status, wrong.body]).toEqual([401, { message: "The user name or the password is wrong" }]);
  expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
});

test.for([
  ["the password is missing", { user: "ada" }],
  ["the user name is a number", { user: 7, password: "x" }],
  ["there is more than was asked for", { user: "ada", password: "x", admin: true }],
  ["it is not JSON", "user=ada"],
] as const)("a sign-in is refused when %s", async ([, body], { stack }) => {
  const answer = await callApi(stack, "POST /sessions", { body });
  expect([answer.status, answer.body]).toEqual([400, { message: "Invalid request body" }]);
});

test("without a token nothing opens, and the page may read why", async ({ stack }) => {
  const answer = await callApi(stack, "GET /albums");
  expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ message: "Sign in first" })]);
  expect(answer.headers["access-control-allow-origin"]).toBe("*");
});

test("a token that was changed, expired or signed by another does not open", async ({ stack, aws, ada }) => {
  const { SecretString = "" } = await aws.secretsmanager.getSecretValue({ SecretId: stack.outputs.TokenSecretArn });
  const [head, claims = "", proof] = ada.token.split(".");
  // The world's time need not be this machine's.
  const { exp: soon } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { readonly exp: number };
  const forged = {
    changed: `${head}.${base64url({ sub: "demo", scope: "full", exp: soon })}.${proof}`,
    expired: signed({ sub: ada.user, scope: "full", exp: 1_600_000_000 }, SecretString),
    foreign: signed({ sub: ada.user, scope: "full", exp: soon }, "another key"),
  };
  for (const [name, token] of Object.entries(forged)) {
    const { status } = await accountOf(stack, ada.user, "", token).call("GET", "albums");
    expect([name, status]).toEqual([name, 401]);
  }
  const own = accountOf(stack, ada.user, "", signed({ sub: ada.user, scope: "full", exp: soon }, SecretString));
  expect((await own.call("GET", "albums")).status).toBe(200);
});

test("a session that may only look cannot change anything", async ({ stack, ada }) => {
  const viewer = await signIn(stack, ada.user, ada.password, true);
  expect((await viewer.call("GET", "albums")).status).toBe(200);
  const refused = await viewer.call("POST", "albums", { title: "Mine" });
  expect([refused.status, refused.body.message]).toEqual([403, "This sign-in does not allow that"]);
  expect((await ada.call<{ albums: unknown[] }>("GET", "albums")).body.albums).toEqual([]);
});

test("the authorizer's policy refuses before the function is called", async ({ stack, cloud, ada }) => {
  cloud.needs("authorizers");
  const viewer = await signIn(stack, ada.user, ada.password, true);
  const refused = await viewer.call("POST", "albums", { title: "Mine" });
  expect(refused.headers["x-amzn-errortype"]).toBe("AccessDeniedException");
});
