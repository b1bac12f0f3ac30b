// Objects of 1 KB to 1 GB up to S3 and down again, beside s3rver and files behind node:http.

import { request } from "node:http";
import { requestsPerSecond } from "../load.ts";
import { openStores, type Store } from "../object-stores.ts";
import { atLeast, atMost, median, timed, type Row } from "../table.ts";

const MEGABYTES = 1024;
const CHUNK = Buffer.alloc(1024 * 1024, 7);
/** Bytes, and how many seconds of them are enough to count. */
const SIZES = { "1 KB": { bytes: 1024, seconds: 1 }, "1 MB": { bytes: 1024 * 1024, seconds: 3 } };
const CLIENTS = 64;
const RATE_ROUNDS = 3;
const LARGE_ROUNDS = 5;

export async function run(): Promise<readonly Row[]> {
  const { hangar, peers } = await openStores();
  try {
    const idle = hangar.server.residentMb();
    const rows = await large([hangar, ...peers]);
    const extra = hangar.server.peakMb() - idle;
    rows.push({ what: "peak memory for 1 GB", measured: `${Math.round(extra)} MB`, ...atMost(100, extra, "MB") });
    for (const [size, of] of Object.entries(SIZES)) rows.push(...(await rates([hangar, ...peers], size, of)));
    return rows;
  } finally {
    for (const { server } of [hangar, ...peers]) await server.stop();
  }
}

/** What each store does in each round, in turn: a busy moment of the machine falls on all. The first only warms up. */
async function inTurn(
  stores: readonly Store[],
  rounds: number,
  run: (store: Store) => Promise<number>,
): Promise<ReadonlyMap<Store, readonly number[]>> {
  const results = new Map<Store, number[]>(stores.map((store) => [store, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const store of stores) {
      const result = await run(store);
      if (round > 0) results.get(store)?.push(result);
    }
  return results;
}

type Aims = Readonly<Record<string, number>>;

function rowsOf(
  results: ReadonlyMap<Store, readonly number[]>,
  { what, unit, aims }: { readonly what: string; readonly unit: string; readonly aims: Aims },
): Row[] {
  const [own = [], ...others] = results.values();
  const [, ...peers] = results.keys();
  return peers.map((peer, at) => {
    const theirs = others[at] ?? [];
    const ratio = median(own.map((each, round) => each / (theirs[round] ?? Number.NaN)));
    const aim = aims[peer.name];
    return {
      what,
      measured: `${Math.round(median(own))}${unit}`,
      against: `${peer.name}: ${Math.round(median(theirs))}${unit}`,
      ratio,
      ...(aim === undefined ? {} : atLeast(aim, ratio)),
    };
  });
}

async function large(stores: readonly Store[]): Promise<Row[]> {
  const rate = async (run: () => Promise<void>): Promise<number> => MEGABYTES / ((await timed(run)) / 1000);
  const urls = new Map(await Promise.all(stores.map(async (store) => [store, await store.urls("large")] as const)));
  const up = await inTurn(stores, LARGE_ROUNDS, (store) => rate(() => send(urls.get(store)?.up ?? "")));
  const down = await inTurn(stores, LARGE_ROUNDS, (store) => rate(() => receive(urls.get(store)?.down ?? "")));
  const aims = { "raw files": 0.6, s3rver: 1 };
  return [
    ...rowsOf(up, { what: "1 GB object up", unit: " MB/s", aims }),
    ...rowsOf(down, { what: "1 GB object down", unit: " MB/s", aims }),
  ];
}

async function rates(
  stores: readonly Store[],
  size: string,
  { bytes, seconds }: { readonly bytes: number; readonly seconds: number },
): Promise<Row[]> {
  const rows: Row[] = [];
  const body = Buffer.alloc(bytes, 1);
  const calls = { PutObject: (store: Store) => store.put(size, body), GetObject: (store: Store) => store.get(size) };
  for (const [name, call] of Object.entries(calls)) {
    const requests = new Map(await Promise.all(stores.map(async (store) => [store, await call(store)] as const)));
    const results = await inTurn(stores, RATE_ROUNDS, async (store) => {
      const request = requests.get(store);
      return request === undefined
        ? 0
        : requestsPerSecond(store.server.port, request, { connections: CLIENTS, seconds });
    });
    const what = `${name} ${size}, ${CLIENTS} clients`;
    rows.push(...rowsOf(results, { what, unit: "/s", aims: { s3rver: 1 } }));
  }
  return rows;
}

function send(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method: "PUT", headers: { "content-length": MEGABYTES * CHUNK.length } },
      (response) => {
        response.resume();
        response.once("end", () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`PUT: ${response.statusCode}`)),
        );
      },
    );
    outgoing.once("error", reject);
    let left = MEGABYTES;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!outgoing.write(CHUNK)) {
          outgoing.once("drain", more);
          return;
        }
      }
      outgoing.end();
    };
    more();
  });
}

function receive(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let size = 0;
    request(url, (response) => {
      response.on("data", (chunk: Buffer) => (size += chunk.length));
      response.once("end", () =>
        size === MEGABYTES * CHUNK.length ? resolve() : reject(new Error(`GET: ${size} bytes`)),
      );
    })
      .once("error", reject)
      .end();
  });
}
