#!/bin/sh
# Installs what the tests need and the machine lacks, through the system's
# package manager: PostgreSQL server binaries, Chromium, fonts with Chinese,
# Japanese and Korean. Says loudly what is missing when it cannot.
set -u

have_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_fonts() { command -v fc-list >/dev/null 2>&1 && fc-list | grep -qi 'cjk'; }

lacks=""
have_postgres || lacks="$lacks postgresql"
have_chromium || lacks="$lacks chromium"
have_fonts || lacks="$lacks fonts-noto-cjk"
[ -n "$lacks" ] || exit 0

echo "The tests need:$lacks. Installing..."
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
	# A cluster of the distribution's own is not wanted: the tests start theirs.
	$as_root apt-get update -qq &&
		DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $lacks fontconfig >/dev/null
elif command -v dnf >/dev/null 2>&1; then
	$as_root dnf install -y -q postgresql-server chromium google-noto-sans-cjk-fonts
elif command -v brew >/dev/null 2>&1; then
	brew install --quiet postgresql && brew install --quiet --cask chromium font-noto-sans-cjk
fi

missing=""
have_postgres || missing="$missing PostgreSQL-server-binaries"
have_chromium || missing="$missing Chromium"
have_fonts || missing="$missing CJK-fonts"
if [ -n "$missing" ]; then
	echo "MISSING:$missing. Install them by hand; tests that need them will fail." >&2
	[ -z "${CI:-}" ] || exit 1
fi
