// A stage's cache: what methods answered, given again for its time to live instead of asking the integration.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html

import type { Integration, MethodSetting } from "../../../models/apigateway.d.ts";
import { header, type Invocation } from "../rules/invocation.ts";
import { cachePlace, responseCaches, type StageCache } from "../rules/memory.ts";
import { requestValues } from "../rules/request-value.ts";
import type { Route } from "../rules/routes.ts";
import { methodSetting } from "../rules/throttle.ts";
import type { Answer } from "./answer.ts";
import { checkInvalidation, mayInvalidate } from "./resource-policy.ts";

/** Bytes of the largest answer that is kept. */
const LARGEST = 1_048_576;
const GIGABYTE = 1024 ** 3;
const IGNORED: readonly [string, string] = [
  "Warning",
  "199 Cache-control headers were ignored because the caller was unauthorized.",
];

/** The kept answer, or what `run` answers. Refusals and failures of API Gateway's own are thrown, and so never kept. */
export async function throughCache(
  invocation: Invocation,
  { method, resource }: Route,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const setting = settingOf(invocation, resource.path);
  const { methodIntegration: integration } = method;
  // What is given as it comes is not kept.
  if (setting === undefined || integration === undefined || integration.responseTransferMode === "STREAM") return run();
  const cache = cacheOf(invocation);
  const key = keyOf(invocation, integration);
  const now = invocation.context.clock.now();
  const wish = wishOf(invocation, setting);
  const kept = cache.answers.get(key);
  if (kept !== undefined && kept.until > now && wish !== "anew") {
    invocation.context.span.attributes["cache"] = "hit";
    return withWarning(kept.answer as Answer, wish);
  }
  const answer = await run();
  keep(cache, key, { answer, until: now + (setting.cacheTtlInSeconds ?? 300) * 1000 });
  return withWarning(answer, wish);
}

/** Undefined for a method that is not cached: settings for all methods mean GET alone. */
function settingOf({ stage, httpMethod }: Invocation, path: string): MethodSetting | undefined {
  if (stage.cacheClusterEnabled !== true) return undefined;
  const named = methodSetting(stage, path, httpMethod);
  const found = named?.place === "*/*" ? (methodSetting(stage, path, "ANY") ?? named) : named;
  if (found === undefined || (found.place === "*/*" && httpMethod !== "GET")) return undefined;
  const { cachingEnabled, cacheTtlInSeconds } = found.setting;
  return cachingEnabled === true && cacheTtlInSeconds !== 0 ? found.setting : undefined;
}

/** Another size is another cache. */
function cacheOf({ context, api, stage, canary }: Invocation): StageCache {
  const caches = responseCaches(context.world);
  const own = canary && stage.canarySettings?.useStageCache !== true;
  const place = cachePlace(api.id, stage.stageName, own ? "canary" : "");
  const room = Number(stage.cacheClusterSize ?? "0.5") * GIGABYTE;
  let found = caches.get(place);
  if (found?.room !== room) caches.set(place, (found = { room, used: 0, answers: new Map() }));
  return found;
}

/** Without cache keys, all requests of a method are one. */
function keyOf(invocation: Invocation, integration: Integration): string {
  const { cacheNamespace, cacheKeyParameters = [], requestParameters = {} } = integration;
  const values = cacheKeyParameters.map((name) =>
    // `integration.request.path.id` is whatever is mapped there.
    requestValues(invocation, name.startsWith("integration.") ? (requestParameters[name] ?? "") : name),
  );
  return JSON.stringify([cacheNamespace, invocation.httpMethod, values]);
}

type Wish = "kept" | "anew" | "ignored";

/** What the caller's Cache-Control comes to. */
function wishOf(invocation: Invocation, setting: MethodSetting): Wish {
  const asked = (header(invocation, "cache-control") ?? "").split(",").some((each) => each.trim() === "max-age=0");
  if (!asked) return "kept";
  if (setting.requireAuthorizationForCacheControl === false || mayInvalidate(invocation)) return "anew";
  const strategy = setting.unauthorizedCacheControlHeaderStrategy ?? "SUCCEED_WITH_RESPONSE_HEADER";
  if (strategy === "FAIL_WITH_403") checkInvalidation(invocation);
  return strategy === "SUCCEED_WITH_RESPONSE_HEADER" ? "ignored" : "kept";
}

function withWarning(answer: Answer, wish: Wish): Answer {
  return wish === "ignored" ? { ...answer, headers: [...answer.headers, IGNORED] } : answer;
}

/** The oldest make room. */
function keep(cache: StageCache, key: string, kept: { readonly answer: Answer; readonly until: number }): void {
  const bytes = Buffer.byteLength(kept.answer.body);
  drop(cache, key);
  if (bytes > LARGEST) return;
  cache.answers.set(key, { ...kept, bytes });
  cache.used += bytes;
  for (const oldest of cache.answers.keys()) {
    if (cache.used <= cache.room) return;
    drop(cache, oldest);
  }
}

function drop(cache: StageCache, key: string): void {
  cache.used -= cache.answers.get(key)?.bytes ?? 0;
  cache.answers.delete(key);
}
