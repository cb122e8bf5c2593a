#!/bin/bash
# metadata-network.sh RULES: a container, its server and the cloud beside it, as three network namespaces with real packets. Prints who reaches
# the metadata service (169.254.169.254) and an ordinary address, before and after the server loads RULES.
set -euo pipefail

rules=$1
mark=terrace$$
container=$mark-c server=$mark-s cloud=$mark-m

leave() {
  kill "$listener" 2>/dev/null || true
  for name in "$container" "$server" "$cloud"; do ip netns delete "$name" 2>/dev/null || true; done
}
listener=
trap leave EXIT

for name in "$container" "$server" "$cloud"; do
  ip netns add "$name"
  ip -n "$name" link set lo up
done
ip -n "$container" link add inner type veth peer name inner netns "$server"
ip -n "$server" link add outer type veth peer name outer netns "$cloud"
ip -n "$container" addr add 172.17.0.2/24 dev inner
ip -n "$server" addr add 172.17.0.1/24 dev inner
ip -n "$server" addr add 169.254.0.1/16 dev outer
ip -n "$server" addr add 203.0.113.2/24 dev outer
ip -n "$cloud" addr add 169.254.169.254/16 dev outer
ip -n "$cloud" addr add 203.0.113.1/24 dev outer
for cable in "$container inner" "$server inner" "$server outer" "$cloud outer"; do ip -n "${cable% *}" link set "${cable#* }" up; done
ip -n "$container" route add default via 172.17.0.1
ip -n "$cloud" route add 172.17.0.0/24 via 203.0.113.2
ip netns exec "$server" sysctl -qw net.ipv4.ip_forward=1

ip netns exec "$cloud" python3 -m http.server --bind 0.0.0.0 --directory "$(dirname "$0")" 8080 >/dev/null 2>&1 &
listener=$!
for _ in $(seq 100); do ip netns exec "$cloud" curl -so /dev/null --max-time 1 http://169.254.169.254:8080/ && break; sleep 0.05; done

# ask NAMESPACE ADDRESS: "reached", or how curl failed (7: refused, 28: no answer).
ask() { ip netns exec "$1" curl -so /dev/null --max-time 3 "http://$2:8080/" && echo reached || echo "failed with $?"; }

round() {
  echo "$1: container to metadata $(ask "$container" 169.254.169.254)"
  echo "$1: container to the world $(ask "$container" 203.0.113.1)"
  echo "$1: server to metadata $(ask "$server" 169.254.169.254)"
}

round before
ip netns exec "$server" nft -f "$rules"
round after
ip netns exec "$server" nft list chain inet terrace_metadata forward | sed -n 's/.*counter packets \([0-9]*\).*/after: packets rejected \1/p'
