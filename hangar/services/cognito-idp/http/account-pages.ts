// /signup, /confirm, /forgotPassword and what follows: forms that call the same operations as apps do.

import { createHmac } from "node:crypto";
import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { clientIn } from "../engine/find.ts";
import { confirmForgotPassword } from "../operations/password/confirm-forgot-password.ts";
import { forgotPassword } from "../operations/password/forgot-password.ts";
import { confirmSignUp } from "../operations/sign-up/confirm-sign-up.ts";
import { resendConfirmationCode } from "../operations/sign-up/resend-confirmation-code.ts";
import { signUp } from "../operations/sign-up/sign-up.ts";
import type { Field, Page } from "../rules/hosted-page.ts";
import type { ClientPlace, PoolRow } from "../store.ts";
import { askingOf, type Asking } from "./asking.ts";
import { errorPage, isOwnForm, pageAnswer, redirect, type Hosted } from "./hosted-request.ts";
import { addressOf, loginPage } from "./sign-in-pages.ts";

type Form = {
  readonly title: string;
  readonly says?: string;
  readonly button: string;
  fields(pool: PoolRow): readonly Field[];
  /** Answers where the browser goes next. */
  send(hosted: Hosted, place: ClientPlace): Promise<HttpResponse>;
  readonly links?: (hosted: Hosted) => Page["links"];
};

const USERNAME: Field = { name: "username", label: "Username", autocomplete: "username" };
const NEW_PASSWORD: Field = { name: "password", label: "Password", type: "password", autocomplete: "new-password" };
const CODE: Field = { name: "code", label: "Verification code", autocomplete: "one-time-code" };

const FORMS: Readonly<Record<string, Form>> = {
  "/signup": {
    title: "Sign up with a new account",
    button: "Sign up",
    fields: (pool) => [USERNAME, ...asked(pool), NEW_PASSWORD],
    async send(hosted, place) {
      const UserAttributes = asked(place.pool).map(({ name }) => ({ Name: name, Value: hosted.form.get(name) ?? "" }));
      const named = namedIn(hosted, place);
      const Password = hosted.form.get("password") ?? "";
      const answer = await call(place, signUp, { ...named, Password, UserAttributes });
      if (answer["UserConfirmed"] === true) return loginPage(hosted, { says: "You can sign in now." });
      return redirect(`${addressOf("/confirm", hosted)}&username=${encodeURIComponent(named.Username)}`);
    },
    links: (hosted) => [["Already have an account? Sign in", addressOf("/login", hosted)]],
  },
  "/confirm": {
    title: "Confirm your account",
    says: "We have sent a code to you. Enter it to confirm your account.",
    button: "Confirm account",
    fields: () => [USERNAME, CODE],
    async send(hosted, place) {
      await call(place, confirmSignUp, { ...namedIn(hosted, place), ConfirmationCode: hosted.form.get("code") ?? "" });
      return loginPage(hosted, { says: "Your account is confirmed. You can sign in now." });
    },
    links: (hosted) => [["Didn't receive a code? Resend it", addressOf("/resendcode", hosted)]],
  },
  "/resendcode": {
    title: "Resend the code",
    button: "Resend code",
    fields: () => [USERNAME],
    async send(hosted, place) {
      const named = namedIn(hosted, place);
      await call(place, resendConfirmationCode, named);
      return redirect(`${addressOf("/confirm", hosted)}&username=${encodeURIComponent(named.Username)}`);
    },
  },
  "/forgotPassword": {
    title: "Forgot your password?",
    says: "Enter your username and we will send a code to reset your password.",
    button: "Reset my password",
    fields: () => [USERNAME],
    async send(hosted, place) {
      const named = namedIn(hosted, place);
      await call(place, forgotPassword, named);
      return redirect(`${addressOf("/confirmForgotPassword", hosted)}&username=${encodeURIComponent(named.Username)}`);
    },
  },
  "/confirmForgotPassword": {
    title: "Reset your password",
    says: "We have sent a password reset code. Enter it with your new password.",
    button: "Change password",
    fields: () => [USERNAME, CODE, NEW_PASSWORD],
    async send(hosted, place) {
      const { form } = hosted;
      const given = { ConfirmationCode: form.get("code") ?? "", Password: form.get("password") ?? "" };
      await call(place, confirmForgotPassword, { ...namedIn(hosted, place), ...given });
      return loginPage(hosted, { says: "Your password is changed. You can sign in now." });
    },
  },
};

export function isAccountPage(path: string): boolean {
  return Object.hasOwn(FORMS, path);
}

const TYPES: Readonly<Record<string, Field["type"]>> = { email: "email", phone_number: "tel" };

/** What the pool requires, and what it verifies. */
function asked({ schema, settings }: PoolRow): readonly Field[] {
  const names = settings.UsernameAttributes ?? [];
  const wanted = schema.filter(
    ({ Name = "", Required }) =>
      Name !== "sub" &&
      !names.includes(Name) &&
      (Required === true || (names.length === 0 && settings.AutoVerifiedAttributes?.[0] === Name)),
  );
  return wanted.map(({ Name = "" }) => ({ name: Name, label: Name.replaceAll("_", " "), type: TYPES[Name] }));
}

function namedIn(
  { form }: Hosted,
  { client }: ClientPlace,
): { ClientId: string; Username: string; SecretHash?: string } {
  const Username = (form.get("username") ?? "").trim();
  const secret = client.secrets[0]?.value;
  const hash =
    secret === undefined
      ? undefined
      : createHmac("sha256", secret)
          .update(Username + client.id)
          .digest("base64");
  return { ClientId: client.id, Username, ...(hash === undefined ? {} : { SecretHash: hash }) };
}

function call({ context }: ClientPlace, operation: unknown, input: object): Promise<Record<string, unknown>> {
  return context.call(operation as never, input as never);
}

export async function accountPage(hosted: Hosted): Promise<HttpResponse> {
  const asking = askingOf(hosted);
  if ("status" in asking) return asking;
  const form = FORMS[hosted.path];
  if (form === undefined) return errorPage(hosted, "Page not found");
  if (hosted.request.method !== "POST") return shown(hosted, form, asking);
  if (!isOwnForm(hosted)) return shown(hosted, form, asking, "Please try again.");
  try {
    return await form.send(hosted, asking.place);
  } catch (error) {
    if (!(error instanceof AwsError) || error.status >= 500) throw error;
    return shown(hosted, form, asking, error.message);
  }
}

function shown(hosted: Hosted, form: Form, { place }: Asking, problem?: string): HttpResponse {
  const { title, says, button, links } = form;
  const known = hosted.form.get("username") ?? hosted.query.get("username") ?? "";
  const fields = form.fields(place.pool).map((field) => {
    const value =
      field.name === "username" ? known : field.type === "password" ? "" : (hosted.form.get(field.name) ?? "");
    return { ...field, value };
  });
  return pageAnswer(hosted, {
    title,
    says,
    problem,
    form: { action: addressOf(hosted.path, hosted), fields, hidden: {}, button },
    links: links?.(hosted) ?? [["Sign in", addressOf("/login", hosted)]],
  });
}

/** The link of a confirmation mail. */
export async function confirmUser(hosted: Hosted): Promise<HttpResponse> {
  const { query, place } = hosted;
  try {
    const found = clientIn(place, query.get("client_id") ?? "");
    const form = new URLSearchParams({ username: query.get("user_name") ?? "" });
    const ConfirmationCode = query.get("confirmation_code") ?? "";
    await call(found, confirmSignUp, { ...namedIn({ ...hosted, form }, found), ConfirmationCode });
    return pageAnswer(hosted, { title: "Confirmed", says: "Your registration has been confirmed!" });
  } catch (error) {
    if (!(error instanceof AwsError) || error.status >= 500) throw error;
    return pageAnswer(hosted, { title: "Error", problem: error.message }, 400);
  }
}
