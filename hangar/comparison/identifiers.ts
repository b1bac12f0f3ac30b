// Which values are names and ids that differ from run to run, by the member that holds them or by their own shape.

const ID = /(^|[a-z0-9_-])(id|Id|ID|ids|Ids|IDs|Arn|ARN|arn|Arns|arns)$|Identifiers?$/;
/** Of resources: a name of an attribute, a header or a metric is a word of the app's. */
const NAME =
  /^(bucket|source_?bucket|owner|username|user|queue_?urls?|receipt_?handle|upload_?id)$|(bucket|table|function|queue|topic|stack|role|user|group|policy|rule|stream|cluster|secret|parameter|domain|alias|api|pool|client|pipe|schedule|machine|project|repository|database|layer|distribution|key|profile|bus|trail|alarm|display)_?names?$/i;
/** Words of AWS's own in such places. */
const WORDS =
  /^(null|none|default|true|false|\$\w+|[-*.]|\d{1,4}|AWS|aws\/\w+|AROA\*|amazon|root|local|self|unknown)$/i;

/** What is known by one of these names is that thing wherever it stands. */
export function isIdentifier(name: string, value: string): boolean {
  return (ID.test(name) || NAME.test(name)) && value.length >= 3 && !WORDS.test(value) && !/^https?:/.test(value);
}

/** Values that show by themselves that chance made them, or that they are a person's or an account's; what they are called. */
export const shapesOfChance: readonly (readonly [string, RegExp])[] = [
  ["Uuid", /(?<![A-Za-z0-9])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![A-Za-z0-9])/gi],
  ["AccountId", /(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])/g],
  ["Email", /[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["Address", /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g],
  // Of base64, of hexadecimal digits, of digits and letters.
  [
    "Opaque",
    /(?<![A-Za-z0-9+/])(?=[^ ]*[0-9])(?=[^ ]*[a-z])(?=[^ ]*[A-Z])(?=[A-Za-z0-9/]*[+=])[A-Za-z0-9+/]{22,}={0,2}(?![A-Za-z0-9+/=])/g,
  ],
  ["Opaque", /(?<![\w-])(?=[^ ]*[0-9])(?=[^ ]*[a-z])(?=[^ ]*[A-Z])[A-Za-z0-9_-]{22,}(?![\w-])/g],
  ["Opaque", /(?<![A-Za-z0-9])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}(?![A-Za-z0-9])/g],
  ["Opaque", /(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9][A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{12,}(?![A-Za-z0-9])/g],
  ["Opaque", /(?<![A-Za-z0-9])[A-Za-z]{40,}(?![A-Za-z0-9])/g],
];
