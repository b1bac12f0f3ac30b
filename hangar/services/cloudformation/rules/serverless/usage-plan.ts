// The usage plan and API key of a REST API: its own, or one that all APIs share.

import type { Expansion, SharedUsagePlan } from "./expansion.ts";
import { resourceProblem, templateProblem } from "./problems.ts";
import { keysOf, put, type Fields } from "./python-order.ts";
import { Resource } from "./resource.ts";
import { at, filled, isFields, listed, ref, sameValue, textOf } from "./values.ts";

const MEMBERS = ["CreateUsagePlan", "Description", "Quota", "Tags", "Throttle", "UsagePlanName"];
const CHOICES = ["SHARED", "PER_API", "NONE"];
const SHARED_CONDITION = "SharedUsagePlanCondition";

type Api = { readonly logicalId: string; readonly stageId: string; readonly attributes: Fields };

export function usagePlanOf(api: Api, given: unknown, expansion: Expansion): Resource[] {
  if (given === undefined || given === null) return [];
  const invalid = (message: string): Error => resourceProblem(api.logicalId, message);
  if (!isFields(given)) throw invalid("'UsagePlan' must be a dictionary");
  if (!keysOf(given).every((key) => MEMBERS.includes(key))) throw invalid("Invalid property for 'UsagePlan'");
  const choice = at(given, "CreateUsagePlan");
  if (choice === undefined || choice === null) throw invalid("'CreateUsagePlan' is a required field for UsagePlan.");
  if (!CHOICES.includes(textOf(choice) ?? "")) throw invalid(`'CreateUsagePlan' accepts one of ${listed(CHOICES)}.`);
  if (choice === "NONE") return [];
  const resources = choice === "SHARED" ? sharedPlan(api, expansion) : ownPlan(api);
  for (const name of MEMBERS)
    if (name !== "CreateUsagePlan" && filled(at(given, name)) && resources[0] !== undefined)
      resources[0].properties[name] = given[name];
  return resources;
}

type Names = { readonly plan: string; readonly key: string; readonly link: string };
type Parts = {
  readonly needs: readonly string[];
  readonly stages: readonly Fields[];
  readonly keys: readonly Fields[];
};

function made(names: Names, parts: Parts, attributes: () => Fields): Resource[] {
  return [
    new Resource(
      "AWS::ApiGateway::UsagePlan",
      names.plan,
      { ApiStages: parts.stages },
      { dependsOn: parts.needs, attributes: attributes() },
    ),
    new Resource(
      "AWS::ApiGateway::ApiKey",
      names.key,
      { Enabled: true, StageKeys: parts.keys },
      { dependsOn: [names.plan], attributes: attributes() },
    ),
    new Resource(
      "AWS::ApiGateway::UsagePlanKey",
      names.link,
      { KeyId: ref(names.key), KeyType: "API_KEY", UsagePlanId: ref(names.plan) },
      { dependsOn: [names.key], attributes: attributes() },
    ),
  ];
}

function ownPlan({ logicalId, stageId, attributes }: Api): Resource[] {
  return made(
    { plan: `${logicalId}UsagePlan`, key: `${logicalId}ApiKey`, link: `${logicalId}UsagePlanKey` },
    {
      needs: [logicalId],
      stages: [{ ApiId: ref(logicalId), Stage: ref(stageId) }],
      keys: [{ RestApiId: ref(logicalId), StageName: ref(stageId) }],
    },
    () => attributes,
  );
}

function sharedPlan({ logicalId, stageId, attributes }: Api, expansion: Expansion): Resource[] {
  const shared = expansion.usagePlan;
  if (!shared.needs.includes(logicalId)) shared.needs.push(logicalId);
  addOnce(shared.stages, { ApiId: ref(logicalId), Stage: ref(stageId) });
  addOnce(shared.keys, { RestApiId: ref(logicalId), StageName: ref(stageId) });
  return made({ plan: "ServerlessUsagePlan", key: "ServerlessApiKey", link: "ServerlessUsagePlanKey" }, shared, () =>
    combined(shared, attributes, expansion.conditions),
  );
}

function addOnce(list: Fields[], item: Fields): void {
  if (!list.some((known) => sameValue(known, item))) list.push(item);
}

/** The strongest of what the APIs say: the plan is there as long as one of them is. */
function combined(shared: SharedUsagePlan, attributes: Fields, conditions: Fields | undefined): Fields {
  const deletion = textOf(at(attributes, "DeletionPolicy"));
  if (deletion !== undefined && (shared.deletionPolicy === undefined || deletion === "Retain"))
    shared.deletionPolicy = deletion;
  const replace = textOf(at(attributes, "UpdateReplacePolicy"));
  const before = shared.updateReplacePolicy;
  const stronger = replace === "Retain" || (replace === "Snapshot" && before === "Delete");
  if (replace !== undefined && (before === undefined || stronger)) shared.updateReplacePolicy = replace;
  addCondition(shared, textOf(at(attributes, "Condition")), conditions);
  return {
    ...(shared.deletionPolicy === undefined ? {} : { DeletionPolicy: shared.deletionPolicy }),
    ...(shared.updateReplacePolicy === undefined ? {} : { UpdateReplacePolicy: shared.updateReplacePolicy }),
    ...(shared.conditions.length > 0 && !shared.unconditional ? { Condition: SHARED_CONDITION } : {}),
  };
}

function addCondition(shared: SharedUsagePlan, name: string | undefined, conditions: Fields | undefined): void {
  if (shared.unconditional || (name !== undefined && shared.conditions.includes(name))) return;
  if (name === undefined) {
    shared.unconditional = true;
    if (conditions !== undefined) Reflect.deleteProperty(conditions, SHARED_CONDITION);
    return;
  }
  if (conditions === undefined)
    throw templateProblem("Can't have condition without having 'Conditions' section in the template");
  shared.conditions.push(name);
  const all = shared.conditions.map((each) => ({ Condition: each }));
  // The bare name of a single condition, as SAM writes it.
  put(conditions, SHARED_CONDITION, all.length === 1 ? name : { "Fn::Or": all });
}
