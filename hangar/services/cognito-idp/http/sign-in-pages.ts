// /login and what may follow it before the browser is signed in: a new password, a second factor.

import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { withPassword } from "../engine/initiate.ts";
import { goOn } from "../engine/respond.ts";
import { sessionAt, changeSession } from "../engine/sessions.ts";
import type { Answer, Flow } from "../engine/sign-in.ts";
import { invalidParameter } from "../errors.ts";
import type { Field, Page } from "../rules/hosted-page.ts";
import { providersOf } from "../rules/client-settings.ts";
import { stepOf } from "../rules/totp.ts";
import type { ClientPlace } from "../store.ts";
import { askingOf, type Asking } from "./asking.ts";
import { isOwnForm, pageAnswer, redirect, type Hosted } from "./hosted-request.ts";
import { signedIn } from "./signed-in.ts";

const USERNAME: Field = { name: "username", id: "signInFormUsername", label: "Username", autocomplete: "username" };
const PASSWORD: Field = {
  name: "password",
  id: "signInFormPassword",
  label: "Password",
  type: "password",
  autocomplete: "current-password",
};

export function addressOf(path: string, { query }: Hosted): string {
  return `${path}?${query.toString()}`;
}

export function loginPage(hosted: Hosted, about: Pick<Page, "problem" | "says"> = {}): HttpResponse {
  const asking = askingOf(hosted);
  if ("status" in asking) return asking;
  const open = asking.place.pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true;
  const providers = providersOf(asking.place.client);
  const own = providers.includes("COGNITO");
  const others = providers.filter((name) => name !== "COGNITO");
  if (!own && others.length === 1 && about.problem === undefined) return redirect(visitTo(others[0] ?? "", hosted));
  return pageAnswer(hosted, {
    title: "Sign in",
    ...about,
    ...(own ? { form: loginForm(hosted) } : {}),
    links: [
      ...others.map((name) => [`Continue with ${name}`, visitTo(name, hosted)] as const),
      ...(own ? [["Forgot your password?", addressOf("/forgotPassword", hosted)] as const] : []),
      ...(own && open ? [["Sign up", addressOf("/signup", hosted)] as const] : []),
    ],
  });
}

function loginForm(hosted: Hosted): NonNullable<Page["form"]> {
  return {
    name: "cognitoSignInForm",
    action: addressOf("/login", hosted),
    fields: [USERNAME, PASSWORD],
    hidden: {},
    button: "Sign in",
    buttonName: "signInSubmitButton",
  };
}

function visitTo(provider: string, { query }: Hosted): string {
  const wanted = new URLSearchParams(query);
  wanted.set("identity_provider", provider);
  return `/oauth2/authorize?${wanted.toString()}`;
}

/** Throws nothing that the page can say. */
export async function login(hosted: Hosted): Promise<HttpResponse> {
  const asking = askingOf(hosted);
  if ("status" in asking) return asking;
  if (!isOwnForm(hosted)) return loginPage(hosted, { problem: "Please try again." });
  const { form } = hosted;
  const username = form.get("username") ?? "";
  const run = (): Promise<Answer> => withPassword(flowOf(asking.place), username, form.get("password") ?? "");
  return attempted(hosted, asking, { run, otherwise: (problem) => loginPage(hosted, { problem }), username });
}

function flowOf(place: ClientPlace): Flow {
  return { ...place, hosted: true };
}

type Attempt = {
  readonly run: () => Promise<Answer>;
  readonly otherwise: (problem: string) => HttpResponse | Promise<HttpResponse>;
  readonly username: string;
};

async function attempted(hosted: Hosted, asking: Asking, { run, otherwise, username }: Attempt): Promise<HttpResponse> {
  try {
    const answer = await run();
    if (answer.user === undefined) return challengePage(hosted, answer, username);
    return await signedIn(hosted, asking, answer.user);
  } catch (error) {
    if (!(error instanceof AwsError) || error.status >= 500) throw error;
    if (error.code === "UserNotConfirmedException")
      return redirect(`${addressOf("/confirm", hosted)}&username=${encodeURIComponent(username)}`);
    return otherwise(error.message);
  }
}

const CODE: Field = { name: "answer", label: "Code", autocomplete: "one-time-code" };

const CODES: Readonly<Record<string, string>> = {
  SMS_MFA: "SMS_MFA_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
};

/** What is asked next; the session goes with the form. */
function challengePage(hosted: Hosted, answer: Answer, username: string, problem?: string): HttpResponse {
  const {
    ChallengeName: name = "",
    Session = "",
    ChallengeParameters: told = {},
  } = answer as Answer & { ChallengeName?: string };
  const hidden = { challenge: name, session: Session, username };
  const page = (title: string, says: string, fields: readonly Field[]): HttpResponse =>
    pageAnswer(hosted, {
      title,
      says,
      problem,
      form: { action: addressOf("/challenge", hosted), fields, hidden, button: "Continue" },
    });
  switch (name) {
    case "NEW_PASSWORD_REQUIRED": {
      const missing = JSON.parse(told["requiredAttributes"] ?? "[]") as readonly string[];
      const more = missing.map((each): Field => ({ name: each, label: each.replace("userAttributes.", "") }));
      const field: Field = { name: "answer", label: "New password", type: "password", autocomplete: "new-password" };
      return page("Change your password", "Please enter your new password below.", [field, ...more]);
    }
    case "SELECT_MFA_TYPE":
      return page("Choose how to verify", `Write one of: ${told["MFAS_CAN_CHOOSE"] ?? ""}`, [
        { name: "answer", label: "Method" },
      ]);
    case "MFA_SETUP":
      return setUpPage(hosted, page, hidden);
    case "SOFTWARE_TOKEN_MFA":
      return page("Verify", "Enter the code from your authenticator app.", [CODE]);
    default:
      return page("Verify", `We sent a code to ${told["CODE_DELIVERY_DESTINATION"] ?? "you"}.`, [CODE]);
  }
}

type Shown = (title: string, says: string, fields: readonly Field[]) => HttpResponse;

/** The secret is shown until its code is given. */
function setUpPage({ place }: Hosted, page: Shown, { session }: { readonly session: string }): HttpResponse {
  const row = sessionAt(place, session, ["MFA_SETUP"]);
  const secret = row.secret ?? place.context.ids.upper(52);
  changeSession(place, session, { ...row, secret });
  return page("Set up an authenticator app", `Give your app this secret, then enter its code: ${secret}`, [CODE]);
}

export async function answerChallenge(hosted: Hosted): Promise<HttpResponse> {
  const asking = askingOf(hosted);
  if ("status" in asking) return asking;
  if (!isOwnForm(hosted)) return loginPage(hosted, { problem: "Please try again." });
  const { form } = hosted;
  const [name, session, username, answer] = ["challenge", "session", "username", "answer"].map(
    (each) => form.get(each) ?? "",
  );
  const flow = flowOf(asking.place);
  const again = (problem: string): HttpResponse => {
    if (!asking.place.store.sessions.has(session ?? "")) return loginPage(hosted, { problem });
    return problem.startsWith("Invalid session")
      ? loginPage(hosted, { problem })
      : challengePage(hosted, { ChallengeName: name as "SMS_MFA", Session: session }, username ?? "", problem);
  };
  const run = (): Promise<Answer> => {
    if (name === "MFA_SETUP") proveSetUp(flow, session ?? "", answer ?? "");
    return goOn(flow, name ?? "", session ?? "", responsesOf(name ?? "", answer ?? "", form));
  };
  return attempted(hosted, asking, { run, otherwise: again, username: username ?? "" });
}

function responsesOf(name: string, answer: string, form: URLSearchParams): Readonly<Record<string, string>> {
  if (name === "NEW_PASSWORD_REQUIRED") {
    const attributes = [...form].filter(([each]) => each.startsWith("userAttributes."));
    return { NEW_PASSWORD: answer, ...Object.fromEntries(attributes) };
  }
  const member = CODES[name];
  return member === undefined ? { ANSWER: answer } : { [member]: answer };
}

function proveSetUp(flow: Flow, handle: string, code: string): void {
  const row = sessionAt(flow, handle, ["MFA_SETUP"]);
  if (row.secret === undefined || stepOf(row.secret, code, flow.context.clock.now()) === undefined)
    throw invalidParameter("Invalid code received for user");
  changeSession(flow, handle, { ...row, verified: true });
}
