//! The one integration binary: spx as its users meet it.

mod docs;
mod layers;
