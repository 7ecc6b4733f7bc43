// Wall time of the district (Europe/Berlin) and instants, whatever zone the browser is in.

const DAY = 86_400_000;
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin", hourCycle: "h23",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

/** Date and time on the district's clocks at an instant. */
export function wallTime(iso) {
  const part = Object.fromEntries(PARTS.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

/** The instant at which the district's clocks show this; the later clock change decides twice. */
export function instantOf(date, time) {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const first = wanted - offset(wanted);
  return new Date(wanted - offset(first)).toISOString();
}

/** The day so many days after another. */
export function dayAfter(date, days = 1) {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Today on the district's calendar. */
export function today() {
  return wallTime(new Date().toISOString()).date;
}

function offset(milliseconds) {
  const { date, time } = wallTime(new Date(milliseconds).toISOString());
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(milliseconds / 60_000) * 60_000;
}
