# The application brings its modules: what the environment would add stays out, and is back for its children.
if [ -n "$PYTHONPATH$PYTHONHOME" ]; then
	export SPX_PYTHONPATH="$PYTHONPATH" SPX_PYTHONHOME="$PYTHONHOME"
	unset PYTHONPATH PYTHONHOME
fi
