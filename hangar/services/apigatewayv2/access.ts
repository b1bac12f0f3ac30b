// What each operation of API Gateway V2 needs: the verb of its request on the ARN of its path.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html

import type { AccessRule } from "../../cloud/service.ts";
import { loadModel } from "../../models/load.ts";
import { operations } from "./contents/operations.ts";
import { conditionsOf } from "./rules/condition-keys.ts";
import type { Tables } from "./store.ts";

type Rule = AccessRule<Tables>;

function ruleOf(operation: string): Rule {
  const { method = "GET", uri = "/" } = loadModel("apigatewayv2").operations[operation]?.http ?? {};
  const path = (uri.split("?")[0] ?? "/").replace(/^\/v2/, "");
  return (input: Readonly<Record<string, unknown>>, context) => {
    const { region } = context;
    const resource = path.replace(/\{([^}+]+)\+?\}/g, (_all, name: string) => {
      const value = input[name];
      return typeof value === "string" ? (name === "ResourceArn" ? encodeURIComponent(value) : value) : "";
    });
    return [
      {
        action: `apigateway:${method}`,
        resource: `arn:aws:apigateway:${region}::${resource}`,
        moreConditions: () => conditionsOf(operation, input, context),
      },
      ...rolesIn(input).map((role) => ({
        action: "iam:PassRole",
        resource: role,
        conditions: { "iam:PassedToService": "apigateway.amazonaws.com" },
      })),
    ];
  };
}

/** Roles that a call hands to API Gateway; the caller's own credentials (`arn:aws:iam::*:user/*`) are no role. */
function rolesIn(input: Readonly<Record<string, unknown>>): readonly string[] {
  return [input["CredentialsArn"], input["AuthorizerCredentialsArn"]].filter(
    (role): role is string => typeof role === "string" && role.includes(":role/"),
  );
}

export const access: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.keys(operations).map((name) => [name, ruleOf(name)]),
);
