// A cloud assembly (cdk.out): its stacks in the order they deploy, and the files they need.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type StackArtifact = {
  readonly id: string;
  /** Its place in the app, by which the CDK CLI finds it: `Stage/Photos`. */
  readonly path: string;
  readonly stackName: string;
  readonly templatePath: string;
  /** `account` and `region` are undefined where the app does not say. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  readonly assets: readonly FileAsset[];
  /** ARNs of the roles that the CDK CLI takes on to deploy it. */
  readonly roles: readonly string[];
  /** ARN of the role that CloudFormation takes on; undefined where the deployer's own rights do. */
  readonly executionRole: string | undefined;
  readonly images: readonly ImageAsset[];
  /** Where its asset manifests are. */
  readonly manifests: readonly string[];
  /** Ids of the stacks that deploy before it. */
  readonly after: readonly string[];
  /** What `cdk bootstrap` must have left in its account and region; undefined where the app wants nothing of it. */
  readonly bootstrap: { readonly version: number; readonly parameter: string } | undefined;
  /** File in which the CDK says where each construct was made; undefined where it does not. */
  readonly metadataPath?: string | undefined;
};

export type FileAsset = {
  readonly path: string;
  readonly packaging: "file" | "zip";
  /** With `${AWS::AccountId}` and the like still in them. */
  readonly bucket: string;
  readonly key: string;
};

/** Of the asset manifest: what `docker build` is told. */
export type ImageSource = {
  /** Absolute. */
  readonly directory: string;
  /** In place of a build: a program that prints an image's name. */
  readonly executable?: readonly string[];
  readonly dockerFile?: string;
  readonly dockerBuildTarget?: string;
  readonly dockerBuildArgs?: Readonly<Record<string, string>>;
  readonly dockerBuildContexts?: Readonly<Record<string, string>>;
  readonly dockerBuildSecrets?: Readonly<Record<string, string>>;
  readonly dockerBuildSsh?: string;
  readonly dockerOutputs?: readonly string[];
  readonly networkMode?: string;
  readonly platform?: string;
  readonly cacheFrom?: readonly ImageCache[];
  readonly cacheTo?: ImageCache;
  readonly cacheDisabled?: boolean;
};
type ImageCache = { readonly type: string; readonly params?: Readonly<Record<string, string>> };

export type ImageAsset = {
  readonly id: string;
  readonly source: ImageSource;
  /** With `${AWS::AccountId}` and the like still in them. */
  readonly repository: string;
  readonly tag: string;
};

type Manifest = { readonly artifacts?: Readonly<Record<string, Artifact>> };
type Artifact = {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalMetadataFile?: string;
};
export type AssetManifest = {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string; readonly packaging?: string };
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
      }
    >
  >;
  readonly dockerImages?: Readonly<
    Record<
      string,
      {
        readonly source: Omit<ImageSource, "directory"> & { readonly directory?: string };
        readonly destinations: Readonly<Record<string, { readonly repositoryName: string; readonly imageTag: string }>>;
      }
    >
  >;
};

/** Throws an Error that says what is missing when the folder is no assembly. */
export function readAssembly(directory: string): StackArtifact[] {
  const path = join(directory, "manifest.json");
  if (!existsSync(path))
    throw new Error(
      `${directory} is not a cloud assembly: there is no manifest.json. Run "cdk synth" first, or give --app.`,
    );
  const artifacts = (readJson(path) as Manifest).artifacts ?? {};
  const stacks: StackArtifact[] = [];
  for (const id of inOrder(artifacts)) {
    const artifact = artifacts[id] as Artifact;
    if (artifact.type === "aws:cloudformation:stack") stacks.push(stackOf(directory, id, artifacts));
    if (artifact.type === "cdk:cloud-assembly")
      stacks.push(...readAssembly(join(directory, String(artifact.properties?.["directoryName"]))));
  }
  return stacks;
}

/** The stacks with these names or ids, or all. Throws an Error for a name the assembly does not have. */
export function selected(stacks: readonly StackArtifact[], names: unknown): readonly StackArtifact[] {
  if (!Array.isArray(names) || names.length === 0) return stacks;
  return names.map((name) => {
    const found = stacks.find((stack) => stack.stackName === name || stack.id === name);
    if (found === undefined)
      throw new Error(
        `There is no stack "${String(name)}". There are: ${stacks.map((stack) => stack.stackName).join(", ")}.`,
      );
    return found;
  });
}

function stackOf(directory: string, id: string, artifacts: Readonly<Record<string, Artifact>>): StackArtifact {
  const artifact = artifacts[id] as Artifact;
  const properties = artifact.properties ?? {};
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? "") ?? [];
  const dependencies = artifact.dependencies ?? [];
  const manifests = dependencies.flatMap((name) => {
    const file = artifacts[name]?.type === "cdk:asset-manifest" ? artifacts[name]?.properties?.["file"] : undefined;
    return typeof file === "string" ? [join(directory, file)] : [];
  });
  const version = properties["requiresBootstrapStackVersion"];
  const parameter = textIn(properties["bootstrapStackVersionSsmParameter"]);
  return {
    id,
    path: artifact.displayName ?? id,
    stackName: textIn(properties["stackName"]) ?? id,
    templatePath: join(directory, String(properties["templateFile"])),
    account: known(account),
    region: known(region),
    parameters: (properties["parameters"] ?? {}) as Record<string, string>,
    tags: (properties["tags"] ?? {}) as Record<string, string>,
    terminationProtection: properties["terminationProtection"] === true,
    assets: manifests.flatMap(fileAssets),
    roles: [properties, ...manifests.map(readJson)].flatMap(rolesIn),
    executionRole: textIn(properties["cloudFormationExecutionRoleArn"]),
    images: manifests.flatMap(imageAssets),
    manifests,
    after: dependencies.filter((name) => artifacts[name]?.type === "aws:cloudformation:stack"),
    metadataPath:
      artifact.additionalMetadataFile === undefined ? undefined : join(directory, artifact.additionalMetadataFile),
    bootstrap: typeof version === "number" && parameter !== undefined ? { version, parameter } : undefined,
  };
}

function fileAssets(manifestPath: string): FileAsset[] {
  const { files = {} } = readJson(manifestPath) as AssetManifest;
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map((destination) => ({
      path: join(dirname(manifestPath), source.path ?? ""),
      packaging: source.packaging === "zip" ? ("zip" as const) : ("file" as const),
      bucket: destination.bucketName,
      key: destination.objectKey,
    })),
  );
}

function imageAssets(manifestPath: string): ImageAsset[] {
  const { dockerImages = {} } = readJson(manifestPath) as AssetManifest;
  return Object.entries(dockerImages).flatMap(([id, { source, destinations }]) =>
    Object.values(destinations).map(({ repositoryName, imageTag }) => ({
      id,
      source: { ...source, directory: join(dirname(manifestPath), source.directory ?? "") },
      repository: repositoryName,
      tag: imageTag,
    })),
  );
}

const ROLES = new Set(["assumeRoleArn", "cloudFormationExecutionRoleArn", "arn"]);

function rolesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === "string" ? (ROLES.has(name) ? [each] : []) : rolesIn(each),
  );
}

function known(value: string | undefined): string | undefined {
  return value === undefined || value.startsWith("unknown-") ? undefined : value;
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Each artifact after those it depends on. */
function inOrder(artifacts: Readonly<Record<string, Artifact>>): string[] {
  const order = new Set<string>();
  const visit = (id: string): void => {
    if (order.has(id) || artifacts[id] === undefined) return;
    for (const dependency of artifacts[id].dependencies ?? []) visit(dependency);
    order.add(id);
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return [...order];
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
