// DynamoDB's calls beside DynamoDB Local and dynalite, through a raw client and through the SDK.

import { startHangar, startServer, type Server } from "../child.ts";
import { captured, CALLS, clientOf, fill } from "../dynamodb-calls.ts";
import { requestsPerSecond, type Captured } from "../load.ts";
import { atLeast, median, type Row } from "../table.ts";

type Engine = { readonly name: string; readonly server: Server; readonly aim: number };

const ROUNDS = 9;
/** autocannon measures whole seconds. */
const RAW_ROUNDS = 3;
/** Short and many: what disturbs a machine lasts longer than one of them, and falls on all alike. */
const SECONDS = 0.4;

export async function run(): Promise<readonly Row[]> {
  const engines: Engine[] = [];
  const skipped: Row[] = [];
  try {
    engines.push({ name: "Hangar", server: await startHangar(), aim: 0 });
    engines.push({ name: "dynalite", server: await startServer("./dynalite-server.js"), aim: 1 });
    const local = await startServer("./dynamodb-local-server.js").catch(() => undefined);
    if (local === undefined)
      skipped.push({ what: "DynamoDB Local", measured: "skipped: it needs Java, Maven and Maven Central" });
    else engines.push({ name: "DynamoDB Local", server: local, aim: 3 });
    for (const { server } of engines) await fill(server.port);
    const rows: Row[] = [];
    for (const [what, command] of Object.entries(CALLS)) {
      rows.push(...(await compared(`${what}, raw client`, engines, (server) => rawRate(server, command))));
      rows.push(...(await compared(`${what}, SDK, one caller`, engines, (server) => sdkRate(server, command), 1)));
    }
    return [...rows, ...skipped];
  } finally {
    for (const { server } of engines) await server.stop();
  }
}

/** In turn, so that a busy moment of the machine falls on all; the first round only warms up. */
async function compared(
  what: string,
  engines: readonly Engine[],
  rateOf: (server: Server) => Promise<(() => Promise<number>) | undefined>,
  aim?: number,
): Promise<readonly Row[]> {
  const last = aim === undefined ? RAW_ROUNDS : ROUNDS;
  const rounds = new Map<Engine, number[]>();
  const runs = new Map<Engine, (() => Promise<number>) | undefined>();
  for (const engine of engines) runs.set(engine, await rateOf(engine.server));
  for (let round = 0; round <= last; round += 1) {
    // Each is first in its turn: whoever follows the Java machine shares the processors with its compiler.
    const turn = [...runs].map((_each, at, all) => all[(at + round) % all.length]);
    for (const [engine, run] of turn.flatMap((each) => (each === undefined ? [] : [each]))) {
      if (run === undefined) continue;
      const rate = await run();
      if (round > 0) rounds.set(engine, [...(rounds.get(engine) ?? []), rate]);
    }
  }
  const [own, ...peers] = engines;
  const ownRate = median(own === undefined ? [] : (rounds.get(own) ?? []));
  return peers.flatMap((peer): Row[] => {
    const rates = rounds.get(peer);
    if (rates === undefined) return [];
    const rate = median(rates);
    const ratio = median(rates.map((each, at) => (own === undefined ? 0 : (rounds.get(own)?.[at] ?? 0) / each)));
    return [
      {
        what,
        measured: `${Math.round(ownRate)}/s`,
        against: `${peer.name}: ${Math.round(rate)}/s`,
        ratio,
        ...atLeast(aim ?? peer.aim, ratio),
      },
    ];
  });
}

/** Undefined for a call that the server does not know. */
async function rawRate(server: Server, command: object): Promise<(() => Promise<number>) | undefined> {
  const request: Captured = await captured(server.port, command);
  return (await isKnown(server, command)) ? () => requestsPerSecond(server.port, request) : undefined;
}

async function sdkRate(server: Server, command: object): Promise<(() => Promise<number>) | undefined> {
  if (!(await isKnown(server, command))) return undefined;
  // One caller, as a test is: many of them measure the SDK, which costs more processor than any of the servers.
  return async () => {
    const client = clientOf(server.port);
    await client.send(command as never);
    const started = performance.now();
    let calls = 0;
    for (; performance.now() < started + SECONDS * 1000; calls += 1) await client.send(command as never);
    const rate = (calls / (performance.now() - started)) * 1000;
    client.destroy();
    return rate;
  };
}

async function isKnown(server: Server, command: object): Promise<boolean> {
  const client = clientOf(server.port);
  try {
    await client.send(command as never);
    return true;
  } catch (error) {
    if ((error as Error).name !== "UnknownOperationException") throw error;
    return false;
  } finally {
    client.destroy();
  }
}
