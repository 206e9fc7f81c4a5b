//! One function a verb: plain options in, data and diagnostics out.
