// The mapping template that API Gateway writes for a model: an example of what the schema describes.

type Schema = Readonly<Record<string, unknown>>;
/** The text of another model of the API. */
type Named = (name: string) => string | undefined;

export function sampleTemplate(schema: string, named: Named): string {
  return `#set($inputRoot = $input.path('$'))\n${sample(JSON.parse(schema) as Schema, named, { depth: 0, from: "$inputRoot" })}`;
}

/** How deep models may refer to one another, or to themselves. */
const DEEPEST = 8;

type Place = { readonly depth: number; readonly from: string };

function sample(schema: Schema, named: Named, place: Place): string {
  const reference = schema["$ref"];
  if (place.depth > DEEPEST) return "{ }";
  if (typeof reference === "string") {
    const other = named(reference.slice(reference.lastIndexOf("/") + 1));
    return other === undefined
      ? "{ }"
      : sample(JSON.parse(other) as Schema, named, { ...place, depth: place.depth + 1 });
  }
  const { type = "properties" in schema ? "object" : undefined } = schema;
  if (type === "array") return list(schema, named, place);
  if (type === "object") return object(schema, named, place);
  return SCALARS[String(type)] ?? '"foo"';
}

const SCALARS: Readonly<Record<string, string>> = { boolean: "true", integer: "42", number: "3.14159", null: "null" };

function object({ properties = {} }: Schema, named: Named, { depth, from }: Place): string {
  const indent = "  ".repeat(depth + 1);
  const members = Object.entries(properties as Readonly<Record<string, Schema>>).map(
    ([name, member]) => `${indent}"${name}" : ${sample(member, named, { depth: depth + 1, from })}`,
  );
  return members.length === 0 ? "{ }" : `{\n${members.join(",\n")}\n${"  ".repeat(depth)}}`;
}

function list({ items = {} }: Schema, named: Named, { depth, from }: Place): string {
  const indent = "  ".repeat(depth);
  const item = sample(items as Schema, named, { depth: depth + 1, from: "$elem" });
  return `[\n##TODO: Update this foreach loop to reference array from input json\n#foreach($elem in ${from})\n${indent} ${item}#if($foreach.hasNext),#end\n\n#end\n${indent}]`;
}
