// LocalStack's `/_aws/sns/…`: what was sent to phones and apps, and the tokens of subscriptions that wait for their confirmation.

import { parseArn } from "../../../kernel/arn.ts";
import type { HttpDoor, HttpResponse } from "../../../cloud/service.ts";
import type { SnsContext, Tables } from "../store.ts";

type Asked =
  | { readonly kind: "sms_messages" | "platform_endpoint_messages"; readonly only: string | undefined }
  | { readonly kind: "token"; readonly arn: string };

const PATH = /^\/_aws\/sns\/(sms-messages|platform-endpoint-messages|subscription-tokens\/(.+))\/?$/;

export const developerDoor: HttpDoor<Tables> = {
  name: "sns.developer",
  match(request) {
    const found = request.method === "GET" ? PATH.exec(request.path) : null;
    if (found === null) return undefined;
    const query = new URLSearchParams(request.query);
    const [, path, arn] = found;
    if (arn !== undefined) {
      const { account, region } = parseArn(decodeURIComponent(arn)) ?? {};
      return { account, region, data: { kind: "token", arn: decodeURIComponent(arn) } satisfies Asked };
    }
    const sms = path === "sms-messages";
    const only = query.get(sms ? "phoneNumber" : "endpointArn") ?? undefined;
    const data: Asked = { kind: sms ? "sms_messages" : "platform_endpoint_messages", only };
    return { account: query.get("accountId") ?? undefined, region: query.get("region") ?? undefined, data };
  },
  async handle(_request, asked: Asked, context) {
    if (asked.kind === "token") return tokenOf(asked.arn, context);
    const { kind, only } = asked;
    return json(200, { [kind]: sent(kind, only, context), region: context.region });
  },
};

const DESTINATION = /^sns\.amazonaws\.com -> (sms|application):(.+)$/;

/** The world's trace has them: nothing leaves this machine. A message through a topic names it. */
function sent(kind: string, only: string | undefined, { world, account, region }: SnsContext): object {
  const messages: Record<string, object[]> = only === undefined ? {} : { [only]: [] };
  for (const { name, attributes } of world.trace.spans()) {
    const [, protocol, to = ""] = DESTINATION.exec(name) ?? [];
    if (protocol !== (kind === "sms_messages" ? "sms" : "application") || (only !== undefined && to !== only)) continue;
    if (attributes["account"] !== account || attributes["region"] !== region) continue;
    const facts = { [protocol === "sms" ? "PhoneNumber" : "TargetArn"]: to, Message: attributes["message"] };
    (messages[to] ??= []).push({
      ...facts,
      MessageId: attributes["messageId"] ?? null,
      TopicArn: attributes["topicArn"] ?? null,
    });
  }
  return messages;
}

function tokenOf(arn: string, context: SnsContext): HttpResponse {
  const about = { subscription_arn: arn };
  if (parseArn(arn)?.service !== "sns")
    return json(400, { error: "The provided SubscriptionARN is invalid", ...about });
  const found = [...context.store.subscriptions.rows()].find((each) => each.arn === arn);
  if (found === undefined) return json(404, { error: "The provided SubscriptionARN is not found", ...about });
  return json(200, { subscription_token: found.token, ...about });
}

function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
