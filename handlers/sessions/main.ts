// POST /sessions signs a user in; GET /welcome greets anybody.
import { log } from "../aws/log.ts";
import { setting } from "../aws/environment.ts";
import { signingKey } from "../aws/signing-key.ts";
import { signToken } from "../domain/token.ts";
import { Refusal } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { textField } from "../http/fields.ts";
import type { Request } from "../http/request.ts";
import { routesHandler } from "../http/routes.ts";
import { findUser } from "./find-user.ts";
import { parameter } from "./parameter.ts";
import { passwordMatches } from "./password.ts";
import type { PasswordHash } from "./password.ts";

const sessionSeconds = 8 * 60 * 60;

/** What an unknown user's password is compared with, so that the answer takes as long as for a known one. */
const nobody: PasswordHash = { salt: "bm9ib2R5", hash: "bm9ib2R5", cost: 16_384, blockSize: 8, parallelization: 1 };

async function createSession(request: Request): Promise<Answer> {
  const body = request.body();
  const user = textField(body, "user", 64);
  const password = body["password"];
  if (typeof password !== "string") throw new Refusal(400, "password is not text");
  const kept = await findUser(user);
  const matches = await passwordMatches(password, kept ?? nobody);
  if (kept === undefined || !matches) {
    log.warn("A sign-in failed", { user });
    throw new Refusal(401, "The user name or the password is wrong");
  }
  const expires = Math.floor(request.now.getTime() / 1000) + sessionSeconds;
  const scope = body["viewOnly"] === true ? "view" : "full";
  const token = signToken({ user, scope, expires }, await signingKey());
  return { status: 201, body: { token, user, scope, expiresAt: new Date(expires * 1000).toISOString() } };
}

async function welcome(): Promise<Answer> {
  return { status: 200, body: { message: (await parameter(setting("MOTD"))) ?? "Welcome to Nebula" } };
}

export const handler = routesHandler({ "POST /sessions": createSession, "GET /welcome": welcome });
