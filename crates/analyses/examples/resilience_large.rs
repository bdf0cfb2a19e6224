//! Times the answer on the largest estate it is meant for, and prints the seconds and what was tried as JSON.

use std::time::Instant;

use penshaw_analyses::Analysis;
use penshaw_analyses::resilience::{Resilience, Size, generated};
use penshaw_basis::Basis;

fn main() {
    let input = generated(Size::LARGE);
    let begun = Instant::now();
    let outcome = Resilience::analyse(&input, &Basis::standard());
    let seconds = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let blocks = Resilience::present(&outcome);
    let tried = &outcome.tried;
    println!(
        "{{\"seconds\": {seconds:.3}, \"present_seconds\": {:.3}, \"blocks\": {}, \"workloads\": {}, \"failures\": {}, \
         \"pairs\": {}, \"pairs_that_stop\": {}, \"pairs_worse_together\": {}}}",
        begun.elapsed().as_secs_f64(),
        blocks.len(),
        tried.workloads,
        tried.singles,
        tried.pairs,
        tried.pairs_that_stop,
        tried.pairs_worse_together,
    );
}
