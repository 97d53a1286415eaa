// Lets the end of an event follow its start: when the start is changed, the end moves by as much.
//
//   <form data-span>
//     <input type="date" name="starts_on"> <input type="time" name="starts_at">
//     <input type="date" name="ends_on"> <input type="time" name="ends_at">
//
// The server checks that the end is not before the start.

const MINUTE_MS = 60000;

// The moment in two fields, as if the zone were UTC: only differences matter.
function moment(day, time) {
  const at = Date.parse(`${day.value}T${time.value || "00:00"}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function watch(form) {
  const field = (name) => form.elements.namedItem(name);
  const [startDay, startTime, endDay, endTime] = ["starts_on", "starts_at", "ends_on", "ends_at"].map(field);
  let start = moment(startDay, startTime);

  function follow() {
    const moved = moment(startDay, startTime);
    const end = moment(endDay, endTime);
    if (moved === undefined) return;
    if (start !== undefined && end !== undefined && Math.abs(moved - start) >= MINUTE_MS) {
      const [day, time] = new Date(end + moved - start).toISOString().split("T");
      endDay.value = day;
      if (endTime.value) endTime.value = time.slice(0, 5);
    }
    start = moved;
  }

  for (const input of [startDay, startTime]) input.addEventListener("change", follow);
}

document.querySelectorAll("form[data-span]").forEach(watch);
