// Answers the links that messages carry: confirm, unsubscribe, and the certificate that signatures are checked with.

import { AwsError } from "../../../kernel/aws-error.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { newSigningKey } from "../engine/signing-key.ts";
import { confirmSubscription } from "../operations/subscription/confirm-subscription.ts";
import { unsubscribe } from "../operations/subscription/unsubscribe.ts";
import type { SnsContext, Tables } from "../store.ts";

type Asked = Readonly<Record<string, string>>;

const CERTIFICATE = /^\/(SimpleNotificationService-[0-9a-f]{32}\.pem)$/;

export const linkDoor: HttpDoor<Tables> = {
  name: "sns.link",
  match(request) {
    if (request.method !== "GET") return undefined;
    const certificate = CERTIFICATE.exec(request.path)?.[1];
    if (certificate !== undefined) return { data: { certificate } };
    const asked = linkOf(request);
    if (asked === undefined) return undefined;
    const { account, region } = parseArn(asked["TopicArn"] ?? asked["SubscriptionArn"] ?? "") ?? {};
    return { account, region, data: asked };
  },
  async handle(_request, data: Asked, context) {
    if (data["certificate"] !== undefined) return certificateNamed(data["certificate"], context);
    try {
      return await follow(data, context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return xml(
        "ErrorResponse",
        `<Error><Type>Sender</Type><Code>${error.code}</Code><Message>${escaped(error.message)}</Message></Error><RequestId>${context.request.id}</RequestId>`,
        error.status,
      );
    }
  },
};

/** Unsigned, and one of the two that need no signature. */
function linkOf({ path, query, headers }: HttpRequest): Asked | undefined {
  if (path !== "/" || !query.includes("Action=") || headers["authorization"] !== undefined) return undefined;
  const asked = Object.fromEntries(new URLSearchParams(query));
  if (asked["X-Amz-Signature"] !== undefined) return undefined;
  const { Action, TopicArn, Token, SubscriptionArn } = asked;
  const ours =
    (Action === "ConfirmSubscription" && TopicArn !== undefined && Token !== undefined) ||
    (Action === "Unsubscribe" && SubscriptionArn !== undefined);
  return ours ? asked : undefined;
}

async function follow(asked: Asked, context: SnsContext): Promise<HttpResponse> {
  const metadata = `<ResponseMetadata><RequestId>${context.request.id}</RequestId></ResponseMetadata>`;
  const { account, region } = context;
  const options = { account, region };
  if (asked["Action"] === "Unsubscribe") {
    await context.call(unsubscribe as never, { SubscriptionArn: asked["SubscriptionArn"] ?? "" }, options);
    return xml("UnsubscribeResponse", metadata);
  }
  const { TopicArn = "", Token = "" } = asked;
  const answer: { readonly SubscriptionArn?: string } = await context.call(
    confirmSubscription as never,
    { TopicArn, Token },
    options,
  );
  const arn = `<SubscriptionArn>${escaped(answer.SubscriptionArn ?? "")}</SubscriptionArn>`;
  return xml("ConfirmSubscriptionResponse", `<ConfirmSubscriptionResult>${arn}</ConfirmSubscriptionResult>${metadata}`);
}

async function certificateNamed(name: string, context: SnsContext): Promise<HttpResponse> {
  const kept = context
    .places()
    .flatMap(({ account, region }) => [...context.storeAt(account, region).signingKeys.rows()]);
  // A fork may sign before the world that answers links does: with the process's key.
  const found = kept.find((key) => key.name === name) ?? (await newSigningKey());
  if (found.name !== name) return { status: 404, headers: {}, body: "" };
  return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: found.certificate };
}

function xml(name: string, inside: string, status = 200): HttpResponse {
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: `<${name} xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${inside}</${name}>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
