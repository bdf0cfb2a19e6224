//! Everything a person may do, one file a verb.

mod analyse_one;
mod check_folder;
mod compare_results;
mod list_parameters;
mod refusal;
mod share_costs;
mod simulate_model;
mod work_out;
mod write_pack;
mod write_template;

pub use analyse_one::analyse_one;
pub use check_folder::{Checked, check_folder};
pub use compare_results::{Moved, compare_results};
pub use list_parameters::list_parameters;
pub use refusal::Refusal;
pub use share_costs::share_costs;
pub use simulate_model::simulate_model;
pub use work_out::{Pack, Work, work_out};
pub use write_pack::{Asked, PACK_FILES, appraise_folder, pack_paths, write_pack};
pub use write_template::write_template;
