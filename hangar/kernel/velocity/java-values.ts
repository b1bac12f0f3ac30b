// Values of mapping templates as the JVM has them: JSON objects are maps that print `{a=b}`, JSON lists print as JSON.

/** What is not there is the empty string: that is what API Gateway's templates see and print. */
export type JavaValue = unknown;

const jsonLists = new WeakSet<object>();

export function toJava(value: unknown): JavaValue {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) {
    const list = value.map(toJava);
    jsonLists.add(list);
    return list;
  }
  if (typeof value !== "object" || value instanceof Map || value instanceof HostObject) return value;
  return new Map(Object.entries(value).map(([name, each]) => [name, each === null ? null : toJava(each)]));
}

export function toJson(value: JavaValue): unknown {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, each]) => [String(name), toJson(each)]));
  return value;
}

/** As Java's toString prints it. */
export function show(value: JavaValue): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) {
    return jsonLists.has(value) ? JSON.stringify(toJson(value)) : `[${value.map(show).join(", ")}]`;
  }
  if (value instanceof Map)
    return `{${[...value].map(([name, each]) => `${show(name)}=${each === null ? "null" : show(each)}`).join(", ")}}`;
  if (value instanceof HostObject) return "";
  return String(value as string | number | boolean);
}

/** An object of ours: `$input`, `$util`. */
export class HostObject {
  readonly members: Readonly<Record<string, JavaValue>>;
  readonly methods: Readonly<Record<string, (...parameters: readonly JavaValue[]) => JavaValue>>;

  constructor(methods: HostObject["methods"], members: HostObject["members"] = {}) {
    this.methods = methods;
    this.members = members;
  }
}

export function memberOf(value: JavaValue, name: JavaValue): JavaValue {
  if (value instanceof Map) return (value as Map<unknown, unknown>).get(name) ?? "";
  if (value instanceof HostObject)
    return Object.hasOwn(value.members, String(name)) ? (value.members[String(name)] ?? "") : "";
  if (name === "empty" && (Array.isArray(value) || typeof value === "string")) return value.length === 0;
  if (Array.isArray(value) && typeof name === "number") return (value as readonly unknown[])[name] ?? "";
  return "";
}

/** Velocity asks for equal values of one class, otherwise for the same text. */
export function equal(left: JavaValue, right: JavaValue): boolean {
  if (typeof left === "number" && typeof right === "number") return left === right;
  return show(left) === show(right);
}

/** Everything is true but `false`, the empty string too. */
export function truth(value: JavaValue): boolean {
  return value !== false;
}
