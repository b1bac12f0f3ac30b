// Triggers of a user pool of the same template: Cognito.

import { eventProblem } from "../problems.ts";
import { put } from "../python-order.ts";
import { readResource } from "../resource.ts";
import { expectMap } from "../shape.ts";
import { at, fieldsAt, getAtt, textOf } from "../values.ts";
import { permission, type EventKind } from "./event.ts";

const USER_POOL = Object.fromEntries(
  "AccountRecoverySetting AdminCreateUserConfig AliasAttributes AutoVerifiedAttributes DeletionProtection DeviceConfiguration EmailAuthenticationMessage EmailAuthenticationSubject EmailConfiguration EmailVerificationMessage EmailVerificationSubject EnabledMfas LambdaConfig MfaConfiguration Policies Schema SmsAuthenticationMessage SmsConfiguration SmsVerificationMessage UserAttributeUpdateSettings UsernameAttributes UsernameConfiguration UserPoolAddOns UserPoolName UserPoolTags UserPoolTier VerificationMessageTemplate WebAuthnRelyingPartyID WebAuthnUserVerification"
    .split(" ")
    .map((name) => [name, "any"]),
);

export const cognito: EventKind = {
  shape: { UserPool: "string!", Trigger: "=string|list<string>!" },
  link({ id, name, properties }, resources) {
    const reference = at(properties["UserPool"], "Ref");
    const pool = textOf(reference);
    if (reference !== undefined && pool === undefined) throw eventProblem(id, "Ref in Userpool is not a string.");
    const found = pool === undefined ? undefined : fieldsAt(resources, pool);
    if (pool === undefined || found === undefined)
      throw eventProblem(name, "Cognito events must reference a Cognito UserPool in the same template.");
    return { id: pool, resource: found };
  },
  expand(event, target, link) {
    const { id = "", resource: pool = {} } = link ?? {};
    const allowed = permission(event, target, {
      principal: "cognito-idp.amazonaws.com",
      prefix: `${target.resource.logicalId}Cognito`,
      sourceArn: getAtt(id, "Arn"),
    });
    if ((at(pool, "Properties") ?? undefined) === undefined) put(pool, "Properties", {});
    const properties = fieldsAt(pool, "Properties") ?? {};
    if ((at(properties, "LambdaConfig") ?? undefined) === undefined) put(properties, "LambdaConfig", {});
    const triggers = expectMap(properties["LambdaConfig"], { resource: id }, "LambdaConfig");
    const given = event.properties["Trigger"];
    for (const each of Array.isArray(given) ? (given as unknown[]) : [given]) {
      const name = textOf(each) ?? "";
      if (Object.hasOwn(triggers, name)) {
        const shown = Array.isArray(given) ? `[${given.map((item) => `'${textOf(item)}'`).join(", ")}]` : name;
        throw eventProblem(event.name, `Cognito trigger "${shown}" defined multiple times.`);
      }
      put(triggers, name, target.resource.arn());
    }
    return [allowed, readResource(id, pool, "AWS::Cognito::UserPool", USER_POOL)];
  },
};
