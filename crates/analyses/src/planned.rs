//! Questions of the product that no analysis answers yet: until one does, officers judge, and the report says so.

/// A question that has its place but no analysis yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The name it will have.
    pub name: &'static str,
    /// The question.
    pub question: &'static str,
}

/// The questions without an analysis yet.
pub const PLANNED: &[Planned] = &[
    Planned { name: "unit-costs", question: "What does it cost to serve one more?" },
    Planned { name: "exit", question: "What does leaving cost?" },
    Planned { name: "transition", question: "What falls to whom on vesting day?" },
];
