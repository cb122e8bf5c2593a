"""What a member of a group that grows and shrinks may do next: lease.py CLAIM NOW AT_ONCE SECONDS NEED SETTLE < LISTING.

Members know neither each other nor their number, but all of them may put objects into one bucket. A claim is an object of its own name for each
attempt; its time is the store's. A claim counts while it is younger than SECONDS, so that a member that dies gives its turn back. The AT_ONCE
oldest claims hold the turn. A new claim waits SETTLE seconds before it looks: every older one is listed by then. No claim is deleted but by the
member that made it.

Prints one word: claim (make one), settle (look again later), go, withdraw (delete it and try again in a later round), or wait.
NOW and the times of claims are of one clock; NEED is how long a turn takes at most, with the way back.
"""
import sys
import xml.etree.ElementTree as xml
from datetime import datetime
from email.utils import parsedate_to_datetime


def decide(claims, mine, now, at_once, seconds, need, settle):
    """claims: name to time; mine: the name of the own claim, or an empty text."""
    live = {name: since for name, since in claims.items() if now - since < seconds}
    since = live.get(mine)
    if since is None:
        return "claim" if len(live) < at_once else "wait"
    if seconds - (now - since) < need:
        return "withdraw"
    if now - since < settle:
        return "settle"
    ahead = sum((other, name) < (since, mine) for name, other in live.items())
    return "go" if ahead < at_once else "withdraw"


def listed(text):
    """Names and times of an S3 listing. One that goes on elsewhere (over 1,000 claims) is no answer."""
    root = xml.fromstring(text)
    space = root.tag.split("}")[0] + "}" if root.tag.startswith("{") else ""
    if root.findtext(space + "IsTruncated") == "true":
        sys.exit("the listing is cut off")
    return {item.findtext(space + "Key"): moment(item.findtext(space + "LastModified")) for item in root.iter(space + "Contents")}


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def main(mine, now, *rules):
    print(decide(listed(sys.stdin.read()), mine, parsedate_to_datetime(now).timestamp(), *map(int, rules)))


if __name__ == "__main__":
    main(*sys.argv[1:])
