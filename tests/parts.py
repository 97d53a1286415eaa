"""Takes the message on standard input apart and prints its parts as JSON."""

import email
import email.policy
import hashlib
import json
import sys

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)


def described(part):
    body = b"" if part.is_multipart() else part.get_payload(decode=True)
    return {
        "type": part.get_content_type(),
        "name": part.get_filename(),
        "disposition": part.get_content_disposition(),
        "content_id": part["Content-ID"],
        "sha256": hashlib.sha256(body).hexdigest(),
        "defects": [str(defect) for defect in part.defects],
    }


json.dump([described(part) for part in message.walk()], sys.stdout)
