"""Answers decisions of lease.py, one JSON list of arguments a line: lease-driver.py FOLDER_OF_LEASE."""
import json
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from lease import decide  # noqa: E402

for line in sys.stdin:
    print(decide(*json.loads(line)), flush=True)
