// Opens a cloud as it was asked for: its port, the ports of its forks, and the snapshot it begins with.

import { resolve } from "node:path";
import { Cloud, type CloudSettings } from "../cloud/cloud.ts";
import type { RealitySettings } from "../stand-in/reality-settings.ts";
import { readManifest } from "../cloud/snapshot-folder.ts";
import { restoreSnapshot } from "../cloud/snapshot-load.ts";
import { handlerOf } from "./handle.ts";
import { listen } from "./server.ts";
import { upgradesOf } from "./upgrade.ts";

export type StartSettings = CloudSettings &
  RealitySettings & {
    /** 0, the default, takes any free port. */
    readonly port?: number | undefined;
    /** Address to listen on; loopback by default. */
    readonly host?: string | undefined;
    /** A snapshot's folder to begin with. */
    readonly snapshot?: string | undefined;
    /** Do not listen at all: only clients in this process. Lambda functions then cannot reach the cloud. */
    readonly listen?: boolean | undefined;
  };

/** For our own doors (cli): the cloud itself beside its face. */
export async function openCloud(
  settings: StartSettings,
): Promise<{ cloud: Cloud; port: number; close: () => Promise<void> }> {
  const { snapshot } = settings;
  if (snapshot === undefined) return listenFor(settings);
  const { account, region } = await readManifest(resolve(snapshot));
  const opened = await listenFor({
    ...settings,
    account: settings.account ?? account,
    region: settings.region ?? region,
  });
  try {
    if (opened.cloud.hasKept)
      throw new Error("What is kept from the last start would be lost: load the snapshot later.");
    await restoreSnapshot(opened.cloud, opened.cloud.world, { directory: snapshot, ids: "same" });
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}

async function listenFor(settings: StartSettings): Promise<{ cloud: Cloud; port: number; close: () => Promise<void> }> {
  const cloud = new Cloud(await altered(settings));
  await cloud.open();
  if (settings.listen === false) return { cloud, port: 0, close: () => cloud.close() };
  const where = { port: settings.port ?? 0, host: settings.host };
  const listening = await listen(handlerOf(cloud, cloud.world), where, upgradesOf(cloud, cloud.world)).catch(
    async (error: unknown) => {
      await cloud.close();
      throw error;
    },
  );
  cloud.origin = `http://127.0.0.1:${listening.port}`;
  cloud.forks.open = (world) =>
    listen(handlerOf(cloud, world), { port: 0, host: settings.host }, upgradesOf(cloud, world));
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= listening.close().then(() => cloud.close()));
  return { cloud, port: listening.port, close };
}

/** With what of a real account's slowness was asked for; nothing of it is loaded where nothing was. */
async function altered(settings: StartSettings): Promise<CloudSettings> {
  const { consistency, stateTimes, throttling } = settings;
  if (consistency === undefined && stateTimes !== true && throttling !== true) return settings;
  const { alterations } = await import("../stand-in/alterations.ts");
  const { alter, dynamodb } = alterations(settings);
  return { ...settings, alter, dynamodb: { ...dynamodb, ...settings.dynamodb } };
}
