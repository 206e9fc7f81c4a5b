//! The application file: one zip that finds its Python, unpacks itself once and runs.
