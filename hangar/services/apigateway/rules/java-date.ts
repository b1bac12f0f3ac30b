// Times as Java's Date prints them: `Fri Jul 29 18:52:53 UTC 2016`.

export function javaDate(milliseconds: number): string {
  const [day, date, month, year, time] = new Date(milliseconds).toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}
