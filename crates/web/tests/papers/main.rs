//! Analyses, recommendation and report through their pages, as a browser asks for them.

mod analyses;
mod recommendation;
mod report;
mod site;
