// The world's time in place of the host's, for functions that ask for it: `Date` is shifted, by as much as each invocation says.

const HostDate = Date;
const hostClock = Date.now;
let offset = 0;

/** What deadlines are counted by. */
export function hostNow() {
  return hostClock();
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
