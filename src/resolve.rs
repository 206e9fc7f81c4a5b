//! Which versions go together, for which Pythons.
