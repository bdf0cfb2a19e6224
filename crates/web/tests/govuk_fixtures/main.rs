//! What our components draw is what govuk-frontend's own draw, fixture by fixture.
//!
//! The fixtures come with the package that the build fetches. Not compared: header and footer (ours bear neither
//! crown nor licence mark), and the components that no page uses (cookie banner, exit this page, feedback, generic
//! header, language navigation).

mod dom;
mod fields;
mod fixtures;
mod groups;
mod navigation;
mod options;
mod tables;
mod words;
