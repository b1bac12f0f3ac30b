// Attributes a pool has: AWS's standard ones, those it changes, and its own.

import type { SchemaAttributeType } from "../../../models/cognito-idp.d.ts";
import { invalidParameter } from "../errors.ts";

const TEXTS = [
  "name",
  "given_name",
  "family_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "email",
  "email_verified",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "phone_number",
  "phone_number_verified",
  "address",
  "updated_at",
];

function standard(Name: string): SchemaAttributeType {
  const usual = { Name, DeveloperOnlyAttribute: false, Mutable: true, Required: false };
  if (Name.endsWith("_verified")) return { ...usual, AttributeDataType: "Boolean" };
  if (Name === "updated_at")
    return { ...usual, AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "0" } };
  const lengths = Name === "birthdate" ? { MinLength: "10", MaxLength: "10" } : { MinLength: "0", MaxLength: "2048" };
  return { ...usual, AttributeDataType: "String", StringAttributeConstraints: lengths };
}

const SUB: SchemaAttributeType = {
  Name: "sub",
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: false,
  Required: true,
  StringAttributeConstraints: { MinLength: "1", MaxLength: "2048" },
};

const STANDARD = new Set(TEXTS);

/** The standard attributes with a pool's changes, then its own. */
export function schemaOf(given: readonly SchemaAttributeType[] = []): readonly SchemaAttributeType[] {
  const changes = new Map(given.map((each) => [each.Name ?? "", each]));
  const usual = TEXTS.map((name) => changed(standard(name), changes.get(name)));
  const own = given.filter((each) => !STANDARD.has(each.Name ?? ""));
  return withCustom([SUB, ...usual], own);
}

function changed(usual: SchemaAttributeType, change: SchemaAttributeType | undefined): SchemaAttributeType {
  if (change === undefined) return usual;
  if (change.AttributeDataType !== undefined && change.AttributeDataType !== usual.AttributeDataType)
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${usual.Name}`,
    );
  return { ...usual, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) };
}

const MOST_CUSTOM = 50;

/** Custom attributes are optional, and named `custom:` or `dev:custom:`. */
export function withCustom(
  schema: readonly SchemaAttributeType[],
  own: readonly SchemaAttributeType[],
): readonly SchemaAttributeType[] {
  const all = [...schema];
  for (const each of own) {
    const name = nameOf(each);
    if (each.Name === undefined) throw invalidParameter("Attribute name is required.");
    if (each.Required === true) throw invalidParameter("Required custom attributes are not supported currently.");
    if (all.some(({ Name }) => Name === name))
      throw invalidParameter(`${name}: Existing attribute already has name ${name}.`);
    all.push(custom(each, name));
  }
  if (all.filter(({ Name }) => Name?.includes("custom:")).length > MOST_CUSTOM)
    throw invalidParameter(`The number of custom attributes cannot exceed ${MOST_CUSTOM}.`);
  return all;
}

function nameOf({ Name = "", DeveloperOnlyAttribute }: SchemaAttributeType): string {
  const plain = Name.replace(/^(dev:)?custom:/, "");
  return `${DeveloperOnlyAttribute === true ? "dev:" : ""}custom:${plain}`;
}

function custom(given: SchemaAttributeType, Name: string): SchemaAttributeType {
  const AttributeDataType = given.AttributeDataType ?? "String";
  return {
    Name,
    AttributeDataType,
    DeveloperOnlyAttribute: given.DeveloperOnlyAttribute ?? false,
    Mutable: given.Mutable ?? true,
    Required: false,
    ...(AttributeDataType === "String"
      ? { StringAttributeConstraints: given.StringAttributeConstraints ?? {} }
      : AttributeDataType === "Number"
        ? { NumberAttributeConstraints: given.NumberAttributeConstraints ?? {} }
        : {}),
  };
}
