// One-time codes of a user: made, sent, and proved once within their time.

import type { CodeDeliveryDetailsType } from "../../../models/cognito-idp.d.ts";
import { codeMismatch, expiredCode, limitExceeded } from "../errors.ts";
import type { MessageKind } from "../rules/message-template.ts";
import { keyIn, nameKey, type CodePurpose, type CodeRow, type Place, type UserRow } from "../store.ts";
import { send, type Medium } from "./messages.ts";
import type { Metadata } from "./triggers.ts";

const HOUR = 3_600_000;
const MOST_SENT = 20;
const MOST_TRIES = 5;
const DIGITS = "0123456789";

/** How long a code is good for. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const GOOD_FOR = { confirm: 24 * HOUR, forgot: HOUR, verify: 24 * HOUR } as const;

export type NewCode = {
  readonly purpose: CodePurpose;
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly destination: string;
  readonly client?: string | undefined;
  readonly metadata?: Metadata;
};

export function newCode({ context }: Place): string {
  return context.ids.text(DIGITS, 6);
}

export async function sendCode(place: Place, user: UserRow, asked: NewCode): Promise<CodeDeliveryDetailsType> {
  const { store, context } = place;
  const now = context.clock.now();
  const key = codeKey(place, user, asked.purpose);
  const sent = (store.codes.get(key)?.sent ?? []).filter((at) => now - at < HOUR);
  if (sent.length >= MOST_SENT) throw limitExceeded();
  const code = newCode(place);
  const details = await send(place, user, { ...asked, code });
  store.codes.put(key, {
    code,
    expires: now + GOOD_FOR[asked.purpose.split(":")[0] as keyof typeof GOOD_FOR],
    tries: 0,
    attribute: details.AttributeName,
    sent: [...sent, now],
  });
  return details;
}

/** A code counts once; five wrong ones, and no further one is looked at until another is sent. */
export function proveCode(place: Place, user: UserRow, purpose: CodePurpose, given: string): CodeRow {
  const { store, context } = place;
  const key = codeKey(place, user, purpose);
  const row = store.codes.get(key);
  if (row === undefined || row.expires <= context.clock.now()) throw expiredCode();
  if (row.tries >= MOST_TRIES) throw limitExceeded();
  if (row.code !== given) {
    store.codes.put(key, { ...row, tries: row.tries + 1 });
    throw codeMismatch();
  }
  store.codes.delete(key);
  return row;
}

function codeKey({ pool }: Place, user: UserRow, purpose: CodePurpose): string {
  return keyIn(pool, nameKey(pool, user.username), purpose);
}
