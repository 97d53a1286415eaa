"""Takes the message on standard input apart and prints what it brings to a calendar as JSON, as
the package icalendar reads it."""

import email
import email.policy
import json
import sys

import icalendar

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)


def event(entry):
    attendees = entry.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    return {
        **{name.lower(): str(entry.get(name, "")) for name in (
            "UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS", "ORGANIZER")},
        "sequence": int(entry["SEQUENCE"]),
        "start": entry.decoded("DTSTART").isoformat(),
        "end": entry.decoded("DTEND").isoformat(),
        "stamp": entry.decoded("DTSTAMP").isoformat(),
        "host": entry["ORGANIZER"].params.get("CN", ""),
        "attendees": [str(one) for one in attendees],
        "rsvp": [one.params["RSVP"] for one in attendees],
        "errors": [list(map(str, error)) for error in entry.errors],
    }


def calendar(part):
    content = part.get_payload(decode=True)
    read = icalendar.Calendar.from_ical(content)
    return {
        "type": part.get_content_type(),
        "method": part["Content-Type"].params.get("method"),
        "charset": part["Content-Type"].params.get("charset"),
        "name": part.get_filename(),
        "disposition": part.get_content_disposition(),
        "asks": str(read["METHOD"]),
        "longest": max(len(line) for line in content.split(b"\r\n")),
        "is_crlf": content.count(b"\n") == content.count(b"\r\n"),
        "events": [event(entry) for entry in read.walk("VEVENT")],
    }


parts = list(message.walk())
json.dump({
    "types": [part.get_content_type() for part in parts],
    "defects": [str(defect) for part in parts for defect in part.defects],
    "calendars": [calendar(part) for part in parts
                  if part.get_content_type() in ("text/calendar", "application/ics")],
}, sys.stdout)
