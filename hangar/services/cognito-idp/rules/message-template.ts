// What codes and invitations say: the pool's own words, or AWS's.

import type { MessageTemplateType, VerificationMessageTemplateType } from "../../../models/cognito-idp.d.ts";
import type { PoolRow } from "../store.ts";

export type MessageKind =
  | "SignUp"
  | "AdminCreateUser"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "Authentication";

export type Words = { readonly sms: string; readonly email: string; readonly subject: string };

export function wordsFor(pool: PoolRow, kind: MessageKind): Words {
  if (kind === "AdminCreateUser") return invitation(pool.settings.AdminCreateUserConfig?.InviteMessageTemplate);
  if (kind === "Authentication")
    return {
      sms: pool.settings.SmsAuthenticationMessage ?? "Your authentication code is {####}. ",
      email: pool.emailMfa?.Message ?? "Your authentication code is {####}",
      subject: pool.emailMfa?.Subject ?? "Your authentication code",
    };
  return verification(pool, byLink(pool, kind));
}

function invitation({ SMSMessage, EmailMessage, EmailSubject }: MessageTemplateType = {}): Words {
  const usual = "Your username is {username} and temporary password is {####}. ";
  return { sms: SMSMessage ?? usual, email: EmailMessage ?? usual, subject: EmailSubject ?? "Your temporary password" };
}

function verification({ settings }: PoolRow, link: boolean): Words {
  const template: VerificationMessageTemplateType = settings.VerificationMessageTemplate ?? {};
  const sms = template.SmsMessage ?? settings.SmsVerificationMessage ?? "Your verification code is {####}. ";
  if (link)
    return {
      sms,
      email:
        template.EmailMessageByLink ?? "Please click the link below to verify your email address. {##Verify Email##}",
      subject: template.EmailSubjectByLink ?? "Your verification link",
    };
  return {
    sms,
    email: template.EmailMessage ?? settings.EmailVerificationMessage ?? "Your confirmation code is {####}",
    subject: template.EmailSubject ?? settings.EmailVerificationSubject ?? "Your verification code",
  };
}

/** Only sign-ups are confirmed by a link. */
export function byLink({ settings }: PoolRow, kind: MessageKind): boolean {
  const signUp = kind === "SignUp" || kind === "ResendCode";
  return signUp && settings.VerificationMessageTemplate?.DefaultEmailOption === "CONFIRM_WITH_LINK";
}

/** `link` is where the words between `{##` and `##}` lead. */
export function filledIn(
  text: string,
  { code, username, link }: { code: string; username: string; link: string },
): string {
  return text
    .replaceAll("{####}", () => code)
    .replaceAll("{username}", () => username)
    .replaceAll(/\{##(.*?)##\}/g, (_all, words: string) => `<a href="${link}">${words}</a>`);
}

/** As answers show where a code went. */
export function masked(medium: "SMS" | "EMAIL", address: string): string {
  if (medium === "SMS") return `+${"*".repeat(Math.max(address.length - 5, 0))}${address.slice(-4)}`;
  const [name = "", host = ""] = address.split("@");
  return `${name.slice(0, 1)}***@${host.slice(0, 1)}***`;
}
