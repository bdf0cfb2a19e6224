//! From answers to a recommendation with reasons, and the cabinet report as blocks.
