// The parameters AWS publishes: machine images and regions. Image ids follow from name and region, so they are the same every time.

import { createHash } from "node:crypto";

const REGIONS =
  "us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 eu-south-1 me-south-1 sa-east-1".split(
    " ",
  );

const IMAGES: readonly RegExp[] = [
  /^\/aws\/service\/ami-amazon-linux-latest\/(al2023-ami-(minimal-)?kernel-(default|6\.1|6\.12)-(x86_64|arm64)|amzn2-ami-(kernel-5\.10-|minimal-)?(hvm-)?(x86_64|arm64)-(gp2|ebs)|amzn2-ami-kernel-5\.10-hvm-(x86_64|arm64)-(gp2|ebs)|amzn2-ami-hvm-(x86_64|arm64)-(gp2|ebs)|amzn-ami-hvm-x86_64-(gp2|ebs))$/,
  /^\/aws\/service\/ami-windows-latest\/[\w-]+$/,
  /^\/aws\/service\/ecs\/optimized-ami\/(amazon-linux|amazon-linux-2|amazon-linux-2023)(\/(arm64|gpu|inf|neuron))?\/recommended\/image_id$/,
  /^\/aws\/service\/bottlerocket\/aws-(ecs|k8s)-[\w.-]+\/(x86_64|arm64)\/[\w.-]+\/image_id$/,
  /^\/aws\/service\/canonical\/ubuntu\/server\/[\w.]+\/stable\/current\/(amd64|arm64)\/hvm\/ebs-gp[23]\/ami-id$/,
  /^\/aws\/service\/eks\/optimized-ami\/[\d.]+\/[\w-]+(\/[\w-]+)*\/recommended\/image_id$/,
];

const ECS = /^\/aws\/service\/ecs\/optimized-ami\/[\w-]+(\/(arm64|gpu|inf|neuron))?\/recommended$/;

export type PublicParameter = {
  readonly name: string;
  readonly value: string;
  readonly dataType: "text" | "aws:ec2:image";
};

export function publicParameter(name: string, region: string): PublicParameter | undefined {
  if (!name.startsWith("/aws/service/")) return undefined;
  if (IMAGES.some((pattern) => pattern.test(name)))
    return { name, value: imageId(name, region), dataType: "aws:ec2:image" };
  if (ECS.test(name)) {
    const facts = {
      ecs_agent_version: "1.89.2",
      ecs_runtime_version: "Docker version 25.0.6",
      image_id: imageId(`${name}/image_id`, region),
      os: "Amazon Linux 2",
      schema_version: 1,
    };
    return { name, value: JSON.stringify(facts), dataType: "text" };
  }
  const match = /^\/aws\/service\/global-infrastructure\/regions\/([\w-]+)$/.exec(name);
  return match !== null && REGIONS.includes(match[1] ?? "")
    ? { name, value: match[1] ?? "", dataType: "text" }
    : undefined;
}

/** Those under a path, as far as they can be listed. */
export function publicParametersUnder(path: string): readonly PublicParameter[] {
  const folder = "/aws/service/global-infrastructure/regions";
  return path.replace(/\/$/, "") === folder
    ? REGIONS.map((region) => ({ name: `${folder}/${region}`, value: region, dataType: "text" as const }))
    : [];
}

function imageId(name: string, region: string): string {
  return `ami-${createHash("sha256").update(`${region}${name}`).digest("hex").slice(0, 17)}`;
}
