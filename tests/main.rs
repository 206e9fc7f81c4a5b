//! The one integration binary: spx as its users meet it.

mod app;
mod broken;
mod cli;
mod docs;
mod index_real;
mod layers;
mod sdist;
mod support;
mod wheel;
