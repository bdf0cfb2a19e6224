//! Mathematics without council words: distributions, simulation, roots.
