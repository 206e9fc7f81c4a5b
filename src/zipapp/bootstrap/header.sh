#!/bin/sh
# @NAME@: a Python application in one file, written by spx; it needs Python @RANGE@.
# What follows this script is a zip: `unzip -l` lists it, and `python` runs it as well.
s=/app/@ID@/start
c=${SPX_CACHE:-$HOME/Library/Caches/spx}
[ -n "$SPX_CACHE" ] || [ -r "$c$s" ] || case $XDG_CACHE_HOME in
/*) c=$XDG_CACHE_HOME/spx ;;
*) c=$HOME/.cache/spx ;;
esac
@ISOLATE@# A start prepared earlier for this PATH. The file is data and never sourced, so that a damaged one does no harm.
if [ -z "$SPX_INTERPRETER$SPX_MODULE$SPX_SCRIPT$SPX_VERIFY$SPX_VERBOSE$SPX_TOOLS" ] && [ -r "$c$s" ]; then
	while IFS= read -r a <&3 && IFS= read -r v <&3 && IFS= read -r p <&3 && IFS= read -r f <&3 && IFS= read -r r <&3; do
		[ "$a" = "$PATH" ] && [ "$v" = "$PYENV_VERSION" ] && [ -r "$r" ] && [ -x "$p" ] && exec "$p" "$f" -c '
import sys, marshal, posix
sys.path[:] = [p for p in sys.path if p]
g = {}
try:
    f = posix.open(sys.argv[1], posix.O_RDONLY)
    s = posix.fstat(f)
    r = posix.read(f, s[6])
    posix.close(f)
    v = ("%x\n" % sys.hexversion).encode()
    if s[8] == 1580601600 and r.startswith(v):
        g["CODE"], g["DATA"] = marshal.loads(r[len(v):])
        exec(g["CODE"], g)
except Exception:
    g = {}
if "run" not in g or not g["run"](sys.argv[1], sys.argv[2:]):
    import os
    os.environ["SPX_HEADER"] = "again"
    os.execv(sys.executable, [sys.executable, "-sS" if sys.flags.no_site else "-s"] + sys.argv[2:])
' "$r" "$0" "$@" 3<&-
	done 3<"$c$s"
fi
# The first Python in range, by its own word; it says where it really is, past any wrapper, and how to start it.
found=
for p in @COMMANDS@; do
	command -v "$p" >/dev/null 2>&1 || continue
	r=$("$p" -sSE -c 'import sys
v = sys.version_info[:2]
if v in (@TUPLES@):
    sys.stdout.write((@FLAGS@) + (sys.executable or ""))
else:
    sys.stdout.write("no %d.%d" % v)' 2>/dev/null) || continue
	case $r in
	-*)
		e=${r#* }
		[ -x "$e" ] || e=$p
		export SPX_HEADER=first
		exec "$e" "${r%% *}" "$0" "$@"
		;;
	no*) found="$found${found:+, }$p is ${r#no }" ;;
	esac
done
echo "${0##*/}: needs Python @RANGE@, and PATH has none${found:+ ($found)}" >&2
exit 1
