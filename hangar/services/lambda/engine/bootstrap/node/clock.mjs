// The world's time in place of the host's, for functions that ask for it: `Date` is shifted, by as much as each invocation says.

const HostDate = Date;
const hostClock = Date.now;
/** Called by Hangar's own debugger session when the process goes on. */
const PAUSED = Symbol.for("hangar.paused");
let offset = 0;
let paused = 0;

/** What deadlines are counted by. */
export function hostNow() {
  return hostClock();
}

/** Of an invocation that began since `beginInvocation`: the time at breakpoints is none of its. */
export function leftUntil(deadline) {
  return Math.max(0, deadline + paused - hostNow());
}

export function beginInvocation() {
  paused = 0;
}

export function countPauses() {
  Object.defineProperty(globalThis, PAUSED, { value: (milliseconds) => (paused += milliseconds) });
}

/** Milliseconds that the world is ahead of the host, from now on. */
export function shiftClock(milliseconds) {
  offset = milliseconds;
}

/** Before the function is loaded, since modules may keep `Date`. */
export function followWorld(milliseconds) {
  shiftClock(milliseconds);
  const now = () => hostClock() + offset;
  function WorldDate(...given) {
    if (new.target === undefined) return new HostDate(now()).toString();
    const target = new.target === WorldDate ? HostDate : new.target;
    return Reflect.construct(HostDate, given.length === 0 ? [now()] : given, target);
  }
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(HostDate)))
    Object.defineProperty(WorldDate, name, { ...property, ...(name === "now" ? { value: now } : {}) });
  HostDate.prototype.constructor = WorldDate;
  globalThis.Date = WorldDate;
}
