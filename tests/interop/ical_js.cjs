// Prints, as JSON, what ical.js reads in the calendars named as arguments: file -> events.
// Times are those of the calendar's own VTIMEZONE.
const fs = require("fs");
const ICAL = require("ical.js");

function moment(time) {
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${time} floats`);
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000", "");
}

function read(path) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path, "utf8")));
  return calendar.getAllSubcomponents("vevent").map((event) => {
    const value = (name) => event.getFirstPropertyValue(name);
    return {
      uid: value("uid"),
      start: moment(value("dtstart")),
      end: moment(value("dtend")),
      status: value("status"),
      sequence: value("sequence"),
    };
  });
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((path) => [path, read(path)]))));
