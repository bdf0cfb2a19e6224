//! An appraisal with every kind of thing in it, for tests.

use super::Input;

/// Two partners, business as usual with a line of its own, and an option that uses everything.
pub(super) fn sample() -> Input {
    toml::from_str(TEXT).expect("the sample is an input")
}

const TEXT: &str = r#"
on = "2026-04-01"
trials = 2000
seed = 7
correlations = [{ first = "supplier prices", second = "L5", rank_correlation = 0.5 }]
budgets = [{ authority = "A", cost_centre = "CE1", amounts = { "2026/27" = 900000, "2027/28" = 900000 } }]

[[partners]]
code = "A"
name = "Abbey"
users = 3000
budget = 4000000
[[partners]]
code = "B"
name = "Brook"
users = 2000
budget = 1000000

[[options]]
reference = "O1"
name = "Business as usual"
role = "business as usual"
course = "apart"
starts = "2026/27"
[[options.lines]]
reference = "L1"
authority = "A"
description = "Refresh of servers"
flow = "cost"
one_off = true
capital = true
amounts = { "2028/29" = 250000 }
[[options.lines]]
reference = "L1b"
authority = "B"
description = "Lease running out, cash"
flow = "cost"
nominal = true
amounts = { "2027/28" = 40000, "2029/30" = 42000 }

[[options]]
reference = "O2"
name = "One service"
role = "preferred way forward"
course = "integrate"
starts = "2026/27"
cost_key = "users"
[[options.lines]]
reference = "L2"
authority = "joint"
description = "New building"
flow = "cost"
one_off = true
capital = true
optimism_bias = "non_standard_buildings"
amounts = { "2026/27" = 600000 }
[[options.lines]]
reference = "L3"
authority = "A"
description = "Staff saving"
flow = "cash-releasing benefit"
cost_centre = "CE1"
driver = "staff"
amounts = { "2027/28" = 150000, "2028/29" = 300000, "2029/30" = 300000, "2030/31" = 300000 }
range = { type = "triangular", min = 0.5, mode = 0.9, max = 1.2 }
[[options.lines]]
reference = "L4"
authority = "B"
description = "Licences"
flow = "cash-releasing benefit"
driver = "supplier prices"
amounts = { "2027/28" = 90000, "2028/29" = 90000, "2029/30" = 90000 }
range = { type = "pert", min = 0.6, mode = 1.0, max = 1.3 }
[[options.lines]]
reference = "L5"
authority = "joint"
description = "Time of staff freed"
flow = "non-cash-releasing benefit"
amounts = { "2028/29" = 70000, "2029/30" = 70000 }
range = { type = "uniform", min = 0.4, max = 1.4 }
[[options.lines]]
reference = "L6"
authority = "joint"
description = "Support contract, cash"
flow = "cost"
nominal = true
amounts = { "2027/28" = 30000, "2028/29" = 31000, "2029/30" = 32000 }
[[options.lines]]
reference = "L7"
authority = "A"
description = "Recharge for hosting"
flow = "recharge"
counterparty = "B"
amounts = { "2028/29" = 12000, "2029/30" = 12000 }
[[options.lines]]
reference = "L8"
authority = "joint"
description = "Recharge for the service desk"
flow = "recharge"
counterparty = "A"
nominal = true
amounts = { "2028/29" = 20000 }
[[options.lines]]
reference = "L9"
authority = "B"
description = "Redundancy payments"
flow = "redundancy"
one_off = true
amounts = { "2027/28" = 110000 }
[[options.lines]]
reference = "L10"
authority = "A"
description = "Invest-to-save reserve"
flow = "reserve drawn"
amounts = { "2026/27" = 200000 }
[[options.lines]]
reference = "L11"
authority = "joint"
description = "Building at the end"
flow = "residual value"
amounts = { "2035/36" = 150000 }
[[options.risks]]
reference = "R1"
authority = "joint"
description = "Move overruns"
probability = 0.3
impact = 100000
year = "2027/28"
[[options.bids]]
reference = "B1"
name = "Transformation fund"
authority = "joint"
amounts = { "2026/27" = 400000 }
probability = 0.124
status = "pending"

[[options]]
reference = "O3"
name = "Named areas"
role = "less ambitious"
course = "collaborate"
starts = "2026/27"
[[options.lines]]
reference = "L12"
authority = "joint"
description = "Joint buying"
flow = "cash-releasing benefit"
amounts = { "2027/28" = 25000, "2028/29" = 25000 }

[[options]]
reference = "O4"
name = "Do minimum"
role = "do minimum"
course = "apart"
starts = "2026/27"
"#;
