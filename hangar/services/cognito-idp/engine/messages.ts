// Sends codes and invitations: nothing leaves this machine, the world's trace has what was sent.

import type { CodeDeliveryDetailsType } from "../../../models/cognito-idp.d.ts";
import { byLink, filledIn, masked, wordsFor, type MessageKind, type Words } from "../rules/message-template.ts";
import type { Place, UserRow } from "../store.ts";
import { handOver, senderOf } from "./custom-senders.ts";
import { confirmationLink } from "./hosted-address.ts";
import { runTrigger, toldAttributes, withMetadata, type Metadata } from "./triggers.ts";

export type Medium = "SMS" | "EMAIL";

export type Message = {
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly destination: string;
  readonly code: string;
  readonly client?: string | undefined;
  readonly metadata?: Metadata;
};

export async function send(place: Place, user: UserRow, message: Message): Promise<CodeDeliveryDetailsType> {
  const { medium, destination } = message;
  const sender = senderOf(place.pool, medium);
  if (sender === undefined) note(place, user, await written(place, user, message));
  else {
    await handOver(place, user, message, sender);
    note(place, user, { ...message, sender: sender.arn });
  }
  return {
    Destination: masked(medium, destination),
    DeliveryMedium: medium,
    AttributeName: medium === "SMS" ? "phone_number" : "email",
  };
}

async function written(place: Place, user: UserRow, message: Message): Promise<Sent> {
  const { medium, code, client = "" } = message;
  const words = await wordsOf(place, user, message);
  const link = confirmationLink(place, { client, username: user.username, code });
  const text = filledIn(medium === "SMS" ? words.sms : words.email, { code, username: user.username, link });
  return medium === "SMS" ? { ...message, text } : { ...message, text, subject: words.subject };
}

async function wordsOf(place: Place, user: UserRow, message: Message): Promise<Words> {
  const usual = wordsFor(place.pool, message.kind);
  const answer = await runTrigger(place, {
    trigger: "CustomMessage",
    source: `CustomMessage_${message.kind}`,
    username: user.username,
    client: message.client,
    request: {
      userAttributes: toldAttributes(user),
      codeParameter: "{####}",
      linkParameter: "{##Click Here##}",
      usernameParameter: message.kind === "AdminCreateUser" ? "{username}" : null,
      ...withMetadata(message.metadata),
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  if (answer === undefined) return usual;
  const text = (name: string, otherwise: string): string => {
    const given = answer[name];
    return typeof given === "string" && given !== "" ? given : otherwise;
  };
  return {
    sms: text("smsMessage", usual.sms),
    email: text("emailMessage", usual.email),
    subject: text("emailSubject", usual.subject),
  };
}

type Sent = Message & {
  readonly text?: string;
  readonly subject?: string;
  /** The function that sends it. */
  readonly sender?: string;
};

/** As SNS notes what goes to phones: `cognito-idp.amazonaws.com -> email:…`. */
function note({ pool, context }: Place, user: UserRow, sent: Sent): void {
  const { kind, medium, destination, code, text, subject, sender } = sent;
  const { trace } = context.world;
  const to = `${medium === "SMS" ? "sms" : "email"}:${destination}`;
  const span = trace.begin("delivery", `cognito-idp.amazonaws.com -> ${to}`, context.span, {
    userPoolId: pool.id,
    username: user.username,
    kind,
    destination,
    ...(subject === undefined ? {} : { subject }),
    ...(text === undefined ? {} : { message: text }),
    ...(sender === undefined ? {} : { sender }),
    ...(byLink(pool, kind) && medium === "EMAIL" && sender === undefined ? {} : { code }),
    delivered: false,
    account: pool.account,
    region: pool.region,
  });
  trace.end(span, 0);
}

/** Where codes may go: what the pool verifies by itself, telephones first. */
export function addressOf(
  user: UserRow,
  attributes: readonly string[],
): Pick<Message, "medium" | "destination"> | undefined {
  for (const [attribute, medium] of [
    ["phone_number", "SMS"],
    ["email", "EMAIL"],
  ] as const) {
    const destination = user.attributes[attribute] ?? "";
    if (attributes.includes(attribute) && destination !== "") return { medium, destination };
  }
  return undefined;
}
