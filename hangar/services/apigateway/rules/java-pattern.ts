// Regular expressions as they are written for Java.

const FLAGS = /^\(\?([ims]+)\)/;

/** Of the whole text; undefined for what is no pattern. */
export function javaPattern(pattern: string): RegExp | undefined {
  const [all = "", flags = ""] = FLAGS.exec(pattern) ?? [];
  try {
    return new RegExp(`^(?:${pattern.slice(all.length)})$`, flags);
  } catch {
    return undefined;
  }
}
