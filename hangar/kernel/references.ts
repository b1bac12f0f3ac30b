// $context and $stageVariables where they are written into text: access logs, gateway responses, parameters.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `09/Apr/2015:12:34:56 +0000`. */
export function requestTime(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

const REFERENCE = /\$(context|stageVariables)\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)/g;
const BRACED = /\$\{(context|stageVariables)\.([\w.-]+)\}/g;

/** Gateway responses and access logs know references only. `missing` stands for what has no value. */
export function substitute(
  template: string,
  roots: { readonly context: unknown; readonly stageVariables: unknown },
  missing: string,
): string {
  const replace = (_all: string, root: string, path: string): string => {
    let value: unknown = root === "context" ? roots.context : roots.stageVariables;
    for (const name of path.split("."))
      value =
        typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
    if (value === undefined || value === null) return missing;
    return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
  };
  return template.replace(BRACED, replace).replace(REFERENCE, replace);
}
