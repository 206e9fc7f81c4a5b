//! Real editors, driven without a screen; what is not installed is skipped, loudly.
