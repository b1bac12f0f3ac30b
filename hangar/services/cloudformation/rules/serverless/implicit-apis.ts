// The APIs that a template has without saying so: every event of type Api or HttpApi that names none belongs to one.

import { HttpDefinition, emptyHttpDefinition, isHttpDefinition } from "./http-definition.ts";
import { ANY_METHOD } from "./definition.ts";
import { documentProblem, eventProblem, resourceProblem, ServerlessProblem } from "./problems.ts";
import { deepCopy, drop, entriesOf, keysOf, Literal, ordered, put, update, type Fields } from "./python-order.ts";
import { emptyRestDefinition, isRestDefinition, RestDefinition } from "./rest-definition.ts";
import { expectMap, expectPresent, expectText } from "./shape.ts";
import { at, conditional, fieldsAt, filled, isFields, ref, textOf } from "./values.ts";

type Kind = {
  readonly event: "Api" | "HttpApi";
  readonly property: "RestApiId" | "ApiId";
  readonly logicalId: string;
  readonly type: string;
  readonly isDefinition: (data: unknown) => boolean;
  readonly edit: (data: unknown) => RestDefinition | HttpDefinition;
  readonly empty: () => Fields;
};

const REST: Kind = {
  event: "Api",
  property: "RestApiId",
  logicalId: "ServerlessRestApi",
  type: "AWS::Serverless::Api",
  isDefinition: isRestDefinition,
  edit: (data) => new RestDefinition(data),
  empty: () => ({ StageName: new Literal("Prod"), DefinitionBody: emptyRestDefinition(), __MANAGE_SWAGGER: true }),
};

const HTTP: Kind = {
  event: "HttpApi",
  property: "ApiId",
  logicalId: "ServerlessHttpApi",
  type: "AWS::Serverless::HttpApi",
  isDefinition: isHttpDefinition,
  edit: (data) => new HttpDefinition(data),
  empty: () => ({ DefinitionBody: emptyHttpDefinition(), __MANAGE_SWAGGER: true }),
};

const WITH_EVENTS = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"];

/** APIs without a definition get one that SAM writes. */
export function addDefinitions(resources: Fields): void {
  for (const kind of [REST, HTTP])
    for (const [, api] of entriesOf(resources)) {
      if (!isFields(api) || textOf(at(api, "Type")) !== kind.type) continue;
      if (at(api, "Properties") === undefined) put(api, "Properties", {});
      const properties = fieldsAt(api, "Properties") ?? {};
      if (filled(at(properties, "DefinitionBody")) || filled(at(properties, "DefinitionUri"))) continue;
      put(properties, new Literal("DefinitionBody"), kind.empty()["DefinitionBody"]);
      put(properties, new Literal("__MANAGE_SWAGGER"), true);
    }
}

type Attributes = { readonly condition: unknown; readonly deletion: unknown; readonly replace: unknown };
/** What the functions behind each API say: path -> method -> condition, and the policies of all. */
type Behind = {
  readonly paths: Map<string, Map<string, unknown>>;
  readonly deletion: unknown[];
  readonly replace: unknown[];
};

export function addImplicitApis(template: Fields): void {
  for (const kind of [REST, HTTP]) addImplicitApi(template, kind);
}

function addImplicitApi(template: Fields, kind: Kind): void {
  const resources = fieldsAt(template, "Resources") ?? {};
  const existing = deepCopy(at(resources, kind.logicalId));
  put(resources, new Literal(kind.logicalId), { Type: kind.type, Properties: kind.empty() });
  const behind = new Map<string, Behind>();
  const problems: string[] = [];
  for (const [logicalId, resource] of entriesOf(resources)) {
    if (!isFields(resource) || !WITH_EVENTS.includes(textOf(at(resource, "Type")) ?? "")) continue;
    try {
      addEvents(template, resource, { kind, behind });
    } catch (error) {
      if (!(error instanceof ServerlessProblem) || error.kind !== "event") throw error;
      problems.push(resourceProblem(logicalId, error.message).message);
    }
  }
  inheritAttributes(template, kind, behind.get(kind.logicalId));
  makePathsConditional(template, kind, behind);
  const implicit = fieldsAt(fieldsAt(resources, kind.logicalId), "Properties");
  if (keysOf(fieldsAt(fieldsAt(implicit, "DefinitionBody"), "paths") ?? {}).length === 0) {
    if (existing === undefined) drop(resources, kind.logicalId);
    else put(resources, kind.logicalId, existing);
  }
  if (problems.length > 0) throw documentProblem(problems);
}

type Work = { readonly kind: Kind; readonly behind: Map<string, Behind> };

function addEvents(template: Fields, resource: Fields, { kind, behind }: Work): void {
  const all = fieldsAt(fieldsAt(resource, "Properties"), "Events");
  const events = ordered();
  for (const [id, event] of entriesOf(all ?? {}))
    if (isFields(event) && textOf(at(event, "Type")) === kind.event) put(events, id, event);
  if (all === undefined || keysOf(events).length === 0) return;
  const attributes = {
    condition: at(resource, "Condition"),
    deletion: at(resource, "DeletionPolicy"),
    replace: at(resource, "UpdateReplacePolicy"),
  };
  for (const [id, event] of entriesOf(events)) {
    const given = at(event, "Properties") ?? {};
    if (kind === REST && !filled(given)) continue;
    const properties = expectMap(given, { event: id }, "", "Properties should be a map.");
    if (!filled(properties)) put(event as Fields, "Properties", properties);
    passTags(template, resource, properties, kind);
    if (!Object.hasOwn(properties, kind.property))
      put(properties, new Literal(kind.property), ref(new Literal(kind.logicalId)));
    if (kind === HTTP && !filled(at(properties, "Path")) && !filled(at(properties, "Method"))) {
      put(properties, new Literal("Path"), "$default");
      put(properties, new Literal("Method"), ANY_METHOD.text);
    }
    addRoute(template, { id, properties, attributes }, { kind, behind });
  }
  update(all, events);
}

/** `{ Ref: id }`, or the id. */
export function apiIdIn(value: unknown): unknown {
  const name = isFields(value) && Object.hasOwn(value, "Ref") ? value["Ref"] : value;
  return textOf(name) ?? name;
}

function addRoute(
  template: Fields,
  { id, properties, attributes }: { readonly id: string; readonly properties: Fields; readonly attributes: Attributes },
  { kind, behind }: Work,
): void {
  const owner = { event: id };
  expectPresent(properties, "Path", owner, "Path");
  expectPresent(properties, "Method", owner, "Method");
  const apiId = expectText(apiIdIn(at(properties, kind.property)), owner, kind.property);
  const path = expectText(properties["Path"], owner, "Path");
  const method = expectText(properties["Method"], owner, "Method");
  const known = behind.get(apiId) ?? { paths: new Map<string, Map<string, unknown>>(), deletion: [], replace: [] };
  behind.set(apiId, known);
  known.paths.set(path, (known.paths.get(path) ?? new Map<string, unknown>()).set(method, attributes.condition));
  known.deletion.push(attributes.deletion);
  known.replace.push(attributes.replace);
  const api = at(at(template, "Resources"), apiId);
  const type = textOf(at(api, "Type"));
  if (api === undefined || (kind === REST && type === HTTP.type))
    throw eventProblem(
      id,
      `${kind.property} must be a valid reference to an '${kind.type}' resource in same template.`,
    );
  const target = fieldsAt(api, "Properties");
  const body = at(target, "DefinitionBody");
  if (target !== undefined && filled(at(target, "__MANAGE_SWAGGER")) && kind.isDefinition(body)) {
    const definition = kind.edit(body);
    definition.add(path, method);
    put(target, "DefinitionBody", definition.written());
  }
  if (kind === HTTP && Object.hasOwn(properties, "RouteSettings") && target !== undefined)
    addRouteSettings(target, { id, apiId, path, method, given: properties["RouteSettings"] }, attributes.condition);
}

function addRouteSettings(
  api: Fields,
  route: {
    readonly id: string;
    readonly apiId: string;
    readonly path: string;
    readonly method: string;
    readonly given: unknown;
  },
  condition: unknown,
): void {
  const key = route.method === ANY_METHOD.text ? route.path : `${route.method.toUpperCase()} ${route.path}`;
  const all = expectMap(at(api, "RouteSettings") ?? {}, { resource: route.apiId }, "RouteSettings");
  const name = textOf(condition);
  const given = name === undefined ? route.given : conditional(name, route.given);
  const settings = expectMap(given, { event: route.id }, "RouteSettings");
  put(all, key, { ...fieldsAt(all, key), ...settings });
  put(api, "RouteSettings", all);
}

function passTags(template: Fields, resource: Fields, event: Fields, kind: Kind): void {
  if (Object.hasOwn(event, kind.property)) return;
  const section = (textOf(at(resource, "Type")) ?? "").split("::").at(-1) ?? "";
  const shared = fieldsAt(fieldsAt(template, "Globals"), section);
  const properties = at(resource, "Properties");
  const pick = (name: string): unknown => (filled(at(properties, name)) ? at(properties, name) : at(shared, name));
  const tags = pick("Tags");
  const api = fieldsAt(fieldsAt(fieldsAt(template, "Resources"), kind.logicalId), "Properties");
  if (api === undefined || !filled(tags) || !filled(pick("PropagateTags"))) return;
  put(api, "Tags", { ...fieldsAt(api, "Tags"), ...(tags as Fields) });
  put(api, "PropagateTags", true);
}

/** The API is there when one of its functions is, and kept when one of them is. */
function inheritAttributes(template: Fields, kind: Kind, behind: Behind | undefined): void {
  const api = fieldsAt(at(template, "Resources"), kind.logicalId);
  if (behind === undefined || api === undefined) return;
  const conditions = new Set([...behind.paths.values()].flatMap((methods) => [...methods.values()]));
  const name = combined(template, `${kind.logicalId}Condition`, conditions);
  if (name !== undefined) put(api, "Condition", name);
  const strongest = (policies: readonly unknown[], order: readonly string[]): string | undefined =>
    order.find((policy) => policies.some((each) => textOf(each) === policy));
  const deletion = strongest(behind.deletion, ["Retain", "Delete"]);
  if (deletion !== undefined) put(api, "DeletionPolicy", deletion);
  const replace = strongest(behind.replace, ["Retain", "Snapshot", "Delete"]);
  if (replace !== undefined) put(api, "UpdateReplacePolicy", replace);
}

function makePathsConditional(template: Fields, kind: Kind, behind: ReadonlyMap<string, Behind>): void {
  for (const [id, api] of entriesOf(fieldsAt(template, "Resources") ?? {})) {
    const properties = fieldsAt(api, "Properties");
    if (properties === undefined || textOf(at(api, "Type")) !== kind.type) continue;
    if (!filled(at(properties, "__MANAGE_SWAGGER"))) continue;
    const definition = kind.edit(properties["DefinitionBody"]);
    for (const path of definition.pathNames()) {
      const conditions = new Set(behind.get(id)?.paths.get(path)?.values());
      const place = path.replaceAll("/", "SLASH").replaceAll("{", "OB").replaceAll("}", "CB");
      const name = combined(template, `${id}${place}PathCondition`, conditions);
      // The name of a function's own condition is the template's; that of a combined one is SAM's.
      if (name !== undefined) definition.makeConditional(path, conditions.size === 1 ? name : new Literal(name));
    }
    put(properties, "DefinitionBody", definition.written());
  }
}

const MOST_IN_OR = 10;

/** A condition that is met when one of them is; none where something is unconditional. */
function combined(template: Fields, name: string, conditions: ReadonlySet<unknown>): string | undefined {
  const names = [...conditions].map(textOf);
  if (names.length === 0 || names.some((each) => each === undefined)) return undefined;
  if (names.length === 1) return names[0];
  if (fieldsAt(template, "Conditions") === undefined) put(template, "Conditions", {});
  const all = fieldsAt(template, "Conditions") ?? {};
  let rest = (names as string[]).toSorted();
  let steps = Math.floor((rest.length - 2) / (MOST_IN_OR - 1));
  while (rest.length > 1) {
    const step = steps > 0 ? `${name}${steps}` : name;
    steps -= 1;
    put(all, step, { "Fn::Or": rest.slice(0, MOST_IN_OR).map((each) => ({ Condition: each })) });
    rest = [...rest.slice(MOST_IN_OR), step];
  }
  return name;
}
