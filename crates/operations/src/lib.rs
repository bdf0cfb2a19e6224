//! Everything a person may do, one file a verb.

mod analyse_one;
mod answer;
mod check_folder;
mod compare_results;
mod digests;
mod lay_out_example;
mod list_parameters;
mod read_file;
mod refusal;
mod share_costs;
mod simulate_model;
mod today;
mod verdict;
mod work_out;
mod write_pack;
mod write_template;

pub use analyse_one::{analyse_one, questions};
pub use answer::Answer;
pub use check_folder::{Checked, check_folder};
pub use compare_results::{Moved, compare_results, compare_with, read_results};
pub use lay_out_example::lay_out_example;
pub use list_parameters::print_parameters;
pub use penshaw_basis::{Date, FinancialYear};
pub use penshaw_register::Finding;
pub use refusal::Refusal;
pub use share_costs::share_costs;
pub use simulate_model::simulate_model;
pub use today::today;
pub use verdict::verdict;
pub use work_out::{Pack, Work, work_out};
pub use write_pack::{Asked, PACK_FILES, appraise_folder, pack_paths, write_pack};
pub use write_template::{Template, write_template};
