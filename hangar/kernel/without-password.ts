// Web addresses that have a password in them, as they may be shown.

/** At the beginning, or of a part of a row's key. */
const PASSWORD = /(^|\0)(https?:\/\/[^/?#@:]*:)[^/?#]*@/gi;

export function withoutPassword(text: string): string {
  return text.includes("://") ? text.replaceAll(PASSWORD, "$1$2(secret)@") : text;
}

/** All texts of a value; the value itself where none has one. */
export function withoutPasswords(value: unknown): unknown {
  if (typeof value === "string") return withoutPassword(value);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [name, each] of Object.entries(value)) {
    const shown = withoutPasswords(each);
    if (shown === each) continue;
    copy ??= Array.isArray(value) ? ([...value] as unknown as typeof copy & object) : { ...value };
    copy[name] = shown;
  }
  return copy ?? value;
}
