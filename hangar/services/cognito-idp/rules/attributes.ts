// Checks the attributes that a request gives a user against the pool's schema and what the app client may write.

import type { AttributeListType, SchemaAttributeType } from "../../../models/cognito-idp.d.ts";
import { invalidParameter, notAuthorized } from "../errors.ts";
import type { ClientRow, PoolRow, UserRow } from "../store.ts";

export type Attributes = Readonly<Record<string, string>>;

export function attributesOf(list: AttributeListType = []): Attributes {
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value ?? ""]));
}

/** As answers carry them. */
export function listed({ sub, attributes }: UserRow): { Name: string; Value: string }[] {
  return Object.entries({ sub, ...attributes }).map(([Name, Value]) => ({ Name, Value }));
}

const ASCII_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
const PHONE = /^\+[0-9]{1,15}$/;

export function isEmail(text: string): boolean {
  return ASCII_EMAIL.test(text);
}

export function isPhone(text: string): boolean {
  return PHONE.test(text);
}

export type Writing = {
  readonly pool: PoolRow;
  /** What the user has so far; undefined while it is made. */
  readonly user?: UserRow | undefined;
  /** Absent for administrators, who may write all. */
  readonly client?: ClientRow | undefined;
};

/** Throws for the first kind of mistake AWS looks for; the texts of one kind come together. */
export function checkAttributes(given: Attributes, { pool, user, client }: Writing): void {
  const schema = new Map(pool.schema.map((each) => [each.Name ?? "", each]));
  if (client !== undefined) checkWritable(given, client);
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const attribute = schema.get(name);
    if (attribute === undefined) return [`${name}: Attribute does not exist in the schema.`];
    const problem = problemOf(attribute, value);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  const missing =
    user === undefined
      ? pool.schema.flatMap(({ Name = "", Required }) =>
          Required === true && Name !== "sub" && (given[Name] ?? "") === ""
            ? [`${Name}: The attribute is required`]
            : [],
        )
      : [];
  const all = [...wrong, ...missing];
  if (all.length > 0) throw invalidParameter(`Attributes did not conform to the schema: ${all.join("\n")}\n`);
  if (user !== undefined) checkMutable(given, schema, user);
  else if (given["sub"] !== undefined) throw invalidParameter("Cannot modify the non-mutable attribute sub");
  checkFormats(given, user);
}

function checkWritable(given: Attributes, { settings }: ClientRow): void {
  const writable = settings.WriteAttributes;
  const refused = (name: string): boolean =>
    name === "sub" ||
    name.endsWith("_verified") ||
    name.startsWith("dev:") ||
    (writable !== undefined && writable.length > 0 && !writable.includes(name));
  if (Object.keys(given).some(refused)) throw notAuthorized("A client attempted to write unauthorized attribute");
}

function checkMutable(given: Attributes, schema: ReadonlyMap<string, SchemaAttributeType>, user: UserRow): void {
  const fixed = Object.keys(given).filter(
    (name) => schema.get(name)?.Mutable === false && (name === "sub" || user.attributes[name] !== given[name]),
  );
  if (fixed.length > 0)
    throw invalidParameter(fixed.map((name) => `user.${name}: Attribute cannot be updated.\n`).join(""));
  const emptied = Object.keys(given).filter((name) => given[name] === "" && schema.get(name)?.Required === true);
  if (emptied.length > 0)
    throw invalidParameter(
      `Attributes did not conform to the schema: ${emptied.map((name) => `${name}: The attribute is required\n`).join("")}`,
    );
}

function checkFormats(given: Attributes, user: UserRow | undefined): void {
  const { email = "", phone_number: phone = "" } = given;
  if (email !== "" && !isEmail(email)) throw invalidParameter("Invalid email address format.");
  if (phone !== "" && !isPhone(phone)) throw invalidParameter("Invalid phone number format.");
  for (const name of ["email", "phone_number"]) {
    const value = given[name] ?? user?.attributes[name] ?? "";
    if (given[`${name}_verified`] === "true" && value === "")
      throw invalidParameter(`No ${name} provided but ${name}_verified was true`);
  }
}

function problemOf(attribute: SchemaAttributeType, value: string): string | undefined {
  if (value === "") return undefined;
  switch (attribute.AttributeDataType) {
    case "Number":
      return numberProblem(attribute, value);
    case "Boolean":
      return /^(true|false)$/i.test(value) ? undefined : "Invalid boolean value";
    case "DateTime":
      return Number.isNaN(Date.parse(value)) && !/^\d+$/.test(value) ? "Invalid date value" : undefined;
    default:
      return textProblem(attribute, value);
  }
}

function textProblem(
  { StringAttributeConstraints: limits = {} }: SchemaAttributeType,
  value: string,
): string | undefined {
  const { MinLength = "0", MaxLength = "2048" } = limits;
  if (value.length < Number(MinLength)) return `String must be at least ${MinLength} characters long`;
  return value.length > Number(MaxLength) ? `String must be no longer than ${MaxLength} characters` : undefined;
}

function numberProblem(
  { NumberAttributeConstraints: limits = {} }: SchemaAttributeType,
  value: string,
): string | undefined {
  const number = Number(value);
  if (Number.isNaN(number)) return "Invalid number value";
  if (limits.MinValue !== undefined && number < Number(limits.MinValue))
    return `Number must be no less than ${limits.MinValue}`;
  return limits.MaxValue !== undefined && number > Number(limits.MaxValue)
    ? `Number must be no more than ${limits.MaxValue}`
    : undefined;
}
