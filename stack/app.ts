// The CDK app: one stack, the same on every target, bound to no account and no region.
import { App, Tags } from "aws-cdk-lib";
import { NebulaStack } from "./nebula-stack.ts";

const app = new App();
const nebula = new NebulaStack(app, "Nebula", {
  description: "Nebula, a photo locker: albums, uploads, thumbnails and share links",
});
Tags.of(nebula).add("app", "nebula");
