"""Rewrites an image archive (`docker save` format) so that the same content has the same bytes:
without the names of the container that it was built in, and without times and owners of files.

    python3 reproducible.py IMAGE.tar NAME:TAG
"""

import hashlib
import io
import json
import sys
import tarfile


def main(path: str, tag: str) -> None:
    with tarfile.open(path) as archive:
        def read(name: str) -> bytes:
            return archive.extractfile(archive.getmember(name)).read()

        (image,) = json.loads(read("manifest.json"))
        config = json.loads(read(image["Config"]))
        layers = [read(name) for name in image["Layers"]]
    for name in ("container", "container_config", "docker_version"):
        config.pop(name, None)
    for name in ("Hostname", "Domainname", "Image"):
        config["config"].pop(name, None)
    text = json.dumps(config, sort_keys=True, separators=(",", ":")).encode()
    config_name = hashlib.sha256(text).hexdigest() + ".json"
    files = [(config_name, text)]
    files += [(hashlib.sha256(layer).hexdigest() + ".tar", layer) for layer in layers]
    manifest = {
        "Config": config_name,
        "RepoTags": [tag],
        "Layers": [name for name, _ in files[1:]],
    }
    files.append(("manifest.json", json.dumps([manifest]).encode()))
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mode = 0o644
            archive.addfile(member, io.BytesIO(content))


main(sys.argv[1], sys.argv[2])
