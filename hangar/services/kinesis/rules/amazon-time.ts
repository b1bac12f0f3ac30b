// A time as AWS writes it into messages: `Thu Jan 22 01:22:02 UTC 2015`.

export function amazonTime(time: number): string {
  const [day = "", date = "", month = "", year = "", clock = ""] = new Date(time).toUTCString().split(/,? /);
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
}
