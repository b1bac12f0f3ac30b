// Asks the PreTokenGeneration function what tokens shall say beyond the usual.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html

import { badLambdaAnswer } from "../errors.ts";
import { ofGroups, type Changes, type Generated } from "../rules/claims.ts";
import type { ClientPlace, GroupRow, UserRow } from "../store.ts";
import { runTrigger, toldAttributes, triggerOf, withMetadata, type Metadata, type TriggerAnswer } from "./triggers.ts";

type Asked = {
  readonly user: UserRow;
  readonly source: string;
  readonly metadata?: Metadata;
  readonly groups: readonly GroupRow[];
  readonly scopes: readonly string[];
};

type Members = Readonly<Record<string, unknown>>;

const NONE: Changes = { add: {}, suppress: [] };

export async function generated(place: ClientPlace, asked: Asked): Promise<Generated> {
  const { user, source, metadata, scopes } = asked;
  const { groups, roles, preferredRole } = ofGroups(asked.groups);
  const usual: Generated = { groups, roles, preferredRole, scopes, id: NONE, access: NONE };
  const later = (triggerOf(place.pool, "PreTokenGeneration")?.version ?? "1") !== "1";
  const answer = await runTrigger(place, {
    trigger: "PreTokenGeneration",
    source,
    username: user.username,
    client: place.client.id,
    request: {
      userAttributes: toldAttributes(user),
      groupConfiguration: {
        groupsToOverride: groups,
        iamRolesToOverride: roles,
        preferredRole: preferredRole ?? null,
      },
      ...(later ? { scopes } : {}),
      ...withMetadata(metadata),
    },
    response: later ? { claimsAndScopeOverrideDetails: null } : { claimsOverrideDetails: null },
  });
  if (answer === undefined) return usual;
  return later ? second(usual, answer) : first(usual, answer);
}

/** Of the third version: tokens of a client alone, which has no user. */
export async function generatedForClient(
  place: ClientPlace,
  scopes: readonly string[],
  metadata: Metadata,
): Promise<Pick<Generated, "scopes" | "access">> {
  const usual = { scopes, access: NONE };
  if (triggerOf(place.pool, "PreTokenGeneration")?.version !== "3") return usual;
  const answer = await runTrigger(place, {
    trigger: "PreTokenGeneration",
    source: "TokenGeneration_ClientCredentials",
    username: "ClientCredentials",
    client: place.client.id,
    request: { userAttributes: {}, groupConfiguration: {}, scopes, ...withMetadata(metadata) },
    response: { claimsAndScopeOverrideDetails: null },
  });
  if (answer === undefined) return usual;
  return accessOf(scopes, membersOf(answer["claimsAndScopeOverrideDetails"]));
}

function accessOf(scopes: readonly string[], details: Members): Pick<Generated, "scopes" | "access"> {
  const access = membersOf(details["accessTokenGeneration"]);
  const gone = listOf(access["scopesToSuppress"]);
  const all = [...scopes, ...listOf(access["scopesToAdd"])].filter((scope) => !gone.includes(scope));
  return { scopes: [...new Set(all)], access: changesOf(access, false) };
}

function first(usual: Generated, answer: TriggerAnswer): Generated {
  const details = membersOf(answer["claimsOverrideDetails"]);
  return withGroups({ ...usual, id: changesOf(details, true) }, details);
}

function second(usual: Generated, answer: TriggerAnswer): Generated {
  const details = membersOf(answer["claimsAndScopeOverrideDetails"]);
  const changed: Generated = {
    ...usual,
    ...accessOf(usual.scopes, details),
    id: changesOf(membersOf(details["idTokenGeneration"]), false),
  };
  return withGroups(changed, details);
}

function withGroups(usual: Generated, details: Members): Generated {
  const override = details["groupOverrideDetails"];
  if (override === undefined || override === null) return usual;
  const { groupsToOverride, iamRolesToOverride, preferredRole } = membersOf(override);
  return {
    ...usual,
    groups: groupsToOverride === undefined || groupsToOverride === null ? usual.groups : listOf(groupsToOverride),
    roles: iamRolesToOverride === undefined || iamRolesToOverride === null ? usual.roles : listOf(iamRolesToOverride),
    preferredRole: typeof preferredRole === "string" ? preferredRole : usual.preferredRole,
  };
}

/** The first version's claims are texts. */
function changesOf(details: Members, texts: boolean): Changes {
  const add = membersOf(details["claimsToAddOrOverride"]);
  const values = texts ? Object.entries(add).map(([name, value]) => [name, textOf(value)]) : Object.entries(add);
  return { add: Object.fromEntries(values) as Members, suppress: listOf(details["claimsToSuppress"]) };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "number" && typeof value !== "boolean") throw badLambdaAnswer();
  return String(value);
}

function membersOf(value: unknown): Members {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw badLambdaAnswer();
  return value as Members;
}

function listOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badLambdaAnswer();
  return value.map(String);
}
