// Prints, as JSON, what node-ical reads in the calendars named as arguments: file -> events.
const ical = require("node-ical");

function moment(date, wholeDay) {
  if (!wholeDay) return date.toISOString().replace(".000", "");
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function read(path) {
  return Object.values(ical.sync.parseFile(path))
    .filter((entry) => entry.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      start: moment(event.start, event.datetype === "date"),
      end: moment(event.end, event.datetype === "date"),
      status: event.status,
      sequence: Number(event.sequence),
    }));
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((path) => [path, read(path)]))));
