// What each operation of API Gateway needs: the verb of its request on the ARN of its path.

import type { AccessRule } from "../../cloud/service.ts";
import { loadModel } from "../../models/load.ts";
import { operations } from "./contents/operations.ts";
import { conditionsOf } from "./rules/condition-keys.ts";
import type { Tables } from "./store.ts";

type Rule = AccessRule<Tables>;

/** Tags stand for what they are on: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
function ruleOf(operation: string): Rule {
  const { method = "GET", uri = "/" } = loadModel("apigateway").operations[operation]?.http ?? {};
  const path = uri.split("?")[0] ?? "/";
  return (input: Readonly<Record<string, unknown>>, context) => {
    const { region } = context;
    const resource = path.replace(/\{([^}+]+)\+?\}/g, (_all, name: string) => {
      const value = input[name === "basepath" ? "basePath" : name];
      return typeof value === "string" ? (name === "resourceArn" ? encodeURIComponent(value) : value) : "";
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

type Passing = {
  readonly credentials?: unknown;
  readonly authorizerCredentials?: unknown;
  readonly patchOperations?: readonly { readonly path?: string; readonly value?: string }[];
};

const ROLE_PATHS = new Set(["/credentials", "/authorizerCredentials", "/cloudwatchRoleArn"]);

/** Roles that a call hands to API Gateway; the caller's own credentials (`arn:aws:iam::*:user/*`) are no role. */
function rolesIn({ credentials, authorizerCredentials, patchOperations = [] }: Passing): readonly string[] {
  const patched = patchOperations.filter(({ path = "" }) => ROLE_PATHS.has(path)).map(({ value }) => value);
  return [credentials, authorizerCredentials, ...patched].filter(
    (role): role is string => typeof role === "string" && role.includes(":role/"),
  );
}

export const access: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.keys(operations).map((name) => [name, ruleOf(name)]),
);
