// Reads the AWS SDKs' shared files (~/.aws/config, ~/.aws/credentials) as far as they say where calls go and whose they are.
// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html

/** Section, e.g. `profile dev` or `services local`, -> key -> value. A key nested below another is `s3.endpoint_url`. */
export type ConfigFile = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** In the credentials file the sections are profiles without the word. */
export function readConfigFile(text: string, kind: "config" | "credentials"): ConfigFile {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> = {};
  let parent = "";
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line) ?? [];
    const [, indent = "", key, value = ""] = /^(\s*)([^=\s#;[][^=]*?)\s*=\s*(.*?)(?:\s+[#;].*)?$/.exec(line) ?? [];
    if (name !== undefined) {
      const title = titleOf(name, kind);
      section = sections.get(title) ?? {};
      sections.set(title, section);
    } else if (key !== undefined && indent === "") {
      section[key] = value;
      parent = key;
    } else if (key !== undefined) section[`${parent}.${key}`] = value;
  }
  return sections;
}

function titleOf(name: string, kind: "config" | "credentials"): string {
  const words = name.replaceAll(/["']/g, "").split(/\s+/).join(" ");
  return kind === "credentials" || words === "default" ? `profile ${words}` : words;
}
