// Custom::CrossRegionExportWriter and Reader: values that one region's stack hands to another's through Parameter Store.

import {
  listAt,
  mapAt,
  textAt,
  unless,
  type CallApi,
  type CustomProperties,
  type NativeCustom,
} from "./native-custom.ts";

const STRONG = "aws-cdk:strong-ref:";

export const exportWriter: NativeCustom = async (request, call) => {
  const { region, exports } = writerProps(request.properties);
  const before = request.type === "Update" ? writerProps(request.previous ?? {}) : undefined;
  const old = before?.region === region ? before.exports : {};
  if (request.type === "Delete") {
    await refuseInUse(Object.keys(exports), region, call);
    await drop(Object.keys(exports), region, call);
  } else {
    const changed = Object.keys(exports).filter(
      (name) => Object.hasOwn(old, name) && String(old[name]) !== String(exports[name]),
    );
    const gone = Object.keys(old).filter((name) => !Object.hasOwn(exports, name));
    await refuseInUse([...changed, ...gone], region, call);
    for (const [name, value] of Object.entries(exports))
      if (String(old[name]) !== String(value))
        await call(
          "ssm",
          "PutParameter",
          { Name: name, Value: String(value), Type: "String", Overwrite: true },
          { region },
        );
    await drop(gone, region, call);
  }
  return { physicalId: request.physicalId ?? request.uniqueId(), data: {} };
};

function writerProps(properties: CustomProperties): { readonly region: string; readonly exports: CustomProperties } {
  const props = mapAt(properties, "WriterProps");
  return { region: textAt(props, "region"), exports: mapAt(props, "exports") };
}

async function drop(names: readonly string[], region: string, call: CallApi): Promise<void> {
  for (let from = 0; from < names.length; from += 10)
    await call("ssm", "DeleteParameters", { Names: names.slice(from, from + 10) }, { region });
}

async function refuseInUse(names: readonly string[], region: string, call: CallApi): Promise<void> {
  const used: string[] = [];
  for (const name of names) {
    await unless(/^(InvalidResourceId|ParameterNotFound)$/, async () => {
      const tags = listAt(
        await call("ssm", "ListTagsForResource", { ResourceType: "Parameter", ResourceId: name }, { region }),
        "TagList",
      ) as readonly { readonly Key?: string }[];
      const stacks = tags.flatMap((tag) =>
        tag.Key?.startsWith(STRONG) === true ? [tag.Key.slice(STRONG.length)] : [],
      );
      if (stacks.length > 0) used.push(`${name} is in use by stack(s) ${stacks.join(" ")}`);
    });
  }
  if (used.length > 0) throw new Error(`Exports cannot be updated: \n${used.join("\n")}`);
}

export const exportReader: NativeCustom = async (request, call) => {
  const { region, prefix, imports } = readerProps(request.properties);
  const names = Object.keys(imports);
  const old = request.type === "Update" ? Object.keys(readerProps(request.previous ?? {}).imports) : [];
  const untag = (name: string): Promise<void> =>
    unless(/^(InvalidResourceId|ParameterNotFound)$/, () =>
      call(
        "ssm",
        "RemoveTagsFromResource",
        { ResourceType: "Parameter", ResourceId: name, TagKeys: [`${STRONG}${prefix}`] },
        { region },
      ),
    );
  if (request.type === "Delete") for (const name of names) await untag(name);
  else {
    for (const name of names)
      if (!old.includes(name))
        await call(
          "ssm",
          "AddTagsToResource",
          { ResourceType: "Parameter", ResourceId: name, Tags: [{ Key: `${STRONG}${prefix}`, Value: "true" }] },
          { region },
        );
    for (const name of old) if (!names.includes(name)) await untag(name);
  }
  return { physicalId: request.physicalId ?? request.uniqueId(), data: imports };
};

function readerProps(properties: CustomProperties): {
  readonly region: string;
  readonly prefix: string;
  readonly imports: CustomProperties;
} {
  const props = mapAt(properties, "ReaderProps");
  return { region: textAt(props, "region"), prefix: textAt(props, "prefix"), imports: mapAt(props, "imports") };
}
